#pragma once

#include "core/graph/computational_graph.h"

#include <string>
#include <vector>

namespace circuitloom {

/// A circuit that a user named.
struct CircuitSource
{
    std::vector<std::string> edges;
    GraphOptions graph;
};

/// That of an iteration, `FILE.loom:R@I`; or that of a scores.json or EAP-IG's JSON for `model`
/// (as parse_model_reference() takes it): the edges that it marks, or the best `top_n` where that
/// is not 0. Throws InputError.
CircuitSource read_circuit(const std::string& source, const std::string& model, int top_n);

} // namespace circuitloom
