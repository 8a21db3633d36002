#include "core/discovery/selection.h"

#include "core/base/error.h"
#include "core/discovery/node_ranking.h"
#include "core/graph/liveness.h"
#include "core/run/divergence.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace circuitloom {

namespace {

using RankedEdges = std::vector<RankedEdge>;

void require_finite(std::span<const float> scores)
{
    if (std::ranges::any_of(scores, [](float score) { return !std::isfinite(score); }))
        refuse_scores();
}

// Every edge by |s|.
RankedEdges all_edges(std::span<const float> scores)
{
    RankedEdges edges(scores.size());
    for (std::size_t e = 0; e < scores.size(); ++e)
        edges[e] = { std::abs(scores[e]), { static_cast<std::int32_t>(e) } };
    return edges;
}

RankedEdges candidates(
    const ComputationalGraph& graph, std::span<const float> scores, const SelectionOptions& options)
{
    require_finite(scores);
    RankedEdges edges = all_edges(scores);
    if (options.by_signed_score)
        for (std::size_t e = 0; e < edges.size(); ++e)
            edges[e].strength = scores[e];
    if (options.cross_layer)
        return edges;
    std::erase_if(edges, [&graph](const RankedEdge& ranked) {
        const Edge& edge = graph.edge(ranked.edge);
        const int layer = graph.node(edge.source).layer;
        return layer < 0 || layer != graph.node(edge.target).layer;
    });
    if (edges.empty())
        throw InputError("With cross_layer = false only edges inside one layer are kept, and this "
                         "model has none: its attention and MLP run in parallel.");
    return edges;
}

void keep_strongest(RankedEdges& edges, std::size_t n)
{
    if (n >= edges.size())
        return;
    std::nth_element(
        edges.begin(), edges.begin() + static_cast<std::ptrdiff_t>(n), edges.end(), stronger);
    edges.resize(n);
}

void keep_random(RankedEdges& edges, std::size_t n, Random& random)
{
    n = std::min(n, edges.size());
    for (std::size_t i = 0; i < n; ++i)
        std::swap(edges[i], edges[i + random.below(edges.size() - i)]);
    edges.resize(n);
}

Circuit in_order(RankedEdges edges, std::span<const float> scores)
{
    const auto score = [&scores](const RankedEdge& ranked) {
        return scores[static_cast<std::size_t>(ranked.edge.value)];
    };
    for (RankedEdge& ranked : edges)
        ranked.strength = std::abs(score(ranked));
    std::ranges::sort(edges, stronger);
    Circuit circuit;
    circuit.reserve(edges.size());
    for (const RankedEdge& ranked : edges)
        circuit.push_back({ ranked.edge, score(ranked) });
    return circuit;
}

} // namespace

void refuse_scores()
{
    throw Diverged("The edge scores are not finite");
}

Circuit select_edges(
    const ComputationalGraph& graph, std::span<const float> scores, const SelectionOptions& options)
{
    RankedEdges edges = candidates(graph, scores, options);
    const auto n = static_cast<std::size_t>(std::max(options.n, 0));
    switch (options.rule) {
    case SelectionRule::top_n:
        keep_strongest(edges, n);
        break;
    case SelectionRule::threshold:
        std::erase_if(edges,
            [&options](const RankedEdge& ranked) { return ranked.strength < options.threshold; });
        break;
    case SelectionRule::top_nodes:
        edges = edges_of_top_nodes(graph, scores, std::move(edges), n);
        break;
    }
    Circuit circuit = in_order(std::move(edges), scores);
    return options.prune_dead ? prune_dead(graph, circuit) : circuit;
}

Circuit random_circuit(const ComputationalGraph& graph, std::span<const float> scores,
    const SelectionOptions& options, Random& random)
{
    RankedEdges edges = candidates(graph, scores, options);
    keep_random(edges, select_edges(graph, scores, options).size(), random);
    return in_order(std::move(edges), scores);
}

} // namespace circuitloom
