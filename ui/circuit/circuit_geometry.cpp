#include "ui/circuit/circuit_geometry.h"

#include "core/layout/edge_routes.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double largest_shape_scale = 1.25; // at zoom 1; only distances grow beyond it
constexpr double largest_stretch = 2.4; // of distances over shapes
constexpr double least_spread
    = 2; // pixels a unit to which distances stretch however small shapes are
constexpr double easily_read = 0.85; // scale up to which nodes that have room are drawn larger …
constexpr double share_up = 0.7; // … and how much of it they take, edges and the bands' ends the rest
constexpr double share_across = 0.8;
constexpr double share_of_bands = 0.95;
constexpr double smallest_end = 0.7; // scale of the input and the logits, which always have names
constexpr double bow_from = 30; // layout units: shorter edges are straight where they can be
constexpr double bow_by = 0.16; // of an edge's height
constexpr double widest_bow = 70; // layout units
constexpr double widest_edge = 5; // layout units
constexpr double smallest_edge_scale = 0.55; // or strong edges would not stand out far away
constexpr double thinnest_edge
    = 1; // pixels: Qt strokes lines up to this width several times faster
constexpr double tallest_bar = 16; // layout units, of a matrix's cell
constexpr double dot_radius = 2.2; // layout units
constexpr double smallest_dot_scale = 0.5;
constexpr double merged_ports = 0.3; // scale at which q, k and v have become one
constexpr double clear_ports = 0.6;

// How far from a node's middle an edge enters it, in widths of the node.
double entry_offset(NodeKind target)
{
    switch (target) {
    case NodeKind::query:
        return -0.26;
    case NodeKind::value:
        return 0.26;
    default:
        return 0;
    }
}

bool is_end(const DrawnNode& node)
{
    return node.kind == DrawnNode::Kind::input || node.kind == DrawnNode::Kind::logits;
}

// The height of the input and the logits in layout units, where they may not become too small.
double end_height(const CircuitLayout& layout)
{
    double height = 0;
    if (layout.form != LayoutForm::matrix)
        for (const DrawnNode& node : layout.nodes)
            if (is_end(node))
                height = std::max(height, node.height);
    return height;
}

// The scale at which a layout with ends of that height fills so many pixels.
double scale_filling(double pixels, double height, double end)
{
    const double scale = pixels / height;
    if (scale >= smallest_end || height <= 2 * end)
        return scale;
    return std::max((pixels - 2 * end * smallest_end) / (height - 2 * end), scale / 10);
}

} // namespace

CircuitGeometry::CircuitGeometry(
    const CircuitLayout& layout, const QRectF& target, const CircuitCamera& camera)
    : layout_(layout)
    , centre_(target.center())
    , middle_(layout.width / 2, layout.height / 2)
    , pan_(camera.pan)
{
    const double fit_x = std::max(target.width(), 1.0) / std::max(layout.width, 1.0);
    const double pixels = std::max(target.height(), 1.0);
    const double height = std::max(layout.height, 1.0);
    const double end = end_height(layout);
    const double shapes
        = std::min({ fit_x, scale_filling(pixels, height, end), largest_shape_scale });
    const double spread = std::max(shapes * largest_stretch, least_spread);
    const double across = std::min(fit_x, spread);
    // What the ends are larger than the scale would have them is no room for the layers.
    const double excess = 2 * end * std::max(smallest_end - shapes, 0.0);
    const auto up_with = [&](double nodes) {
        double up = (pixels - excess) / height;
        if (nodes > shapes)
            up = std::min(up,
                (pixels - 2 * end * std::max(nodes, smallest_end))
                    / std::max(height - 2 * end, 1.0));
        return std::min(std::max(up, shapes / 10), spread);
    };
    const auto nodes_with = [&](double up) {
        return std::max(shapes,
            std::min({ share_up * layout.room.up * up, share_across * layout.room.across * across,
                share_of_bands * layout.room.in_bands * up, easily_read }));
    };
    // Larger ends leave the layers less, and nodes between closer rows are smaller, never larger.
    const double up = up_with(nodes_with(up_with(shapes)));
    line_scale_ = shapes * camera.zoom;
    scale_ = nodes_with(up) * camera.zoom;
    scale_x_ = across * camera.zoom;
    scale_y_ = up * camera.zoom;
}

QPointF CircuitGeometry::map(double x, double y) const
{
    return centre_ + pan_ + QPointF((x - middle_.x()) * scale_x_, (y - middle_.y()) * scale_y_);
}

QRectF CircuitGeometry::node_rect(DrawnNodeId id) const
{
    const DrawnNode& node = layout_.nodes[static_cast<std::size_t>(id.value)];
    const bool is_matrix = layout_.form == LayoutForm::matrix;
    const double scale = node.layer < 0 && !is_matrix ? std::max(scale_, smallest_end) : scale_;
    const QPointF half(node.width * scale / 2, node.height * scale / 2);
    QPointF centre = map(node.x, node.y);
    // An end that is larger than its place grows away from the layers, not over them.
    if (is_end(node) && !is_matrix)
        centre.ry() += node.height * (scale - std::min(scale_, scale_y_)) / 2
            * (node.kind == DrawnNode::Kind::input ? 1 : -1);
    return { centre - half, centre + half };
}

