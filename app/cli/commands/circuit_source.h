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
/// (as parse_model_reference() takes it), whose circuit are the edges that it marks. Where `top_n`
/// is not 0, the best so many of the iteration's circuit, or of the file's edges. Throws
/// InputError.
CircuitSource read_circuit(const std::string& source, const std::string& model, int top_n);

} // namespace circuitloom
