#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// A part of a text, in bytes.
struct TextRange
{
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// A Unicode regular expression. Immutable and safe to share between threads.
class Regex
{
public:
    /// Throws InputError, starting with `origin`, where the pattern is malformed.
    Regex(std::string_view pattern, std::string origin);

    /// Every match in `text` (valid UTF-8) that is not empty, from left to right. Throws
    /// InputError where the pattern needs an absurd number of steps.
    std::vector<TextRange> matches(std::string_view text) const;

private:
    std::shared_ptr<const void> code_;
    std::string origin_;
};

} // namespace circuitloom
