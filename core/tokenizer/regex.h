#pragma once

#include "core/formats/json_input.h"
#include "core/tokenizer/text_range.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// A Unicode regular expression as `tokenizers` understands it (Oniguruma's Ruby syntax, as far as
/// PCRE2 means the same by it). Immutable and safe to share between threads.
class Regex
{
public:
    /// Throws InputError, starting with `origin`, where the pattern is malformed or would mean
    /// something else here.
    Regex(std::string_view pattern, std::string origin);
    /// Of the `pattern` of a step: `{"String": …}`, which must not be empty, or `{"Regex": …}`.
    static Regex of_step(const JsonObject& step);

    /// Finds matches in one text after another, all in one thread.
    class Search
    {
    public:
        explicit Search(const Regex& regex);
        /// Every match in `text` (valid UTF-8), empty ones included, from left to right; valid
        /// until the next call. Throws InputError where the pattern needs an absurd number of
        /// steps, or an absurd time for all texts so far.
        const std::vector<TextRange>& matches_in(std::string_view text);

    private:
        /// False where there is no further match.
        bool find(std::string_view text, std::size_t from, TextRange& match);
        void check_time() const;

        const Regex* regex_;
        std::shared_ptr<void> match_data_;
        std::shared_ptr<void> match_context_;
        std::vector<TextRange> found_;
        double begun_ = 0; ///< the thread's seconds when the search began
        std::size_t bytes_ = 0; ///< of all texts so far
        std::size_t calls_ = 0;
    };

private:
    std::shared_ptr<const void> code_;
    std::string origin_;
};

} // namespace circuitloom
