#include "ui/circuit/lattice_shapes.h"

#include "ui/circuit/node_shapes.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <map>

namespace circuitloom::ui {

namespace {

constexpr double smallest_name = 7; // pixels
constexpr double largest_name = 15;
constexpr double aside = 6; // pixels from the band's end to its name

QString layer_name(int layer)
{
    return QCoreApplication::translate("CircuitDrawing", "layer %1").arg(layer);
}

DrawnLabel label_of(const QString& text, const QRectF& rect, int size, const Theme& theme)
{
    DrawnLabel label;
    label.rect = rect;
    label.text = text;
    label.size = size;
    label.weight = QFont::Medium;
    label.color = theme.dimText.rgba();
    return label;
}

/// How all layers of a picture are named: "layer 3", or "3" where that is too long for the margin,
/// in one size, which is about that of the nodes' names.
class LayerNames
{
public:
    LayerNames(const CircuitLayout& layout, const CircuitGeometry& geometry, double room,
        const Theme& theme)
        : theme_(theme)
    {
        const double wanted = std::clamp(13 * geometry.scale(), smallest_name, largest_name);
        size_ = qRound(wanted);
        const QFontMetricsF metrics = metrics_of(size_);
        for (const LayerBand& band : layout.bands)
            if (metrics.horizontalAdvance(layer_name(band.layer)) > room)
                whole_ = false;
    }

    /// Nothing where the band is too low for it.
    void add(DrawingLayer& layer, const LayerBand& band, const QRectF& rect) const
    {
        if (rect.height() < size_)
            return;
        DrawnLabel label = label_of(whole_ ? layer_name(band.layer) : QString::number(band.layer),
            rect.adjusted(aside, 0, 0, 0), size_, theme_);
        label.alignment = Qt::AlignLeft | Qt::AlignVCenter;
        layer.labels.push_back(std::move(label));
    }

private:
    QFontMetricsF metrics_of(int size) const
    {
        QFont font = theme_.font();
        font.setPixelSize(size);
        return QFontMetricsF(font);
    }

    const Theme& theme_;
    int size_ = 0;
    bool whole_ = true;
};

// The numbers of the layers over a matrix's columns.
void add_column_layers(DrawingLayer& layer, const CircuitLayout& layout,
    const CircuitGeometry& geometry, const Theme& theme)
{
    std::map<int, QRectF> heads;
    for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
        const DrawnNode& node = layout.nodes[i];
        const bool in_column = node.used && node.layer >= 0 && node.label != node.name;
        if (in_column)
            heads[node.layer] |= geometry.node_rect({ static_cast<std::int32_t>(i) });
    }
    for (const auto& [number, head] : heads) {
        const double size = std::min(head.height() * 0.75, largest_name);
        if (!has_name_inside(LayoutForm::matrix, head))
            continue;
        const QString whole = layer_name(number);
        QFont font = theme.font();
        font.setPixelSize(qRound(size));
        const bool fits = QFontMetricsF(font).horizontalAdvance(whole) <= head.width();
        layer.labels.push_back(label_of(fits ? whole : QString::number(number),
            head.translated(0, -head.height() * 1.05), qRound(size), theme));
    }
}

} // namespace

DrawingLayer band_layer(
    const CircuitLayout& layout, const CircuitGeometry& geometry, const Theme& theme)
{
    DrawingLayer layer{ QStringLiteral("layers"), {}, {}, {} };
    double first_node = geometry.map(layout.width, 0).x();
    for (std::size_t i = 0; i < layout.nodes.size(); ++i)
        if (layout.nodes[i].used)
            first_node = std::min(
                first_node, geometry.node_rect({ static_cast<std::int32_t>(i) }).left());
    const bool is_matrix = layout.form == LayoutForm::matrix;
    const double room = first_node - geometry.map(0, 0).x() - 2 * aside;
    const LayerNames names(layout, geometry, room, theme);
    for (const LayerBand& band : layout.bands) {
        DrawnShape shape;
        shape.rect = geometry.band_rect(band);
        shape.radius
            = static_cast<float>(std::min(8.0 * geometry.scale(), shape.rect.height() / 4));
        if (is_matrix)
            shape.radius = 0;
        shape.fill = theme.band.rgba();
        if (!is_matrix)
            names.add(layer, band, shape.rect);
        layer.shapes.push_back(shape);
    }
    if (is_matrix)
        add_column_layers(layer, layout, geometry, theme);
    return layer;
}

DrawingLayer ghost_layer(const CircuitLayout& layout, const CircuitGeometry& geometry,
    const Theme& theme, const QSizeF& size)
{
    DrawingLayer layer{ QStringLiteral("outside the circuit"), {}, {}, {} };
    const QRectF seen(QPointF(), size);
    for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
        const DrawnNode& node = layout.nodes[i];
        if (!node.used)
            continue; // it is no place in the model
        const DrawnNodeId id{ static_cast<std::int32_t>(i) };
        DrawnShape shape;
        shape.rect = geometry.ghost_rect(id);
        if (!seen.intersects(shape.rect))
            continue;
        shape.node = id.value;
        if (node.layer < 0 || (layout.form == LayoutForm::matrix && node.used)) {
            shape.radius = node_radius(node.kind, shape.rect);
            shape.fill = theme.band.rgba();
            shape.outline = theme.faint.rgba();
            shape.outline_width = static_cast<float>(std::max(geometry.scale(), 0.6));
            auto label = node_label(node, id, shape.rect, theme.dimText, false);
            if (label && has_name_inside(layout.form, shape.rect))
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
