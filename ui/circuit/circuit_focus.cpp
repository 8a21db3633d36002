#include "ui/circuit/circuit_focus.h"

#include <utility>

namespace circuitloom::ui {

namespace {

constexpr double dimmed = 0.16; // opacity of what is not in focus

} // namespace

CircuitFocus::CircuitFocus(const CircuitScene& scene, std::optional<NodeOrEdge> item, double depth)
    : scene_(scene)
    , item_(std::move(item))
    , depth_(depth)
    , lit_nodes_(scene.layout ? scene.layout->nodes.size() : 0, false)
{
    if (!item_)
        return;
    bool any = false;
    for (const EdgeAppearance& edge : scene.edges) {
        if (!lit(edge.edge))
            continue;
        any = true;
        for (const DrawnNodeId end : { source_of(scene, edge.edge), target_of(scene, edge.edge) })
            lit_nodes_[static_cast<std::size_t>(end.value)] = true;
    }
    if (!any)
        item_.reset();
}

bool CircuitFocus::lit(EdgeId edge) const
{
    if (!item_)
        return true;
    if (const auto* chosen = std::get_if<EdgeId>(&*item_))
        return *chosen == edge;
    const auto node = std::get<DrawnNodeId>(*item_);
    return source_of(scene_, edge) == node || target_of(scene_, edge) == node;
}

bool CircuitFocus::lit(DrawnNodeId node) const
{
    return !item_ || lit_nodes_[static_cast<std::size_t>(node.value)];
}

double CircuitFocus::opacity(bool is_lit) const
{
    return is_lit ? 1 : 1 - (1 - dimmed) * depth_;
}

double CircuitFocus::lift(bool is_lit) const
{
    return item_ && is_lit ? depth_ : 0;
}

} // namespace circuitloom::ui
