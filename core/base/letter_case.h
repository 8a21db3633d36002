#pragma once

#include <string_view>

namespace circuitloom {

/// Whether `text` begins, or ends, with `part`, which is in small letters, whatever the case of the
/// text's ASCII letters.
bool begins_in_any_case(std::string_view text, std::string_view part);
bool ends_in_any_case(std::string_view text, std::string_view part);

} // namespace circuitloom
