#pragma once

#include <string>
#include <string_view>

namespace circuitloom {

/// A pattern that PCRE2 understands as `tokenizers` (Oniguruma) understands `pattern`. Throws
/// InputError, starting with `origin`, for what the two read differently and no translation is
/// known here, such as classes within classes, `{2,3}+`, `\h` and groups of other kinds.
std::string pattern_for_pcre2(std::string_view pattern, std::string_view origin);
/// A pattern that matches `text` and nothing else.
std::string quoted_pattern(std::string_view text);

} // namespace circuitloom
