#include "ui/circuit/circuit_focus.h"

#include "core/analysis/circuit_paths.h"

namespace circuitloom::ui {

namespace {

constexpr double dimmed = 0.4; // opacity of what is not in focus

std::vector<bool> drawn_nodes(const CircuitScene& scene, const GraphChoice& choice)
{
    std::vector<bool> drawn(scene.layout ? scene.layout->nodes.size() : 0, false);
    if (scene.layout)
        for (const NodeId node : choice.nodes) {
            const int at = scene.layout->drawn_of[static_cast<std::size_t>(node.value)];
            drawn[static_cast<std::size_t>(at)] = true;
        }
    return drawn;
}

bool touches(const CircuitScene& scene, EdgeId edge, const NodeOrEdge& item)
{
    if (const auto* chosen = std::get_if<EdgeId>(&item))
        return *chosen == edge;
    const auto node = std::get<DrawnNodeId>(item);
    return source_of(scene, edge) == node || target_of(scene, edge) == node;
}

} // namespace

CircuitFocus::CircuitFocus(
    const CircuitScene& scene, const CircuitHighlight& highlight, double depth)
    : depth_(depth)
    , hover_(highlight.hover)
    , selected_edges_(highlight.selection.edges.begin(), highlight.selection.edges.end())
    , lit_nodes_(scene.layout ? scene.layout->nodes.size() : 0, false)
    , selected_nodes_(drawn_nodes(scene, highlight.selection))
    , pinned_nodes_(drawn_nodes(scene, highlight.pinned))
{
    if (!scene.graph || highlight.empty())
        return;
    std::vector<EdgeId> edges;
    edges.reserve(scene.edges.size());
    for (const EdgeAppearance& edge : scene.edges)
        edges.push_back(edge.edge);
    const auto light_paths = [&](const GraphChoice& choice) {
        if (!choice.empty())
            for (const EdgeId edge : paths_through(*scene.graph, edges, choice))
                lit_edges_.insert(edge);
    };
    light_paths(highlight.pinned);
    light_paths(highlight.selection);
    if (highlight.hover && (highlight.isolated.empty() || !highlight.selection.empty())) {
        for (const EdgeId edge : edges)
            if (touches(scene, edge, *highlight.hover))
                lit_edges_.insert(edge);
    }
    for (const EdgeId edge : lit_edges_)
        for (const DrawnNodeId end : { source_of(scene, edge), target_of(scene, edge) })
            lit_nodes_[static_cast<std::size_t>(end.value)] = true;
}

double CircuitFocus::opacity(bool is_lit) const
{
    return is_lit ? 1 : 1 - (1 - dimmed) * depth_;
}

double CircuitFocus::lift(bool is_lit) const
{
    return any() && is_lit ? depth_ : 0;
}

} // namespace circuitloom::ui
