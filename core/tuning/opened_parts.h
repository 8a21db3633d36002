#pragma once

#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"

#include <vector>

namespace circuitloom {

/// Which parts of one block a circuit opens for training (algorithm.md, section 4).
struct OpenedLayer
{
    std::vector<bool> query; ///< per head: its slice of W_Q and b_Q
    std::vector<bool> key; ///< per key/value head
    std::vector<bool> value; ///< per key/value head
    std::vector<bool> output; ///< per head: its rows of W_O; b_O if any
    std::vector<bool> mlp_in; ///< per neuron group (one for a whole MLP): W_in, gate, b_in
    std::vector<bool> mlp_out; ///< per neuron group: its rows of W_out; b_out if any
    bool operator==(const OpenedLayer&) const = default;
};

using OpenedParts = std::vector<OpenedLayer>;

/// Nothing opened, for `graph`'s shape.
OpenedParts nothing_opened(const ComputationalGraph& graph);

/// Opens the parts of one node; `input` and `logits` have none.
void open_node(OpenedParts& parts, const Node& node);

/// The parts of the circuit's edges: an upstream end opens what writes to the stream, a downstream
/// end what reads from it. `layer0_qkv` also opens all of the first layer's q, k and v, which in
/// the `paper` graph no edge reaches; in the `full` graph it has no effect.
OpenedParts opened_parts(const ComputationalGraph& graph, const Circuit& circuit, bool layer0_qkv);

} // namespace circuitloom
