#include "ui/circuit/circuit_scene.h"

#include "core/analysis/circuit_paths.h"
#include "core/graph/edge_order.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>
#include <utility>

namespace circuitloom::ui {

namespace {

using Change = EdgeAppearance::Change;

constexpr double least_sign = 0.45; // how much of its sign's colour the weakest edge has
constexpr double log_range = 100; // a |score| this many times smaller than the widest is thinnest

HueMix mix(Hue from, Hue to, double share)
{
    HueMix both{};
    both[static_cast<std::size_t>(from)] = static_cast<float>(1 - share);
    both[static_cast<std::size_t>(to)] += static_cast<float>(share);
    return both;
}

HueMix pure(Hue hue)
{
    return mix(hue, hue, 0);
}

// How the edge changed since the circuit `before`, which is ordered by edge.
Change change_of(double score, const Circuit& before, EdgeId edge)
{
    const auto at = std::ranges::lower_bound(before, edge, {}, &ScoredEdge::edge);
    if (at == before.end() || at->edge != edge)
        return Change::entered;
    const double now = std::abs(score);
    const double then = std::abs(static_cast<double>(at->score));
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

// The sign's colour stands out the more the stronger the edge is: a diverging scale.
HueMix diverging(const EdgeAppearance& edge)
{
    return mix(Hue::neutral, edge.score < 0 ? Hue::negative : Hue::positive,
        least_sign + (1 - least_sign) * edge.strength);
}

Hue hue_of_certainty(const CircuitScene& scene, EdgeId edge)
{
    const EdgeCertainty* certainty
        = scene.certain ? find_certainty(*scene.certain, edge) : nullptr;
    if (!certainty)
        return Hue::neutral;
    switch (certainty_class(certainty->inclusion)) {
    case CertaintyClass::core:
        return Hue::core;
    case CertaintyClass::contingent:
        return Hue::contingent;
    case CertaintyClass::noise:
        break;
    }
    return Hue::noise;
}

HueMix hue_of(const EdgeAppearance& edge, int age, const CircuitScene& scene)
{
    switch (scene.mode) {
    case ColorMode::sign:
        return diverging(edge);
    case ColorMode::kind:
        return pure(hue_of_kind(scene.graph->node(scene.graph->edge(edge.edge).target).kind));
    case ColorMode::age:
        return mix(
            Hue::young, Hue::old, scene.oldest > 0 ? static_cast<double>(age) / scene.oldest : 0.0);
    case ColorMode::single:
        return pure(Hue::single);
    case ColorMode::certainty:
        return pure(hue_of_certainty(scene, edge.edge));
    case ColorMode::change:
    case ColorMode::sides:
        break;
    }
    return pure(hue_of_change(edge.change));
}

std::pair<int, int> ends_of(const CircuitScene& scene, const EdgeAppearance& edge)
{
    return { source_of(scene, edge.edge).value, target_of(scene, edge.edge).value };
}

// The sum of |score| of the circuit's edges between two drawn nodes.
std::map<std::pair<int, int>, double> sums_between(const CircuitScene& scene)
{
    std::map<std::pair<int, int>, double> sums;
    for (const EdgeAppearance& edge : scene.edges)
        if (edge.change != Change::left)
            sums[ends_of(scene, edge)] += std::abs(edge.score);
    return sums;
}

// The circuit without what is hidden, and without what is on no path of what is isolated.
Circuit kept(const ComputationalGraph& graph, const Circuit& circuit, const SceneOptions& options,
    const std::vector<EdgeId>& isolated)
{
    if (options.hidden.empty() && options.isolated.empty())
        return circuit;
    const auto hides
        = [&](NodeId node) { return std::ranges::binary_search(options.hidden.nodes, node); };
    Circuit rest;
    for (const ScoredEdge& scored : circuit) {
        const Edge& edge = graph.edge(scored.edge);
        if (std::ranges::binary_search(options.hidden.edges, scored.edge) || hides(edge.source)
            || hides(edge.target))
            continue;
        if (options.isolated.empty() || std::ranges::binary_search(isolated, scored.edge))
            rest.push_back(scored);
    }
    return rest;
}

FilteredCircuit visible_part(const ComputationalGraph& graph, const Circuit& now,
    const Circuit& reference, const SceneOptions& options)
{
    FilteredCircuit filtered = filter_circuit(graph, now, reference, options.filter,
        options.certain ? *options.certain : CertainEdges());
    std::vector<EdgeId> isolated;
    if (!options.isolated.empty()) {
        std::vector<EdgeId> edges;
        for (const Circuit* part : { &filtered.shown, &filtered.left })
            for (const ScoredEdge& scored : *part)
                edges.push_back(scored.edge);
        isolated = paths_through(graph, edges, options.isolated);
    }
    filtered.shown = kept(graph, filtered.shown, options, isolated);
    filtered.left = kept(graph, filtered.left, options, isolated);
    return filtered;
}

} // namespace

double scaled_width(double share, WidthScale scale)
{
    const double within = std::clamp(share, 0.0, 1.0);
    switch (scale) {
    case WidthScale::linear:
        return within;
    case WidthScale::logarithmic:
        return std::log1p(within * log_range) / std::log1p(log_range);
    case WidthScale::root:
        break;
    }
    return std::sqrt(within);
}

CircuitScene scene_of(std::shared_ptr<const ComputationalGraph> graph,
    std::shared_ptr<const CircuitLayout> layout, const Circuit& now, const Circuit& reference,
    const SceneOptions& options)
{
    CircuitScene scene;
    scene.graph = std::move(graph);
    scene.layout = std::move(layout);
    scene.mode = options.mode;
    scene.other = options.other;
    scene.width = options.width;
    scene.certain = options.certain;
    scene.switched_off = options.switched_off;
    if (!scene.graph)
        return scene;
    const bool compares
        = (options.mode == ColorMode::change || options.mode == ColorMode::sides)
        && !reference.empty();
    scene.has_reference = compares;

    const Circuit before = compares ? by_edge(reference) : Circuit{};
    std::unordered_map<EdgeId, int> age_of;
    if (options.mode == ColorMode::age)
        for (std::size_t i = 0; i < std::min(now.size(), options.ages.size()); ++i)
            age_of.emplace(now[i].edge, options.ages[i]);
    FilteredCircuit filtered = visible_part(*scene.graph, now, reference, options);
    // What the filter asks for may concern a reference that the colours do not.
    if (!compares && options.filter.change != CircuitFilter::Change::left)
        filtered.left.clear();
    for (Circuit* part : { &filtered.shown, &filtered.left })
        *part = by_edge(std::move(*part));
    scene.edges.reserve(filtered.shown.size() + filtered.left.size());
    const auto add = [&scene](const ScoredEdge& scored, Change change) {
        EdgeAppearance edge;
        edge.edge = scored.edge;
        edge.score = static_cast<double>(scored.score);
        edge.change = change;
        if (source_of(scene, edge.edge) != target_of(scene, edge.edge))
            scene.edges.push_back(edge);
    };
    for (const ScoredEdge& scored : filtered.shown) {
        const double score = static_cast<double>(scored.score);
        add(scored, compares ? change_of(score, before, scored.edge) : Change::kept);
        scene.widest = std::max(scene.widest, std::abs(score));
        if (const auto age = age_of.find(scored.edge); age != age_of.end())
            scene.oldest = std::max(scene.oldest, age->second);
    }
    std::map<std::pair<int, int>, double> sums; // where one curve stands for several edges
    const auto shown_end = static_cast<std::ptrdiff_t>(scene.edges.size());
    for (const ScoredEdge& scored : filtered.left) {
        add(scored, Change::left);
        if (filtered.shown.empty())
            scene.widest = std::max(scene.widest, std::abs(static_cast<double>(scored.score)));
    }
    if (scene.layout->form == LayoutForm::layers)
        sums = sums_between(scene);
    if (!sums.empty()) {
        scene.widest = 0;
        for (const auto& [ends, sum] : sums)
            scene.widest = std::max(scene.widest, sum);
    }
    for (EdgeAppearance& edge : scene.edges) {
        const auto sum = edge.change == Change::left ? sums.end() : sums.find(ends_of(scene, edge));
        const double size = sum == sums.end() ? std::abs(edge.score) : sum->second;
        const double share = scene.widest > 0 ? size / scene.widest : 0;
        edge.strength = scaled_width(share, options.width);
        const auto age = age_of.find(edge.edge);
        edge.hue = hue_of(edge, age == age_of.end() ? 0 : age->second, scene);
    }
    std::inplace_merge(scene.edges.begin(), scene.edges.begin() + shown_end, scene.edges.end(),
        [](const EdgeAppearance& a, const EdgeAppearance& b) { return a.edge < b.edge; });
    return scene;
}

int edges_shown(const CircuitScene& scene)
{
    return static_cast<int>(std::ranges::count_if(
        scene.edges, [](const EdgeAppearance& edge) { return edge.change != Change::left; }));
}

std::vector<double> node_presence(const CircuitScene& scene)
{
    std::vector<double> presence(scene.layout ? scene.layout->nodes.size() : 0, 0.0);
    for (const EdgeAppearance& edge : scene.edges) {
        const double left = static_cast<double>(edge.hue[static_cast<std::size_t>(Hue::left)]);
        const double belongs = edge.presence * (scene.mode == ColorMode::sides ? 1 : 1 - left);
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
