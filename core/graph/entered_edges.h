#pragma once

#include "core/graph/circuit.h"

namespace circuitloom {

/// How many edges of `now` are not in `before`.
int entered_edges(const Circuit& now, const Circuit& before);

} // namespace circuitloom
