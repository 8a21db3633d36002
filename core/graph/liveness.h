#pragma once

#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"

namespace circuitloom {

/// The edges of `circuit` on a path from `input` to `logits` that runs through the circuit, in
/// their order. Between two edges a path runs through a node: from any of a head's `<q>`, `<k>` and
/// `<v>` to the head, from a shared `<k>` or `<v>` to every query head of its group, from an MLP or
/// neuron group to itself. Every node left is on such a path: none is dead.
///
/// A graph without `input` and `logits` (GraphKind::paper) takes them as given: there every node
/// reads the embedding and is read by the output, outside the graph, so no edge is dead and the
/// circuit comes back whole.
///
/// Every edge must be one of `graph`. Takes time in proportion to the circuit, but for a sort.
Circuit prune_dead(const ComputationalGraph& graph, const Circuit& circuit);

} // namespace circuitloom
