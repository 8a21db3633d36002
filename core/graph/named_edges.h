#pragma once

#include "core/base/random.h"
#include "core/graph/circuit_reach.h"
#include "core/graph/computational_graph.h"

#include <span>
#include <string>
#include <vector>

namespace circuitloom {

/// For every edge of the graph whether one of the names stands for it: that of an edge
/// (`a2.h5->logits`), of a node that writes (`a2.h5`: all edges out of it) or of an input
/// (`a2.h5<q>`: all edges into it). Throws InputError for a name that the graph has not.
std::vector<bool> named_edges(const ComputationalGraph& graph, std::span<const std::string> names);

/// Names for ablating what was chosen: of edges, and of nodes by what they write. An input is named
/// only where the node that it belongs to is not chosen too, as nothing of what that reads counts
/// any more once all that it writes is ablated.
std::vector<std::string> ablation_names(
    const ComputationalGraph& graph, const GraphChoice& choice);

/// The inverse of ablation_names(): the edges, the inputs, and the nodes with the inputs that belong
/// to them. Names that the graph has not are left out.
GraphChoice choice_named(const ComputationalGraph& graph, std::span<const std::string> names);

/// As many names of the same kinds, drawn without repetition from all that the graph has: a head
/// for a head, an MLP for an MLP, a query for a query, an edge for an edge. `input` and `logits`,
/// of which there is one, stay. Throws as named_edges().
std::vector<std::string> random_names_like(
    const ComputationalGraph& graph, std::span<const std::string> names, Random& random);

} // namespace circuitloom
