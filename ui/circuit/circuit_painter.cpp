#include "ui/circuit/circuit_painter.h"

#include "ui/circuit/circuit_legend.h"
#include "ui/circuit/edge_painter.h"
#include "ui/theme/color_mix.h"

#include <QPen>

#include <algorithm>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr double margin = 14;
constexpr double caption_height = 30;
constexpr double legend_height = 22;
constexpr double legend_beside_input = 680; // from this width on the legend fits beside `input`
constexpr double smallest_text = 5; // pixels; smaller labels are left out

QString text_of(const std::string& text)
{
    return QString::fromStdString(text);
}

QFont label_font(const Theme& theme, double height, bool bold)
{
    QFont font = theme.font();
    font.setPixelSize(std::max(1, qRound(height * 0.6)));
    font.setWeight(bold ? QFont::Bold : QFont::Medium);
    return font;
}

void paint_shape(QPainter& painter, const QRectF& rect, DrawnNode::Kind kind)
{
    const bool pill = kind == DrawnNode::Kind::head || kind == DrawnNode::Kind::kv_head;
    const double radius = pill ? rect.height() / 2 : rect.height() * 0.2;
    painter.drawRoundedRect(rect, radius, radius);
}

void paint_label(QPainter& painter, const QRectF& rect, const QString& label, const QColor& color,
    const Theme& theme, bool bold)
{
    const QFont font = label_font(theme, rect.height(), bold);
    if (font.pixelSize() < smallest_text)
        return;
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect.adjusted(-20, -4, 20, 4), Qt::AlignCenter, label);
}

void paint_node(QPainter& painter, const CircuitGeometry& geometry, const CircuitScene& scene,
    DrawnNodeId id, double presence, const Theme& theme, const CircuitPaintOptions& options,
    const CircuitFocus& focus)
{
    const DrawnNode& node = scene.layout->nodes[static_cast<std::size_t>(id.value)];
    const bool selected = options.selection == NodeOrEdge{ id };
    const bool hovered = options.hover == NodeOrEdge{ id };
    const double visible = selected || hovered ? 1 : presence;
    if (visible <= 0)
        return;
    // A node grows out of its dot.
    QRectF rect = geometry.node_rect(id);
    const QRectF ghost = geometry.ghost_rect(id);
    rect.setTop(ghost.top() + (rect.top() - ghost.top()) * visible);
    rect.setBottom(ghost.bottom() + (rect.bottom() - ghost.bottom()) * visible);
    rect.setLeft(ghost.left() + (rect.left() - ghost.left()) * visible);
    rect.setRight(ghost.right() + (rect.right() - ghost.right()) * visible);

    // Opaque below, so that no edge shines through a dimmed node.
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.band);
    paint_shape(painter, rect, node.kind);

    const double opacity = visible * std::max(focus.opacity(focus.lit(id)), 0.35);
    const double line = (selected ? 2 : 1) * std::max(geometry.scale(), 0.6);
    painter.setPen(QPen(faded(selected ? theme.selection : (hovered ? theme.text : theme.outline),
                            selected || hovered ? 1 : opacity),
        line));
    painter.setBrush(faded(theme.card, opacity));
    paint_shape(painter, rect, node.kind);
    paint_label(painter, rect, text_of(node.label), faded(theme.text, opacity), theme, selected);
}

void paint_caption(
    QPainter& painter, const QRectF& target, const Theme& theme, const QString& caption)
{
    QFont font = theme.font();
    font.setPixelSize(14);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(theme.text);
    painter.drawText(QRectF(target.left() + margin, target.top() + margin / 2,
                         target.width() - 2 * margin, caption_height),
        Qt::AlignLeft | Qt::AlignVCenter, caption);
}

} // namespace

QRectF graph_area(
    const QRectF& target, const LatticeLayout& layout, const CircuitPaintOptions& options)
{
    const bool has_input = !layout.nodes.empty() && layout.nodes.front().layer < 0;
    const bool legend_below
        = options.legend && (!has_input || target.width() < legend_beside_input);
    return target.adjusted(margin, margin + (options.caption.isEmpty() ? 0 : caption_height),
        -margin, -margin - (legend_below ? legend_height : 0));
}

void paint_lattice(QPainter& painter, const QRectF& target, const LatticeLayout& layout,
    const Theme& theme, const CircuitPaintOptions& options)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (options.background)
        painter.fillRect(target, theme.window);
    const CircuitGeometry geometry(layout, graph_area(target, layout, options), options.camera);
    for (const LayerBand& band : layout.bands) {
        const QRectF rect = geometry.band_rect(band);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.band);
        const double radius = std::min(8.0 * geometry.scale(), rect.height() / 4);
        painter.drawRoundedRect(rect, radius, radius);
        const QFont font = label_font(theme, std::min(20 * geometry.scale(), rect.height()), true);
        if (font.pixelSize() < smallest_text)
            continue;
        painter.setFont(font);
        painter.setPen(theme.dimText);
        painter.drawText(rect.adjusted(14 * geometry.scale(), 0, 0, 0),
            Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("layer %1").arg(band.layer));
    }
    for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
        const DrawnNode& node = layout.nodes[i];
        const QRectF ghost = geometry.ghost_rect({ static_cast<std::int32_t>(i) });
        if (node.layer < 0) {
            painter.setPen(QPen(theme.faint, std::max(geometry.scale(), 0.6)));
            painter.setBrush(theme.band);
            paint_shape(painter, ghost, node.kind);
            paint_label(painter, ghost, text_of(node.label), theme.dimText, theme, false);
        } else {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.faint);
            painter.drawEllipse(ghost);
        }
    }
    painter.restore();
}

void paint_moving_parts(QPainter& painter, const QRectF& target, const CircuitScene& scene,
    const Theme& theme, const CircuitPaintOptions& options)
{
    if (!scene.layout)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const CircuitGeometry geometry(
        *scene.layout, graph_area(target, *scene.layout, options), options.camera);
    const CircuitFocus focus(
        scene, options.hover ? options.hover : options.selection, options.focus);
    paint_edges(painter, geometry, scene, theme, focus, options.selection);
    const std::vector<double> presence = node_presence(scene);
    for (std::size_t i = 0; i < presence.size(); ++i)
        paint_node(painter, geometry, scene, { static_cast<std::int32_t>(i) }, presence[i], theme,
            options, focus);

    if (!options.caption.isEmpty())
        paint_caption(painter, target, theme, options.caption);
    if (options.legend)
        paint_legend(painter, target.adjusted(margin + 6, 0, -margin - 6, -margin), scene, theme);
    painter.restore();
}

void paint_circuit(QPainter& painter, const QRectF& target, const CircuitScene& scene,
    const Theme& theme, const CircuitPaintOptions& options)
{
    if (scene.layout)
        paint_lattice(painter, target, *scene.layout, theme, options);
    paint_moving_parts(painter, target, scene, theme, options);
}

} // namespace circuitloom::ui
