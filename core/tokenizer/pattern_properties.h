#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace circuitloom {

/// What stands in a class of PCRE2 for the characters that Oniguruma's `\p{name}` matches, such as
/// `\p{sc:Han}` for `Han`; `in_class`: where it stands in a class itself, in which `Word` has six
/// fewer. A name that neither knows comes back in `\p{}`, for PCRE2 to refuse.
std::string property_members(std::string_view name, bool in_class);
/// The same for `[:name:]`; nothing where Oniguruma has no such class.
std::optional<std::string> posix_members(std::string_view name);
/// What stands in a class, or alone, for the characters that one property (`members`) does not
/// stand for; nothing where `members` are of several kinds, which a class cannot negate.
std::optional<std::string> all_but(std::string_view members);

} // namespace circuitloom
