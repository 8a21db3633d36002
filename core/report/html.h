#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace circuitloom {

/// A text as HTML shows it, in an element or in a quoted attribute. What is no UTF-8, and control
/// characters but line feeds and tabs, become U+FFFD.
std::string html(std::string_view text);

/// JSON within a script element: no `<` is left in it, so nothing in it ends the element.
std::string json_in_html(std::string_view json);

/// `page` with each {{name}} replaced by what `value_of` says of the name; what is put in is not
/// looked at again.
std::string filled(
    std::string_view page, const std::function<std::string(std::string_view name)>& value_of);

} // namespace circuitloom