QRectF CircuitGeometry::ghost_rect(DrawnNodeId id) const
{
    const QRectF rect = node_rect(id);
    const DrawnNode& node = layout_.nodes[static_cast<std::size_t>(id.value)];
    const bool is_matrix = layout_.form == LayoutForm::matrix;
    if (node.kind == DrawnNode::Kind::input || node.kind == DrawnNode::Kind::logits
        || (is_matrix && node.used))
        return rect;
    if (!node.used)
        return { rect.center(), QSizeF() }; // it is no place in the model
    const double radius = dot_radius * std::max(scale_, smallest_dot_scale);
    return QRectF(-radius, -radius, 2 * radius, 2 * radius).translated(rect.center());
}

QRectF CircuitGeometry::band_rect(const LayerBand& band) const
{
    return { map(band.x, band.y), map(band.x + band.width, band.y + band.height) };
}

double CircuitGeometry::port_clarity() const
{
    if (layout_.form != LayoutForm::nodes)
        return 0;
    return std::clamp((scale_ - merged_ports) / (clear_ports - merged_ports), 0.0, 1.0);
}

QPointF CircuitGeometry::entry(DrawnNodeId node, NodeKind target) const
{
    const QRectF rect = node_rect(node);
    return { rect.center().x() + entry_offset(target) * port_clarity() * rect.width(),
        rect.bottom() };
}

// An edge within a column would run through the nodes between its ends: it swings out to the side
// instead, the farther the longer it is.
double CircuitGeometry::bow_of(const QPointF& from, const QPointF& to) const
{
    const double across = std::abs(to.x() - from.x());
    const double up = from.y() - to.y();
    const double column = bow_from * line_scale_;
    if (across >= column || up <= column)
        return 0;
    const double bow = std::min((up - column) * bow_by, widest_bow * scale_x_);
    const bool at_right = from.x() > map(middle_.x(), 0).x();
    return (at_right ? bow : -bow) * (1 - across / column);
}

DrawnCurve CircuitGeometry::edge_curve(const CircuitScene& scene, EdgeId edge) const
{
    const DrawnNodeId from = source_of(scene, edge);
    const DrawnNodeId to = target_of(scene, edge);
    if (layout_.form == LayoutForm::matrix)
        return cell(scene, edge);
    const QRectF source = node_rect(from);
    DrawnCurve curve;
    curve.edge = edge.value;
    curve.from = { source.center().x(), source.top() };
    curve.to = entry(to, scene.graph->node(scene.graph->edge(edge).target).kind);
    const double height = curve.from.y() - curve.to.y();
    double reach_from = 0.5;
    double reach_to = 0.5;
    QPointF aside_from(bow_of(curve.from, curve.to), 0);
    QPointF aside_to = aside_from;
    if (const EdgeRoute* route = find_route(layout_, from.value, to.value)) {
        aside_from = { route->aside_from * scale_x_, 0 };
        aside_to = { route->aside_to * scale_x_, 0 };
        reach_from = route->reach_from;
        reach_to = route->reach_to;
    }
    const auto reach
        = [&](double share) { return std::max(height * share, least_route_reach * line_scale_); };
    curve.control1 = curve.from - QPointF(0, reach(reach_from)) + aside_from;
    curve.control2 = curve.to + QPointF(0, reach(reach_to)) + aside_to;
    return curve;
}

// A bar across the cell; where a head reads with q, k and v, each has a third of it.
DrawnCurve CircuitGeometry::cell(const CircuitScene& scene, EdgeId edge) const
{
    const DrawnNode& row = layout_.nodes[static_cast<std::size_t>(source_of(scene, edge).value)];
    const DrawnNode& column = layout_.nodes[static_cast<std::size_t>(target_of(scene, edge).value)];
    const NodeKind target = scene.graph->node(scene.graph->edge(edge).target).kind;
    double left = column.x - column.width / 2;
    double width = column.width;
    if (target == NodeKind::query || target == NodeKind::key || target == NodeKind::value) {
        width /= 3;
        left += target == NodeKind::key ? width : target == NodeKind::value ? 2 * width : 0;
    }
    DrawnCurve bar;
    bar.edge = edge.value;
    bar.from = map(left + 0.5, row.y);
    bar.to = map(left + width - 0.5, row.y);
    bar.control1 = bar.from + (bar.to - bar.from) / 3;
    bar.control2 = bar.from + (bar.to - bar.from) * 2 / 3;
    return bar;
}

double CircuitGeometry::edge_width(double strength) const
{
    if (layout_.form == LayoutForm::matrix)
        return std::max(tallest_bar * strength * scale_y_, thinnest_edge);
    return std::max(widest_edge * strength * std::max(line_scale_, smallest_edge_scale), thinnest_edge);
}

double distance_to_segment(const QPointF& a, const QPointF& b, const QPointF& point)
{
    const QPointF along = b - a;
    const double length = QPointF::dotProduct(along, along);
    const double t
        = length > 0 ? std::clamp(QPointF::dotProduct(point - a, along) / length, 0.0, 1.0) : 0.0;
    const QPointF off = point - (a + along * t);
    return std::hypot(off.x(), off.y());
}

QPointF point_of(const DrawnCurve& curve, double t)
{
    const double s = 1 - t;
    return curve.from * (s * s * s) + curve.control1 * (3 * s * s * t)
        + curve.control2 * (3 * s * t * t) + curve.to * (t * t * t);
}

} // namespace circuitloom::ui
