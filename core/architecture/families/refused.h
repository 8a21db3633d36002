#pragma once

#include <string_view>

namespace circuitloom {

/// Why models of this `model_type` are not read, as the end of a sentence that begins with "is
/// TYPE, "; empty for types that nobody has looked at. The one table of such reasons.
std::string_view reason_refused(std::string_view model_type);

} // namespace circuitloom
