#pragma once

#include "core/graph/computational_graph.h"

#include <span>
#include <vector>

namespace circuitloom {

/// Some nodes and edges of a graph.
struct GraphChoice
{
    std::vector<NodeId> nodes; ///< of either side: `a1.h3` as well as `a1.h3<q>`
    std::vector<EdgeId> edges;
    bool empty() const { return nodes.empty() && edges.empty(); }
    bool operator==(const GraphChoice&) const = default;
};

/// Where paths lead that run over some edges of a graph only. Between two edges a path runs through
/// a node: from any of a head's `<q>`, `<k>` and `<v>` to the head, from a shared `<k>` or `<v>` to
/// every query head of its group, from an MLP or neuron group to itself.
///
/// Making one takes a sort of the edges; each walk takes time in proportion to the edges given and
/// the nodes of the graph, not to the graph's edges.
class CircuitReach
{
public:
    /// `edges` may come in any order. `graph` must outlive this.
    CircuitReach(const ComputationalGraph& graph, std::span<const EdgeId> edges);

    /// The edges walked over, by number.
    std::span<const EdgeId> edges() const { return edges_; }
    /// For each of edges(): whether it lies on a path that begins at `start`, a chosen edge itself
    /// included.
    std::vector<bool> after(const GraphChoice& start) const;
    /// For each of edges(): whether it lies on a path that ends at `end`, a chosen edge itself
    /// included.
    std::vector<bool> before(const GraphChoice& end) const;
    /// after() the input. True for all in a graph without `input`, where every node reads the
    /// embedding outside the graph.
    std::vector<bool> after_input() const;
    /// before() the logits. True for all in a graph without `logits`, whose output reads every
    /// node.
    std::vector<bool> before_logits() const;

private:
    std::vector<bool> marked(const std::vector<NodeId>& nodes) const;
    std::vector<bool> marked(const std::vector<EdgeId>& edges) const;

    const ComputationalGraph& graph_;
    std::vector<EdgeId> edges_; ///< so by source: a node is computed from earlier sources alone
};

} // namespace circuitloom
