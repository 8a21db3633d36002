#include "ui/circuit/circuit_scene.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace circuitloom::ui {

namespace {

using Change = EdgeAppearance::Change;
using ScoreByEdge = std::unordered_map<EdgeId, double>;

HueMix pure(Hue hue)
{
    HueMix mix{};
    mix[static_cast<std::size_t>(hue)] = 1;
    return mix;
}

ScoreByEdge scores_of(const Circuit& circuit)
{
    ScoreByEdge scores;
    for (const ScoredEdge& edge : circuit)
        scores.emplace(edge.edge, static_cast<double>(edge.score));
    return scores;
}

Change change_of(double score, const ScoreByEdge& reference, EdgeId edge)
{
    const auto before = reference.find(edge);
    if (before == reference.end())
        return Change::entered;
    const double now = std::abs(score);
    const double then = std::abs(before->second);
    if (now > then * change_factor)
        return Change::stronger;
    return now * change_factor < then ? Change::weaker : Change::kept;
}

Hue hue_of_change(Change change)
{
    switch (change) {
    case Change::entered:
        return Hue::entered;
    case Change::left:
        return Hue::left;
    case Change::stronger:
        return Hue::stronger;
    case Change::weaker:
        return Hue::weaker;
    case Change::kept:
        break;
    }
    return Hue::kept;
}

Hue hue_of_kind(NodeKind target)
{
    switch (target) {
    case NodeKind::query:
        return Hue::query;
    case NodeKind::key:
        return Hue::key;
    case NodeKind::value:
        return Hue::value;
    case NodeKind::logits:
        return Hue::logits;
    default:
        return Hue::mlp;
    }
}

Hue hue_of(const EdgeAppearance& edge, ColorMode mode, const ComputationalGraph& graph)
{
    switch (mode) {
    case ColorMode::sign:
        return edge.score < 0 ? Hue::negative : Hue::positive;
    case ColorMode::kind:
        return hue_of_kind(graph.node(graph.edge(edge.edge).target).kind);
    case ColorMode::change:
        break;
    }
    return hue_of_change(edge.change);
}

std::size_t shown_count(const Circuit& circuit, int strongest)
{
    return std::min(circuit.size(), static_cast<std::size_t>(std::max(strongest, 0)));
}

double lerp(double a, double b, double t)
{
    return a + (b - a) * t;
}

EdgeAppearance between(const EdgeAppearance& a, const EdgeAppearance& b, double t)
{
    EdgeAppearance edge = b;
    edge.score = lerp(a.score, b.score, t);
    edge.strength = lerp(a.strength, b.strength, t);
    edge.presence = lerp(a.presence, b.presence, t);
    for (std::size_t i = 0; i < hue_count; ++i)
        edge.hue[i] = static_cast<float>(lerp(a.hue[i], b.hue[i], t));
    return edge;
}

EdgeAppearance faded(EdgeAppearance edge, double factor)
{
    edge.presence *= factor;
    return edge;
}

} // namespace

CircuitScene scene_of(std::shared_ptr<const ComputationalGraph> graph,
    std::shared_ptr<const LatticeLayout> layout, const Circuit& now, const Circuit& reference,
    int strongest, ColorMode mode)
{
    CircuitScene scene;
    scene.graph = std::move(graph);
    scene.layout = std::move(layout);
    scene.mode = mode;
    if (!scene.graph)
        return scene;
    const bool compares = mode == ColorMode::change && !reference.empty();
    scene.has_reference = compares;

    const auto before = compares ? scores_of(reference) : ScoreByEdge{};
    for (std::size_t i = 0; i < shown_count(now, strongest); ++i) {
        EdgeAppearance edge;
        edge.edge = now[i].edge;
        edge.score = static_cast<double>(now[i].score);
        if (compares)
            edge.change = change_of(edge.score, before, edge.edge);
        scene.edges.push_back(edge);
        scene.widest = std::max(scene.widest, std::abs(edge.score));
    }
    if (compares) {
        const auto still_there = scores_of(now);
        for (std::size_t i = 0; i < shown_count(reference, strongest); ++i) {
            if (still_there.contains(reference[i].edge))
                continue;
            EdgeAppearance edge;
            edge.edge = reference[i].edge;
            edge.score = static_cast<double>(reference[i].score);
            edge.change = Change::left;
            scene.edges.push_back(edge);
        }
    }
    for (EdgeAppearance& edge : scene.edges) {
        const double share = scene.widest > 0 ? std::abs(edge.score) / scene.widest : 0;
        edge.strength = std::sqrt(std::min(share, 1.0));
        edge.hue = pure(hue_of(edge, mode, *scene.graph));
    }
    std::sort(scene.edges.begin(), scene.edges.end(),
        [](const EdgeAppearance& a, const EdgeAppearance& b) { return a.edge < b.edge; });
    return scene;
}

CircuitScene interpolate(const CircuitScene& a, const CircuitScene& b, double t)
{
    if (t >= 1 || a.graph != b.graph)
        return b;
    if (t <= 0)
        return a;
    CircuitScene scene = b;
    scene.edges.clear();
    scene.widest = lerp(a.widest, b.widest, t);
    auto from = a.edges.begin();
    auto to = b.edges.begin();
    while (from != a.edges.end() || to != b.edges.end()) {
        if (to == b.edges.end() || (from != a.edges.end() && from->edge < to->edge))
            scene.edges.push_back(faded(*from++, 1 - t));
        else if (from == a.edges.end() || to->edge < from->edge)
            scene.edges.push_back(faded(*to++, t));
        else
            scene.edges.push_back(between(*from++, *to++, t));
    }
    return scene;
}

std::vector<double> node_presence(const CircuitScene& scene)
{
    std::vector<double> presence(scene.layout ? scene.layout->nodes.size() : 0, 0.0);
    for (const EdgeAppearance& edge : scene.edges) {
        const double left = static_cast<double>(edge.hue[static_cast<std::size_t>(Hue::left)]);
        const double belongs = edge.presence * (1 - left);
        for (const DrawnNodeId end : { source_of(scene, edge.edge), target_of(scene, edge.edge) }) {
            double& of_node = presence[static_cast<std::size_t>(end.value)];
            of_node = std::max(of_node, belongs);
        }
    }
    return presence;
}

DrawnNodeId source_of(const CircuitScene& scene, EdgeId edge)
{
    const NodeId source = scene.graph->edge(edge).source;
    return { scene.layout->drawn_of[static_cast<std::size_t>(source.value)] };
}

DrawnNodeId target_of(const CircuitScene& scene, EdgeId edge)
{
    const NodeId target = scene.graph->edge(edge).target;
    return { scene.layout->drawn_of[static_cast<std::size_t>(target.value)] };
}

} // namespace circuitloom::ui
