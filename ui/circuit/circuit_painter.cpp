#include "ui/circuit/circuit_painter.h"

#include "ui/circuit/circuit_legend.h"

#include <QPen>

#include <algorithm>
#include <utility>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr double margin = 14;
constexpr double caption_height = 30;
constexpr double legend_height = 22;
constexpr double legend_beside_input = 680; // from this width on the legend fits beside `input`
constexpr double dimmed = 0.16; // opacity of what is not in focus
constexpr double smallest_text = 5; // pixels; smaller labels are left out

QString text_of(const std::string& text)
{
    return QString::fromStdString(text);
}

QColor faded(QColor color, double opacity)
{
    color.setAlphaF(static_cast<float>(std::clamp(opacity, 0.0, 1.0)));
    return color;
}

QFont label_font(const Theme& theme, double height, bool bold)
{
    QFont font = theme.font();
    font.setPixelSize(std::max(1, qRound(height * 0.6)));
    font.setWeight(bold ? QFont::Bold : QFont::Medium);
    return font;
}

// What the pointer or the selection lifts out: its nodes and edges.
class Focus
{
public:
    Focus(const CircuitScene& scene, const CircuitPaintOptions& options)
        : scene_(scene)
        , item_(options.hover ? options.hover : options.selection)
        , depth_(options.focus)
    {
        if (item_)
            find_lit_nodes();
    }

    /// 0 outside the focus, 1 inside or where there is none.
    bool lit(EdgeId edge) const
    {
        if (!item_)
            return true;
        if (const auto* chosen = std::get_if<EdgeId>(&*item_))
            return *chosen == edge;
        const auto node = std::get<DrawnNodeId>(*item_);
        return source_of(scene_, edge) == node || target_of(scene_, edge) == node;
    }
    bool lit(DrawnNodeId node) const
    {
        return !item_ || lit_nodes_[static_cast<std::size_t>(node.value)];
    }
    bool active() const { return item_.has_value(); }
    double opacity(bool is_lit) const { return is_lit ? 1 : 1 - (1 - dimmed) * depth_; }

private:
    void find_lit_nodes()
    {
        lit_nodes_.assign(scene_.layout->nodes.size(), false);
        if (const auto* node = std::get_if<DrawnNodeId>(&*item_))
            lit_nodes_[static_cast<std::size_t>(node->value)] = true;
        for (const EdgeAppearance& edge : scene_.edges) {
            if (!lit(edge.edge))
                continue;
            lit_nodes_[static_cast<std::size_t>(source_of(scene_, edge.edge).value)] = true;
            lit_nodes_[static_cast<std::size_t>(target_of(scene_, edge.edge).value)] = true;
        }
    }

    const CircuitScene& scene_;
    std::optional<NodeOrEdge> item_;
    double depth_;
    std::vector<bool> lit_nodes_;
};

QColor mixed(const QColor& below, const QColor& above, double share)
{
    const auto part = [&](float a, float b) {
        return a + (b - a) * static_cast<float>(std::clamp(share, 0.0, 1.0));
    };
    return QColor::fromRgbF(part(below.redF(), above.redF()), part(below.greenF(), above.greenF()),
        part(below.blueF(), above.blueF()));
}

// Wide translucent strokes are what costs time with Qt's raster engine, so these are opaque, in
// the colour they would have over a band. Weak edges are painted first, so none is hidden by a
// paler one.
QColor edge_color(const QColor& color, double opacity, double width, const Theme& theme)
{
    return width > 1 ? mixed(theme.band, color, opacity) : faded(color, opacity);
}

void stroke(QPainter& painter, const QPainterPath& path, const QColor& color, double width)
{
    QPen pen(color, width);
    pen.setCapStyle(Qt::FlatCap);
    painter.strokePath(path, pen);
}

