#include "ui/circuit/node_ports.h"

#include "ui/theme/color_mix.h"

#include <algorithm>
#include <array>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr double port_radius = 2.4; // layout units
constexpr double lettered_port = 5; // pixels: from this radius on a port says what it is

struct Port
{
    NodeKind kind;
    QChar letter;
};

constexpr std::array<Port, 3> ports{ Port{ NodeKind::query, u'q' }, Port{ NodeKind::key, u'k' },
    Port{ NodeKind::value, u'v' } };

// Where several heads share keys and values, those have a node of their own.
bool has_port(DrawnNode::Kind node, NodeKind port, const GraphShape& shape)
{
    const bool shared = shape.kv_heads < shape.heads;
    if (node == DrawnNode::Kind::kv_head)
        return port != NodeKind::query;
    return node == DrawnNode::Kind::head && (!shared || port == NodeKind::query);
}

} // namespace

void add_ports(DrawingLayer& layer, const CircuitScene& scene, const CircuitGeometry& geometry,
    const Theme& theme, DrawnNodeId id, double opacity)
{
    const double clear = geometry.port_clarity();
    if (clear <= 0)
        return;
    const DrawnNode& node = scene.layout->nodes[static_cast<std::size_t>(id.value)];
    for (const Port& port : ports) {
        if (!has_port(node.kind, port.kind, scene.graph->shape()))
            continue;
        const double radius = port_radius * geometry.scale();
        const QPointF at = geometry.entry(id, port.kind);
        DrawnShape shape;
        shape.rect = { at - QPointF(radius, radius), at + QPointF(radius, radius) };
        shape.radius = static_cast<float>(radius);
        shape.node = id.value;
        shape.fill = faded(theme.card, opacity * clear).rgba();
        shape.outline = faded(theme.outline, opacity * clear).rgba();
        shape.outline_width = static_cast<float>(0.8 * std::max(geometry.scale(), 0.6));
        layer.shapes.push_back(shape);
        if (radius < lettered_port)
            continue;
        DrawnLabel letter;
        letter.rect = shape.rect;
        letter.text = port.letter;
        letter.size = qRound(radius * 1.5);
        letter.color = faded(theme.text, opacity).rgba();
        layer.labels.push_back(std::move(letter));
    }
}

} // namespace circuitloom::ui
