#pragma once

#include <string>
#include <string_view>

namespace circuitloom {

/// As the content or an attribute's value of XML 1.0, in UTF-8: escaped, and without control
/// characters, U+FFFE and U+FFFF, for most of which it has no place. Bytes that are not UTF-8 are
/// replaced.
std::string xml_text(std::string_view bytes);

} // namespace circuitloom
