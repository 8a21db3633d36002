#include "core/analysis/circuit_filter.h"

#include "core/graph/liveness.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace circuitloom {

namespace {

using EdgeSet = std::vector<EdgeId>; ///< ascending

EdgeSet edges_of(const Circuit& circuit)
{
    EdgeSet edges;
    edges.reserve(circuit.size());
    for (const ScoredEdge& scored : circuit)
        edges.push_back(scored.edge);
    std::ranges::sort(edges);
    return edges;
}

double size_of(const ScoredEdge& scored)
{
    return std::abs(static_cast<double>(scored.score));
}

bool passes(const ComputationalGraph& graph, const ScoredEdge& scored, const CircuitFilter& filter)
{
    const Edge& edge = graph.edge(scored.edge);
    const Node& target = graph.node(edge.target);
    const auto in_layers = [&](int layer) {
        return layer < 0 || (layer >= filter.first_layer && layer <= filter.last_layer);
    };
    return size_of(scored) >= filter.threshold && filter.kinds.includes(target.kind)
        && in_layers(graph.node(edge.source).layer) && in_layers(target.layer);
}

// How many of the first edges hold `share` of what all of them do.
std::size_t share_count(const Circuit& circuit, double share)
{
    double total = 0;
    for (const ScoredEdge& scored : circuit)
        total += size_of(scored);
    double held = 0;
    std::size_t count = 0;
    while (count < circuit.size() && held < share * total)
        held += size_of(circuit[count++]);
    return count;
}

void keep_strongest(Circuit& circuit, const CircuitFilter& filter)
{
    std::size_t count = circuit.size();
    if (filter.strongest > 0)
        count = std::min(count, static_cast<std::size_t>(filter.strongest));
    if (filter.share < 1)
        count = std::min(count, share_count(circuit, filter.share));
    circuit.resize(count);
}

Circuit chosen(const ComputationalGraph& graph, const Circuit& circuit, const CircuitFilter& filter)
{
    Circuit left_over;
    for (const ScoredEdge& scored : circuit)
        if (passes(graph, scored, filter))
            left_over.push_back(scored);
    keep_strongest(left_over, filter);
    return filter.connected ? prune_dead(graph, left_over) : left_over;
}

Circuit without(const Circuit& circuit, const EdgeSet& edges)
{
    Circuit rest;
    for (const ScoredEdge& scored : circuit)
        if (!std::ranges::binary_search(edges, scored.edge))
            rest.push_back(scored);
    return rest;
}

// A frequency is a float, so the bound is rounded to one as well.
Circuit sure_part(const Circuit& circuit, const CircuitFilter& filter, const CertainEdges& certain)
{
    if (filter.inclusion <= 0 || certain.empty())
        return circuit;
    Circuit part;
    for (const ScoredEdge& scored : circuit) {
        const EdgeCertainty* edge = find_certainty(certain, scored.edge);
        if (!edge || edge->inclusion >= static_cast<float>(filter.inclusion))
            part.push_back(scored);
    }
    return part;
}

} // namespace

bool EdgeKinds::includes(NodeKind target) const
{
    switch (target) {
    case NodeKind::query:
        return query;
    case NodeKind::key:
        return key;
    case NodeKind::value:
        return value;
    case NodeKind::logits:
        return logits;
    default:
        return mlp;
    }
}

FilteredCircuit filter_circuit(const ComputationalGraph& graph, const Circuit& whole,
    const Circuit& reference, const CircuitFilter& filter, const CertainEdges& certain)
{
    using Change = CircuitFilter::Change;
    const Change change = reference.empty() ? Change::all : filter.change;
    FilteredCircuit filtered;
    const Circuit circuit = sure_part(whole, filter, certain);
    if (change == Change::entered)
        filtered.shown = chosen(graph, without(circuit, edges_of(reference)), filter);
    else if (change == Change::all)
        filtered.shown = chosen(graph, circuit, filter);
    filtered.hidden = static_cast<int>(whole.size() - filtered.shown.size());
    if (change == Change::left)
        filtered.left = chosen(graph, without(reference, edges_of(whole)), filter);
    else if (change == Change::all && !reference.empty())
        filtered.left = without(chosen(graph, reference, filter), edges_of(whole));
    return filtered;
}

} // namespace circuitloom
