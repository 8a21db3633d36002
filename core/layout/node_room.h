#pragma once

#include "core/layout/circuit_layout.h"

namespace circuitloom {

/// Measures the room that the used nodes of the layers have: of two that stand one over the other in
/// their heights, of two side by side in their widths.
NodeRoom room_of(const CircuitLayout& layout);

} // namespace circuitloom
