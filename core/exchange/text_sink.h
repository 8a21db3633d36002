#pragma once

#include <functional>
#include <string_view>

namespace circuitloom {

/// Takes a text, or bytes, in pieces, one after another.
using TextSink = std::function<void(std::string_view)>;

} // namespace circuitloom
