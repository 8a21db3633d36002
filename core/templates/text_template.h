#pragma once

#include <nlohmann/json_fwd.hpp>

#include <ctime>
#include <memory>
#include <string>
#include <string_view>

namespace circuitloom {

/// A text with gaps in Jinja's language, of which this evaluates what chat templates of language
/// models use: for (with if, else, break, continue and loop), if, set, macro, generation,
/// expressions with Jinja's operators, slices, the common filters and tests, methods of Python's
/// texts, lists and dictionaries, namespace(), dict(), range(), raise_exception() and
/// strftime_now(). White space is kept and dropped as transformers sets Jinja up: trim_blocks and
/// lstrip_blocks. Letters of all scripts change their case, each to one letter, and a tuple is a
/// list.
class TextTemplate
{
public:
    /// Throws InputError, which begins with `origin` and names the line, for what is not Jinja and
    /// for what is not evaluated.
    TextTemplate(std::string_view source, std::string origin);
    ~TextTemplate();
    TextTemplate(TextTemplate&&) noexcept;
    TextTemplate& operator=(TextTemplate&&) noexcept;

    /// The text with these variables, an object; `now` is what strftime_now() tells, in UTC.
    /// Throws InputError with origin and line where the template raises one or asks for what is not
    /// there, or does not come to an end within a limit of work or of 16 MB.
    std::string render(const nlohmann::ordered_json& variables, std::time_t now = 0) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace circuitloom
