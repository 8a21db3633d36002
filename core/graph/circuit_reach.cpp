#include "core/graph/circuit_reach.h"

#include "core/graph/node_parts.h"

#include <algorithm>

namespace circuitloom {

namespace {

std::size_t index(NodeId node)
{
    return static_cast<std::size_t>(node.value);
}

NodeId member(const NodeRange& range, int i)
{
    return { range.first.value + i };
}

} // namespace

CircuitReach::CircuitReach(const ComputationalGraph& graph, std::span<const EdgeId> edges)
    : graph_(graph)
    , edges_(edges.begin(), edges.end())
{
    if (!std::ranges::is_sorted(edges_))
        std::ranges::sort(edges_);
}

std::vector<bool> CircuitReach::marked(const std::vector<NodeId>& nodes) const
{
    std::vector<bool> marks(graph_.nodes().size(), false);
    for (const NodeId node : nodes)
        marks[index(node)] = true;
    return marks;
}

std::vector<bool> CircuitReach::marked(const std::vector<EdgeId>& edges) const
{
    std::vector<bool> marks(edges_.size(), false);
    for (const EdgeId edge : edges) {
        const auto at = std::ranges::lower_bound(edges_, edge);
        if (at != edges_.end() && *at == edge)
            marks[static_cast<std::size_t>(at - edges_.begin())] = true;
    }
    return marks;
}

std::vector<bool> CircuitReach::after(const GraphChoice& start) const
{
    std::vector<bool> reached = marked(start.nodes);
    const auto reach_through = [&](NodeId reader) {
        const NodeRange writers = writers_behind(graph_, reader);
        for (int i = 0; i < writers.count; ++i)
            reached[index(member(writers, i))] = true;
    };
    for (const NodeId node : start.nodes)
        if (node.value >= graph_.upstream_count())
            reach_through(node);
    std::vector<bool> on = marked(start.edges);
    for (std::size_t e = 0; e < edges_.size(); ++e) {
        const Edge& edge = graph_.edge(edges_[e]);
        if (!on[e] && !reached[index(edge.source)])
            continue;
        on[e] = true;
        reach_through(edge.target);
    }
    return on;
}

std::vector<bool> CircuitReach::before(const GraphChoice& end) const
{
    std::vector<bool> leads = marked(end.nodes);
    const auto leads_on = [&](NodeId reader) {
        if (leads[index(reader)])
            return true;
        const NodeRange writers = writers_behind(graph_, reader);
        for (int i = 0; i < writers.count; ++i)
            if (leads[index(member(writers, i))])
                return true;
        return false;
    };
    std::vector<bool> on = marked(end.edges);
    for (std::size_t e = edges_.size(); e-- > 0;) {
        const Edge& edge = graph_.edge(edges_[e]);
        if (!on[e] && !leads_on(edge.target))
            continue;
        on[e] = true;
        leads[index(edge.source)] = true;
    }
    return on;
}

std::vector<bool> CircuitReach::after_input() const
{
    const auto input = graph_.find_node({ NodeKind::input, -1, -1 });
    return input ? after({ { *input }, {} }) : std::vector<bool>(edges_.size(), true);
}

std::vector<bool> CircuitReach::before_logits() const
{
    const auto logits = graph_.find_node({ NodeKind::logits, -1, -1 });
    return logits ? before({ { *logits }, {} }) : std::vector<bool>(edges_.size(), true);
}

} // namespace circuitloom