void stroke_dashed(QPainter& painter, const QPainterPath& path, const QColor& color)
{
    QPen pen(color, 1);
    pen.setCapStyle(Qt::FlatCap);
    pen.setDashPattern({ 3, 3.5 });
    painter.strokePath(path, pen);
}

double left_share(const EdgeAppearance& edge)
{
    return static_cast<double>(edge.hue[static_cast<std::size_t>(Hue::left)]);
}

// How clearly an edge is seen where it is solid, 0…1.
double solid_opacity(const EdgeAppearance& edge, const Focus& focus)
{
    const bool lit = focus.lit(edge.edge);
    const double own = focus.active() && lit ? 0.95 : 0.42 + 0.5 * edge.strength;
    return own * edge.presence * focus.opacity(lit) * (1 - left_share(edge));
}

double dashed_opacity(const EdgeAppearance& edge, const Focus& focus)
{
    const bool lit = focus.lit(edge.edge);
    const double own = focus.active() && lit ? 0.95 : 0.6;
    return own * edge.presence * focus.opacity(lit) * left_share(edge);
}

void paint_edge(QPainter& painter, const CircuitGeometry& geometry, const CircuitScene& scene,
    const EdgeAppearance& edge, const Theme& theme, const Focus& focus,
    const std::optional<NodeOrEdge>& selection)
{
    const QPainterPath path = geometry.edge_path(scene, edge.edge);
    const double width = geometry.edge_width(edge.strength) * edge.presence;
    if (selection == NodeOrEdge{ edge.edge })
        stroke(painter, path, faded(theme.selection, 0.55 * edge.presence),
            width + 5 * geometry.scale());
    if (const double opacity = dashed_opacity(edge, focus); opacity > 0)
        stroke_dashed(painter, path, faded(theme.left, opacity));
    if (const double opacity = solid_opacity(edge, focus); opacity > 0)
        stroke(painter, path, edge_color(mix_color(edge.hue, theme), opacity, width, theme), width);
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
    const Focus& focus)
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

QColor hue_color(Hue hue, const Theme& theme)
{
    switch (hue) {
    case Hue::kept:
        return theme.kept;
    case Hue::entered:
        return theme.entered;
    case Hue::stronger:
        return theme.stronger;
    case Hue::weaker:
        return theme.weaker;
    case Hue::left:
        return theme.left;
    case Hue::positive:
        return theme.positive;
    case Hue::negative:
        return theme.negative;
    case Hue::query:
        return theme.query;
    case Hue::key:
        return theme.key;
    case Hue::value:
        return theme.value;
    case Hue::mlp:
        return theme.mlp;
    case Hue::logits:
        return theme.logits;
    }
    return theme.kept;
}

QColor mix_color(const HueMix& mix, const Theme& theme)
{
    float red = 0;
    float green = 0;
    float blue = 0;
    for (std::size_t i = 0; i < hue_count; ++i) {
        if (mix[i] <= 0)
            continue;
        const QColor color = hue_color(static_cast<Hue>(i), theme);
        red += mix[i] * color.redF();
        green += mix[i] * color.greenF();
        blue += mix[i] * color.blueF();
    }
    const auto whole = [](float part) { return std::clamp(part, 0.0F, 1.0F); };
    return QColor::fromRgbF(whole(red), whole(green), whole(blue));
}

QRectF graph_area(const QRectF& target, const CircuitPaintOptions& options)
{
    const bool legend_below = options.legend && target.width() < legend_beside_input;
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
    const CircuitGeometry geometry(layout, graph_area(target, options), options.camera);
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
    const CircuitGeometry geometry(*scene.layout, graph_area(target, options), options.camera);
    const Focus focus(scene, options);

    std::vector<std::pair<double, const EdgeAppearance*>> order;
    for (const EdgeAppearance& edge : scene.edges)
        order.emplace_back(solid_opacity(edge, focus), &edge);
    std::stable_sort(
        order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [opacity, edge] : order)
        paint_edge(painter, geometry, scene, *edge, theme, focus, options.selection);

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
