#pragma once

#include "core/tokenizer/text_range.h"

#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// A text (valid UTF-8) that was made from another one, the original, by steps that drop, replace
/// and add characters. Where it is traced, it knows for each of its bytes which characters of the
/// original that byte stands for; where not, it costs no more than the text.
class TracedText
{
public:
    explicit TracedText(bool traced)
        : traced_(traced)
    {
    }
    /// A part of the original itself, whose first character is the original's `first_character`-th.
    TracedText(std::string_view part, bool traced, std::size_t first_character);

    const std::string& text() const { return text_; }
    bool traced() const { return traced_; }
    /// The original's characters that bytes [begin, end) stand for, from the first one's to the
    /// last one's. Only where traced; the part must not be empty.
    TextRange origin(TextRange bytes) const;

    /// Appends a part of `from`.
    void copy(const TracedText& from, TextRange bytes);
    /// Appends `content`, all of which stands for what the byte at `place` of `from` stands for.
    void write(std::string_view content, const TracedText& from, std::size_t place);
    /// Appends `content`, which stands for nothing: the empty part at the original's beginning.
    void write(std::string_view content);
    void reserve(std::size_t bytes);

private:
    std::string text_;
    std::vector<TextRange> origin_; ///< of each byte; empty where not traced
    bool traced_ = false;
};

/// A text in pieces that follow one another without gaps.
struct Pieces
{
    TracedText text;
    std::vector<std::size_t> ends; ///< of each piece, in bytes; no piece is empty
    bool at_start = true; ///< the first piece stands at the very beginning of the original

    /// Calls `use(range)` for each piece, in order.
    template <class Use>
    void for_each(Use use) const
    {
        std::size_t begin = 0;
        for (const std::size_t end : ends) {
            use(TextRange{ begin, end });
            begin = end;
        }
    }
    std::string_view view(TextRange bytes) const
    {
        return std::string_view(text.text()).substr(bytes.begin, bytes.end - bytes.begin);
    }
};

} // namespace circuitloom
