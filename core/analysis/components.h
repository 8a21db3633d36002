#pragma once

#include "core/graph/computational_graph.h"

#include <string>
#include <vector>

namespace circuitloom {

/// Index into Components::names().
using ComponentId = Id<struct ComponentTag>;

/// What a person calls a node of the model: an attention head with its q, k and v inputs, an MLP or
/// neuron group with both its sides, the input, the logits, or a key/value head that several query
/// heads share. The graph numbers the sides one by one.
class Components
{
public:
    explicit Components(const ComputationalGraph& graph);

    /// `a2.h4`, `m3`, `m0.g9`, `input`, `logits`; `a2.kv1` for a shared key/value head.
    const std::vector<std::string>& names() const { return names_; }
    const std::string& name(ComponentId id) const
    {
        return names_[static_cast<std::size_t>(id.value)];
    }
    ComponentId of(NodeId node) const { return of_[static_cast<std::size_t>(node.value)]; }

private:
    std::vector<std::string> names_;
    std::vector<ComponentId> of_; ///< of each node of the graph
};

} // namespace circuitloom
