#include "ui/circuit/hit_index.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double cell_size = 24; // pixels
constexpr double node_reach = 4; // pixels around a node that still count as the node
constexpr double edge_reach = 5; // pixels beside an edge that still count as the edge

QRectF around(const QPointF& a, const QPointF& b, double reach)
{
    return { QPointF(std::min(a.x(), b.x()) - reach, std::min(a.y(), b.y()) - reach),
        QPointF(std::max(a.x(), b.x()) + reach, std::max(a.y(), b.y()) + reach) };
}

double distance_to_rect(const QRectF& rect, const QPointF& point)
{
    const double dx = std::max({ rect.left() - point.x(), point.x() - rect.right(), 0.0 });
    const double dy = std::max({ rect.top() - point.y(), point.y() - rect.bottom(), 0.0 });
    return std::hypot(dx, dy);
}

} // namespace

CellGrid::CellGrid(const QRectF& area, const std::vector<Entry>& entries)
    : area_(area)
    , columns_(std::max(1, static_cast<int>(std::ceil(area.width() / cell_size))))
    , rows_(std::max(1, static_cast<int>(std::ceil(area.height() / cell_size))))
    , first_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0)
{
    const auto for_each_cell = [&](const QRectF& rect, auto visit) {
        for (int y = row(rect.top()); y <= row(rect.bottom()); ++y)
            for (int x = column(rect.left()); x <= column(rect.right()); ++x)
                visit(static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_)
                    + static_cast<std::size_t>(x));
    };
    // Counted first, so that the cells share one array.
    for (const Entry& entry : entries)
        if (area_.intersects(entry.rect))
            for_each_cell(entry.rect, [&](std::size_t cell) { ++first_[cell + 1]; });
    for (std::size_t cell = 1; cell < first_.size(); ++cell)
        first_[cell] += first_[cell - 1];
    items_.resize(first_.back());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (const Entry& entry : entries)
        if (area_.intersects(entry.rect))
            for_each_cell(entry.rect, [&](std::size_t cell) { items_[next[cell]++] = entry.item; });
}

int CellGrid::column(double x) const
{
    const double at = std::floor((x - area_.left()) / cell_size);
    return static_cast<int>(std::clamp(at, 0.0, columns_ - 1.0));
}

int CellGrid::row(double y) const
{
    const double at = std::floor((y - area_.top()) / cell_size);
    return static_cast<int>(std::clamp(at, 0.0, rows_ - 1.0));
}

std::span<const std::uint32_t> CellGrid::at(const QPointF& point) const
{
    if (!area_.contains(point))
        return {};
    const auto cell = static_cast<std::size_t>(row(point.y())) * static_cast<std::size_t>(columns_)
        + static_cast<std::size_t>(column(point.x()));
    return std::span(items_).subspan(first_[cell], first_[cell + 1] - first_[cell]);
}

HitIndex::HitIndex(const CircuitScene& scene, const CircuitGeometry& geometry, const QRectF& seen)
{
    std::vector<CellGrid::Entry> entries;
    const std::vector<double> presence = node_presence(scene);
    for (std::size_t i = 0; i < presence.size(); ++i) {
        const DrawnNodeId id{ static_cast<std::int32_t>(i) };
        nodes_.push_back(presence[i] > 0 ? geometry.node_rect(id) : geometry.ghost_rect(id));
        entries.push_back(
            { nodes_.back().adjusted(-node_reach, -node_reach, node_reach, node_reach),
                static_cast<std::uint32_t>(i) });
    }
    node_cells_ = CellGrid(seen, entries);

    entries.clear();
    for (const EdgeAppearance& edge : scene.edges) {
        const double half_width = geometry.edge_width(edge.strength) / 2;
        const DrawnCurve curve = geometry.edge_curve(scene, edge.edge);
        QPointF from = curve.from;
        for (int i = 1; i <= curve_pieces; ++i) {
            const QPointF to = point_of(curve, static_cast<double>(i) / curve_pieces);
            const QRectF rect = around(from, to, half_width + edge_reach);
            if (seen.intersects(rect)) {
                entries.push_back({ rect, static_cast<std::uint32_t>(pieces_.size()) });
                pieces_.push_back({ from, to, half_width, edge.edge });
            }
            from = to;
        }
    }
    piece_cells_ = CellGrid(seen, entries);
}

std::optional<NodeOrEdge> HitIndex::at(const QPointF& point) const
{
    std::optional<NodeOrEdge> hit;
    double nearest = node_reach;
    for (const std::uint32_t node : node_cells_.at(point)) {
        const double distance = distance_to_rect(nodes_[node], point);
        if (distance < nearest) {
            nearest = distance;
            hit = DrawnNodeId{ static_cast<std::int32_t>(node) };
        }
    }
    if (hit)
        return hit;
    nearest = edge_reach;
    for (const std::uint32_t i : piece_cells_.at(point)) {
        const Piece& piece = pieces_[i];
        const double distance = distance_to_segment(piece.from, piece.to, point) - piece.half_width;
        if (distance < nearest) {
            nearest = distance;
            hit = piece.edge;
        }
    }
    return hit;
}

} // namespace circuitloom::ui
