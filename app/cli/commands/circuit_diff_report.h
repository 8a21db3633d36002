#pragma once

#include "core/analysis/circuit_diff.h"

#include <nlohmann/json.hpp>

namespace circuitloom {

/// Two circuits' difference as a JSON object, its edges and nodes by name.
nlohmann::ordered_json circuit_diff_json(const ComputationalGraph& graph, const CircuitDiff& diff);

} // namespace circuitloom
