#include "core/graph/liveness.h"

#include "core/graph/node_parts.h"

#include <vector>

namespace circuitloom {

namespace {

/// Which nodes of a circuit `input` reaches, and which of its edges reach `logits` besides. Edges
/// are sorted by source, and a node is computed from sources of lower number alone, so one walk up
/// the edges and one down settle everything.
class Liveness
{
public:
    Liveness(const ComputationalGraph& graph, const Circuit& circuit)
        : graph_(graph)
        , present_(graph.edges().size())
        , reached_(index({ graph.upstream_count() }))
        , useful_(reached_.size())
    {
        for (const ScoredEdge& scored : circuit)
            present_[static_cast<std::size_t>(scored.edge.value)] = true;
        for (std::int32_t reader = 0; reader < graph.downstream_count(); ++reader)
            writers_.push_back(writers_behind(graph, { graph.upstream_count() + reader }));
        walk_up();
        walk_down();
    }

    bool alive(const Edge& edge) const { return reached_[index(edge.source)] && leads_on(edge); }

private:
    static std::size_t index(NodeId node) { return static_cast<std::size_t>(node.value); }

    NodeRange behind(const Edge& edge) const
    {
        return writers_[static_cast<std::size_t>(edge.target.value - graph_.upstream_count())];
    }

    bool leads_on(const Edge& edge) const
    {
        if (graph_.node(edge.target).kind == NodeKind::logits)
            return true;
        const NodeRange writers = behind(edge);
        for (std::int32_t i = 0; i < writers.count; ++i)
            if (useful_[index({ writers.first.value + i })])
                return true;
        return false;
    }

    void walk_up()
    {
        reached_.front() = true; // input
        for (std::size_t e = 0; e < present_.size(); ++e) {
            const Edge& edge = graph_.edges()[e];
            if (!present_[e] || !reached_[index(edge.source)])
                continue;
            const NodeRange writers = behind(edge);
            for (std::int32_t i = 0; i < writers.count; ++i)
                reached_[index({ writers.first.value + i })] = true;
        }
    }

    void walk_down()
    {
        for (std::size_t e = present_.size(); e-- > 0;) {
            const Edge& edge = graph_.edges()[e];
            if (present_[e] && leads_on(edge))
                useful_[index(edge.source)] = true;
        }
    }

    const ComputationalGraph& graph_;
    std::vector<bool> present_; ///< by edge
    std::vector<bool> reached_; ///< by upstream node: a path from input ends here
    std::vector<bool> useful_; ///< by upstream node: a path to logits starts here
    std::vector<NodeRange> writers_; ///< by downstream node
};

} // namespace

Circuit prune_dead(const ComputationalGraph& graph, const Circuit& circuit)
{
    if (graph.options().kind == GraphKind::paper)
        return circuit;
    const Liveness liveness(graph, circuit);
    Circuit alive;
    for (const ScoredEdge& scored : circuit)
        if (liveness.alive(graph.edge(scored.edge)))
            alive.push_back(scored);
    return alive;
}

} // namespace circuitloom
