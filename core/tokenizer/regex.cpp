#define PCRE2_CODE_UNIT_WIDTH 8

#include "core/tokenizer/regex.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <limits>
#include <pcre2.h>

namespace circuitloom {

namespace {

constexpr std::size_t max_pattern = 1 << 16;

/// PCRE2's \s has U+180E, which stopped being white space with Unicode 6.3.
std::string with_unicode_spaces(std::string_view pattern)
{
    std::string result;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '\\' || i + 1 == pattern.size()) {
            result += pattern[i];
            continue;
        }
        const char kind = pattern[++i];
        if (kind == 's' || kind == 'S')
            result += kind == 's' ? "\\p{White_Space}" : "\\P{White_Space}";
        else
            result += { '\\', kind };
    }
    return result;
}

std::string error_text(int code)
{
    PCRE2_UCHAR text[128] = {};
    pcre2_get_error_message(code, text, sizeof text);
    return reinterpret_cast<const char*>(text);
}

template <class T, void (*release)(T*)>
struct Release
{
    void operator()(T* object) const { release(object); }
};
using MatchData
    = std::unique_ptr<pcre2_match_data, Release<pcre2_match_data, pcre2_match_data_free>>;
using MatchContext
    = std::unique_ptr<pcre2_match_context, Release<pcre2_match_context, pcre2_match_context_free>>;

} // namespace

Regex::Regex(std::string_view pattern, std::string origin)
    : origin_(std::move(origin))
{
    if (pattern.size() > max_pattern)
        throw InputError(origin_ + ": the pattern is too long.");
    const std::string adapted = with_unicode_spaces(pattern);
    int error = 0;
    PCRE2_SIZE position = 0;
    pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(adapted.data()), adapted.size(),
        PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &error, &position, nullptr);
    if (!code)
        throw InputError(origin_ + ": the pattern is not understood: " + error_text(error) + ".");
    code_ = std::shared_ptr<const void>(code, [code](const void*) { pcre2_code_free(code); });
}

std::vector<TextRange> Regex::matches(std::string_view text) const
{
    const auto* code = static_cast<const pcre2_code*>(code_.get());
    const MatchData data(pcre2_match_data_create_from_pattern(code, nullptr));
    const MatchContext context(pcre2_match_context_create(nullptr));
    if (!data || !context)
        throw std::bad_alloc();
    // A sound pattern may step back over a whole run of characters, once or a few times.
    constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
    const std::size_t steps = std::min(most, 100'000 + 16 * text.size());
    pcre2_set_match_limit(context.get(), static_cast<std::uint32_t>(steps));

    std::vector<TextRange> found;
    const auto* subject = reinterpret_cast<PCRE2_SPTR>(text.data());
    std::size_t position = 0;
    while (position < text.size()) {
        const int result = pcre2_match(
            code, subject, text.size(), position, PCRE2_NO_UTF_CHECK, data.get(), context.get());
        if (result == PCRE2_ERROR_NOMATCH)
            break;
        if (result < 0)
            throw InputError(
                origin_ + ": the pattern fails on a text: " + error_text(result) + ".");
        const PCRE2_SIZE* match = pcre2_get_ovector_pointer(data.get());
        // \K in a lookaround may let a match begin before the search or after its own end.
        const std::size_t begin = std::max(match[0], position);
        if (match[1] > begin) {
            found.push_back({ begin, match[1] });
            position = match[1];
        } else {
            position += character_bytes(text[position]);
        }
    }
    return found;
}

} // namespace circuitloom
