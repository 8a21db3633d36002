#pragma once

#include <string>

namespace circuitloom {

/// A sentence for users on the exception being handled, whatever it is, for programs without
/// LibTorch: that of an Error, that memory ran out, or else what the library that threw it says.
/// Call it inside a catch block.
std::string failure_text();

} // namespace circuitloom
