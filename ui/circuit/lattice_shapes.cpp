#include "ui/circuit/lattice_shapes.h"

#include "ui/circuit/node_shapes.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr double smallest_name = 7; // pixels
constexpr double largest_name = 30;

// "layer 3", or "3" where that is too long for the margin; empty where even a number cannot be
// read.
DrawnLabel name_of(const LayerBand& band, const QRectF& rect, double room, const Theme& theme)
{
    const double size = std::clamp(rect.height() * 0.6, 0.0, std::max(room * 0.14, 10.0));
    DrawnLabel label;
    if (size < smallest_name)
        return label;
    label.size = qRound(std::min(size, largest_name));
    label.weight = QFont::Medium;
    label.color = theme.dimText.rgba();
    label.alignment = Qt::AlignLeft | Qt::AlignVCenter;
    label.text = QCoreApplication::translate("CircuitDrawing", "layer %1").arg(band.layer);
    QFont font = theme.font();
    font.setPixelSize(label.size);
    if (QFontMetricsF(font).horizontalAdvance(label.text) > room)
        label.text = QString::number(band.layer);
    label.rect = rect.adjusted(rect.width() * 0.01, 0, 0, 0);
    return label;
}

} // namespace

DrawingLayer band_layer(
    const CircuitLayout& layout, const CircuitGeometry& geometry, const Theme& theme)
{
    DrawingLayer layer{ QStringLiteral("layers"), {}, {}, {} };
    double first_node = layout.width;
    for (const DrawnNode& node : layout.nodes)
        first_node = std::min(first_node, node.x - node.width / 2);
    for (const LayerBand& band : layout.bands) {
        DrawnShape shape;
        shape.rect = geometry.band_rect(band);
        shape.radius
            = static_cast<float>(std::min(8.0 * geometry.scale(), shape.rect.height() / 4));
        shape.fill = theme.band.rgba();
        const double room
            = geometry.map(first_node, 0).x() - shape.rect.left() - shape.rect.width() * 0.015;
        if (DrawnLabel name = name_of(band, shape.rect, room, theme); !name.text.isEmpty())
            layer.labels.push_back(std::move(name));
        layer.shapes.push_back(shape);
    }
    return layer;
}

DrawingLayer ghost_layer(const CircuitLayout& layout, const CircuitGeometry& geometry,
    const Theme& theme, const QSizeF& size)
{
    DrawingLayer layer{ QStringLiteral("outside the circuit"), {}, {}, {} };
    const QRectF seen(QPointF(), size);
    for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
        const DrawnNode& node = layout.nodes[i];
        const DrawnNodeId id{ static_cast<std::int32_t>(i) };
        DrawnShape shape;
        shape.rect = geometry.ghost_rect(id);
        if (!seen.intersects(shape.rect))
            continue;
        shape.node = id.value;
        if (node.layer < 0) {
            shape.radius = node_radius(node.kind, shape.rect);
            shape.fill = theme.band.rgba();
            shape.outline = theme.faint.rgba();
            shape.outline_width = static_cast<float>(std::max(geometry.scale(), 0.6));
            if (auto label = node_label(node, id, shape.rect, theme.dimText, false))
                layer.labels.push_back(std::move(*label));
        } else {
            shape.radius = static_cast<float>(shape.rect.width() / 2);
            shape.fill = theme.faint.rgba();
        }
        layer.shapes.push_back(shape);
    }
    return layer;
}

} // namespace circuitloom::ui
