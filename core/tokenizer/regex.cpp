#define PCRE2_CODE_UNIT_WIDTH 8

#include "core/tokenizer/regex.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tokenizer/pattern_syntax.h"

#include <algorithm>
#include <ctime>
#include <limits>
#include <new>
#include <pcre2.h>

namespace circuitloom {

namespace {

constexpr std::size_t max_pattern = 1 << 16;
constexpr std::uint32_t max_groups = 100;
constexpr std::uint32_t max_heap = 1 << 16; ///< KiB that one match may take to step back
/// A search looks at so many starts of a match, then at the clock.
constexpr std::size_t starts_between_checks = 1024;
constexpr std::size_t calls_between_checks = 64;
/// Many times what a sound pattern takes.
constexpr double seconds_allowed = 1;
constexpr double seconds_allowed_per_byte = 3e-6;

std::string error_text(int code)
{
    PCRE2_UCHAR text[128] = {};
    pcre2_get_error_message(code, text, sizeof text);
    return reinterpret_cast<const char*>(text);
}

double thread_seconds()
{
    timespec time = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

const pcre2_code* code_of(const std::shared_ptr<const void>& code)
{
    return static_cast<const pcre2_code*>(code.get());
}

} // namespace

Regex::Regex(std::string_view pattern, std::string origin)
    : origin_(std::move(origin))
{
    if (pattern.size() > max_pattern)
        throw InputError(origin_ + ": the pattern is too long.");
    const std::string adapted = pattern_for_pcre2(pattern, origin_);
    int error = 0;
    PCRE2_SIZE position = 0;
    pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(adapted.data()), adapted.size(),
        PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT,
        &error, &position, nullptr);
    if (!code)
        throw InputError(origin_ + ": the pattern is not understood: " + error_text(error) + ".");
    code_ = std::shared_ptr<const void>(code, [code](const void*) { pcre2_code_free(code); });
    // Every step of a match keeps a copy of all groups.
    std::uint32_t groups = 0;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    if (groups > max_groups)
        throw InputError(origin_ + ": the pattern has " + std::to_string(groups)
            + " groups; at most " + std::to_string(max_groups) + " are supported.");
    // Where this machine allows no compiled patterns, matching is only slower.
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
}

Regex Regex::of_step(const JsonObject& step)
{
    const JsonObject pattern = step.object("pattern");
    if (pattern.has("Regex"))
        return Regex(pattern.text("Regex"), step.where());
    const std::string text = pattern.text("String");
    if (text.empty())
        step.fail("pattern", "is empty");
    return Regex(quoted_pattern(text), step.where());
}

Regex::Search::Search(const Regex& regex)
    : regex_(&regex)
    , match_data_(pcre2_match_data_create_from_pattern(code_of(regex.code_), nullptr),
          [](void* data) { pcre2_match_data_free(static_cast<pcre2_match_data*>(data)); })
    , match_context_(pcre2_match_context_create(nullptr),
          [](void* context) {
              pcre2_match_context_free(static_cast<pcre2_match_context*>(context));
          })
    , begun_(thread_seconds())
{
    if (!match_data_ || !match_context_)
        throw std::bad_alloc();
    pcre2_set_heap_limit(static_cast<pcre2_match_context*>(match_context_.get()), max_heap);
}

bool Regex::Search::find(std::string_view text, std::size_t from, TextRange& match)
{
    auto* data = static_cast<pcre2_match_data*>(match_data_.get());
    auto* context = static_cast<pcre2_match_context*>(match_context_.get());
    const auto* subject = reinterpret_cast<PCRE2_SPTR>(text.data());
    const pcre2_code* code = code_of(regex_->code_);
    int result = PCRE2_ERROR_NOMATCH;
    for (std::size_t start = from; result == PCRE2_ERROR_NOMATCH; start += starts_between_checks) {
        if (start > text.size())
            return false;
        while (start < text.size() && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80)
            ++start; // to the next character
        if (start != from || ++calls_ % calls_between_checks == 0)
            check_time();
        pcre2_set_offset_limit(context, start + starts_between_checks);
        result = pcre2_match(code, subject, text.size(), start, PCRE2_NO_UTF_CHECK, data, context);
        // Compiled patterns have little room to step back; the interpreter takes more as it needs.
        if (result == PCRE2_ERROR_JIT_STACKLIMIT)
            result = pcre2_match(code, subject, text.size(), start,
                PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, data, context);
    }
    if (result < 0)
        throw InputError(
            regex_->origin_ + ": the pattern fails on a text: " + error_text(result) + ".");
    const PCRE2_SIZE* range = pcre2_get_ovector_pointer(data);
    // \K in a lookaround may let a match begin before the search or after its own end.
    match.begin = std::max(range[0], from);
    match.end = std::max(range[1], match.begin);
    return true;
}

/// What PCRE2 counts as steps leaves out how far each of them looks, so the clock has the last
/// word. It counts the thread's own time: a busy machine makes no difference.
void Regex::Search::check_time() const
{
    if (thread_seconds() - begun_
        > seconds_allowed + seconds_allowed_per_byte * static_cast<double>(bytes_))
        throw InputError(regex_->origin_ + ": the pattern takes too long on a text.");
}

const std::vector<TextRange>& Regex::Search::matches_in(std::string_view text)
{
    // A sound pattern may step back over a whole run of characters, once or a few times.
    constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
    const std::size_t steps = std::min(most, 10'000 + 16 * text.size());
    pcre2_set_match_limit(
        static_cast<pcre2_match_context*>(match_context_.get()), static_cast<std::uint32_t>(steps));
    bytes_ += text.size();
    found_.clear();
    TextRange match;
    for (std::size_t from = 0; from <= text.size() && find(text, from, match);) {
        // An empty match directly after another match does not count.
        const bool repeated
            = match.begin == match.end && !found_.empty() && found_.back().end == match.end;
        if (!repeated)
            found_.push_back(match);
        from = match.end;
        if (repeated)
            from += from < text.size() ? character_bytes(text[from]) : 1;
    }
    return found_;
}

} // namespace circuitloom
