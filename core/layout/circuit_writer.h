#pragma once

#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"

#include <string>

namespace circuitloom {

// Every edge of the circuit must be an edge of the graph.

/// A circuit as Graphviz DOT (written by cgraph), layers from bottom to top, edge width by the root
/// of |score|, negative scores dashed, colour by q, k, v. An edge's key is its name.
std::string circuit_to_dot(const ComputationalGraph& graph, const Circuit& circuit);
/// {"edges":[{"source":"m4","target":"a5.h3<q>","score":0.0123}, …]}
std::string circuit_to_json(const ComputationalGraph& graph, const Circuit& circuit);
/// source,target,score with a header line (RFC 4180).
std::string circuit_to_csv(const ComputationalGraph& graph, const Circuit& circuit);

} // namespace circuitloom
