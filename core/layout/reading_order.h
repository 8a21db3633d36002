#pragma once

#include "core/layout/circuit_layout.h"

namespace circuitloom {

/// Numbers the nodes from the bottom row to the top one, in a row from the left: the order for
/// whoever walks through them, input first and logits last.
void put_in_reading_order(CircuitLayout& layout);

} // namespace circuitloom
