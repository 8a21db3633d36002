#pragma once

#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"
#include "core/graph/supernode.h"
#include "core/layout/circuit_layout.h"
#include "core/layout/circuit_writer.h"

#include <string>
#include <vector>

namespace circuitloom {

/// A circuit as an attribution graph of circuit-tracer, JSON by Neuronpedia's schema 1.0.0, which its
/// viewer shows. Nodes are those of `layout`, a layout of the graph, that the circuit touches, labelled
/// by their names. Of the edges that join the same two, as those into a head's q, k and v do, the link's
/// weight is the sum. A circuit is of no prompt and no position: the prompt is the model's and run's
/// name, one token long, where every node stands. Supernodes of which the circuit has members are kept,
/// and these pinned.
std::string circuit_to_attribution_graph(const ComputationalGraph& graph, const Circuit& circuit,
    const CircuitLayout& layout, const CircuitOrigin& origin,
    const std::vector<Supernode>& supernodes);

} // namespace circuitloom
