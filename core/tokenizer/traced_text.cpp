#include "core/tokenizer/traced_text.h"

#include "core/base/utf8.h"

namespace circuitloom {

TracedText::TracedText(std::string_view part, bool traced, std::size_t first_character)
    : text_(part)
    , traced_(traced)
{
    if (!traced)
        return;
    origin_.reserve(part.size());
    for (std::size_t i = 0, character = first_character; i < part.size(); ++character) {
        const std::size_t bytes = character_bytes(part[i]);
        origin_.insert(origin_.end(), bytes, TextRange{ character, character + 1 });
        i += bytes;
    }
}

TextRange TracedText::origin(TextRange bytes) const
{
    return { origin_[bytes.begin].begin, origin_[bytes.end - 1].end };
}

void TracedText::copy(const TracedText& from, TextRange bytes)
{
    text_.append(from.text_, bytes.begin, bytes.end - bytes.begin);
    if (traced_) {
        const auto at = [&from](std::size_t byte) {
            return from.origin_.begin() + static_cast<std::ptrdiff_t>(byte);
        };
        origin_.insert(origin_.end(), at(bytes.begin), at(bytes.end));
    }
}

void TracedText::write(std::string_view content, const TracedText& from, std::size_t place)
{
    text_ += content;
    if (traced_)
        origin_.insert(origin_.end(), content.size(), from.origin_[place]);
}

void TracedText::write(std::string_view content)
{
    text_ += content;
    if (traced_)
        origin_.insert(origin_.end(), content.size(), TextRange{});
}

void TracedText::reserve(std::size_t bytes)
{
    text_.reserve(bytes);
    if (traced_)
        origin_.reserve(bytes);
}

} // namespace circuitloom
