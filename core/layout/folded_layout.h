#pragma once

#include "core/graph/supernode.h"
#include "core/layout/circuit_layout.h"

#include <set>
#include <vector>

namespace circuitloom {

/// What of a layout is drawn as one.
struct Folding
{
    std::vector<Supernode> supernodes; ///< only those that are folded count
    std::set<int> layers; ///< each as one node, `layer 3`; its band becomes as low as that
    std::set<int> mlps; ///< the neuron groups of these layers as one `mlp` each
    std::set<int> heads = {}; ///< all heads of these layers as one `a3` each
    bool operator==(const Folding&) const = default;
};

/// `base` with the members of each fold as one node, near their middle where it lies over no other
/// node if that can be. A node belongs to the first fold that has it, supernodes before layers
/// before heads and MLPs. Members that the layout lacks are passed over, and a fold of none is nothing. The
/// ends `input` and `logits` are never folded.
CircuitLayout folded_layout(const CircuitLayout& base, const Folding& folding);

} // namespace circuitloom
