#include "ui/circuit/switched_off.h"

#include "ui/circuit/circuit_choice.h"
#include "ui/circuit/node_shapes.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace circuitloom::ui {

namespace {

constexpr double cross_reach = 5; // pixels from the centre of a cross, sideways and up
constexpr double above_node = 6; // pixels from a node to the centre of its cross: its name stays clear
constexpr float line_width = 2;
constexpr float line_halo = 5; // so that a cross is seen on any colour

DrawnCurve straight(const QPointF& from, const QPointF& to, QRgb color, float width)
{
    DrawnCurve line;
    line.from = from;
    line.control1 = from + (to - from) / 3;
    line.control2 = from + 2 * (to - from) / 3;
    line.to = to;
    line.color = color;
    line.width = width;
    return line;
}

/// The halo, then the line on top.
void add_line(
    std::vector<DrawnCurve>& curves, const QPointF& from, const QPointF& to, const Theme& theme)
{
    curves.push_back(straight(from, to, theme.window.rgba(), line_halo));
    curves.push_back(straight(from, to, theme.danger.rgba(), line_width));
}

const EdgeAppearance* shown_edge(const CircuitScene& scene, EdgeId edge)
{
    const auto at = std::ranges::lower_bound(scene.edges, edge, {}, &EdgeAppearance::edge);
    return at != scene.edges.end() && at->edge == edge ? &*at : nullptr;
}

/// Drawn nodes that are switched off as a whole, then the shown edges that are.
std::vector<NodeOrEdge> shown_items(const CircuitScene& scene)
{
    std::vector<NodeOrEdge> items;
    if (!scene.layout || scene.switched_off.empty())
        return items;
    for (const NodeOrEdge& item : items_of(*scene.layout, scene.switched_off)) {
        const auto* edge = std::get_if<EdgeId>(&item);
        if (edge ? shown_edge(scene, *edge) != nullptr
                 : contains(scene.switched_off, choice_of(*scene.layout, item)))
            items.push_back(item);
    }
    return items;
}

} // namespace

std::vector<DrawnCurve> cross_at(const QPointF& centre, const Theme& theme)
{
    const QPointF falling(cross_reach, cross_reach);
    const QPointF rising(cross_reach, -cross_reach);
    std::vector<DrawnCurve> curves;
    add_line(curves, centre - falling, centre + falling, theme);
    add_line(curves, centre - rising, centre + rising, theme);
    std::swap(curves[1], curves[2]); // both halos lie below both lines
    return curves;
}

bool shows_switched_off(const CircuitScene& scene)
{
    return !shown_items(scene).empty();
}

DrawingLayer switched_off_layer(const CircuitScene& scene, const CircuitGeometry& geometry,
    const Theme& theme, const QSizeF& size)
{
    DrawingLayer layer{ QStringLiteral("switched off"), {}, {}, {} };
    const QRectF seen = QRectF(QPointF(), size).adjusted(-10, -10, 10, 10);
    const std::vector<double> presence = node_presence(scene);
    for (const NodeOrEdge& item : shown_items(scene)) {
        if (const auto* edge = std::get_if<EdgeId>(&item)) {
            const QPointF centre = point_of(geometry.edge_curve(scene, *edge), 0.5);
            const EdgeAppearance* shown = shown_edge(scene, *edge);
            if (seen.contains(centre) && shown && shown->presence > 0)
                for (const DrawnCurve& stroke : cross_at(centre, theme))
                    layer.curves.push_back(stroke);
            continue;
        }
        const DrawnNodeId node = std::get<DrawnNodeId>(item);
        const QRectF rect = presence[static_cast<std::size_t>(node.value)] > 0
            ? geometry.node_rect(node)
            : geometry.ghost_rect(node);
        if (!seen.intersects(rect))
            continue;
        DrawnShape ring;
        ring.rect = rect;
        ring.radius
            = node_radius(scene.layout->nodes[static_cast<std::size_t>(node.value)].kind, rect);
        ring.outline = theme.danger.rgba();
        ring.outline_width = line_width;
        layer.shapes.push_back(ring);
        const QPointF centre(rect.center().x(), rect.top() - above_node);
        for (const DrawnCurve& stroke : cross_at(centre, theme))
            layer.curves.push_back(stroke);
    }
    return layer;
}

} // namespace circuitloom::ui
