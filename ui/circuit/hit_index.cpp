#include "ui/circuit/hit_index.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double cell_size = 24; // pixels
constexpr double node_reach = 4; // pixels around a node that still count as the node
constexpr double edge_reach = 5; // pixels beside an edge that still count as the edge

double distance_to_rect(const QRectF& rect, const QPointF& point)
{
    const double dx = std::max({ rect.left() - point.x(), point.x() - rect.right(), 0.0 });
    const double dy = std::max({ rect.top() - point.y(), point.y() - rect.bottom(), 0.0 });
    return std::hypot(dx, dy);
}

} // namespace

CellGrid::CellGrid(const QRectF& area, const std::vector<CellBox>& boxes)
    : area_(area)
    , columns_(std::max(1, static_cast<int>(std::ceil(area.width() / cell_size))))
    , rows_(std::max(1, static_cast<int>(std::ceil(area.height() / cell_size))))
    , first_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0)
{
    struct Cells
    {
        int left, right, top, bottom;
    };
    std::vector<Cells> cells;
    cells.reserve(boxes.size());
    for (const CellBox& box : boxes)
        cells.push_back({ column(box.left), column(box.right), row(box.top), row(box.bottom) });
    const auto for_each_cell = [this](const Cells& in, auto visit) {
        for (int y = in.top; y <= in.bottom; ++y)
            for (int x = in.left; x <= in.right; ++x)
                visit(static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_)
                    + static_cast<std::size_t>(x));
    };
    // Counted first, so that the cells share one array.
    for (const Cells& in : cells)
        for_each_cell(in, [this](std::size_t cell) { ++first_[cell + 1]; });
    for (std::size_t cell = 1; cell < first_.size(); ++cell)
        first_[cell] += first_[cell - 1];
    items_.resize(first_.back());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (std::size_t i = 0; i < cells.size(); ++i)
        for_each_cell(cells[i],
            [&](std::size_t cell) { items_[next[cell]++] = static_cast<std::uint32_t>(i); });
}

int CellGrid::column(double x) const
{
    return static_cast<int>(std::clamp((x - area_.left()) / cell_size, 0.0, columns_ - 1.0));
}

int CellGrid::row(double y) const
{
    return static_cast<int>(std::clamp((y - area_.top()) / cell_size, 0.0, rows_ - 1.0));
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
    const auto is_seen = [&](const CellBox& box) {
        return box.right >= seen.left() && box.left <= seen.right() && box.bottom >= seen.top()
            && box.top <= seen.bottom();
    };
    const std::vector<double> presence = node_presence(scene);
    std::vector<CellBox> boxes;
    for (std::size_t i = 0; i < presence.size(); ++i) {
        const DrawnNodeId id{ static_cast<std::int32_t>(i) };
        if (presence[i] <= 0 && !scene.layout->nodes[i].used)
            continue; // nothing is seen there
        const QRectF rect = presence[i] > 0 ? geometry.node_rect(id) : geometry.ghost_rect(id);
        const CellBox box{ rect.left() - node_reach, rect.right() + node_reach,
            rect.top() - node_reach, rect.bottom() + node_reach };
        if (!is_seen(box))
            continue;
        nodes_.push_back({ rect, id });
        boxes.push_back(box);
    }
    node_cells_ = CellGrid(seen, boxes);

    boxes.clear();
    for (const EdgeAppearance& edge : scene.edges) {
        const double half_width = geometry.edge_width(edge.strength) / 2;
        const DrawnCurve curve = geometry.edge_curve(scene, edge.edge);
        QPointF from = curve.from;
        for (int i = 1; i <= curve_pieces; ++i) {
            const QPointF to = point_of(curve, static_cast<double>(i) / curve_pieces);
            const Piece piece{ from, to, half_width, edge.edge };
            if (const CellBox box = box_of(piece); is_seen(box)) {
                pieces_.push_back(piece);
                boxes.push_back(box);
            }
            from = to;
        }
    }
    piece_cells_ = CellGrid(seen, boxes);
}

CellBox HitIndex::box_of(const Piece& piece)
{
    const double reach = piece.half_width + edge_reach;
    return { std::min(piece.from.x(), piece.to.x()) - reach,
        std::max(piece.from.x(), piece.to.x()) + reach,
        std::min(piece.from.y(), piece.to.y()) - reach,
        std::max(piece.from.y(), piece.to.y()) + reach };
}

std::optional<NodeOrEdge> HitIndex::at(const QPointF& point) const
{
    std::optional<NodeOrEdge> hit;
    double nearest = node_reach;
    for (const std::uint32_t i : node_cells_.at(point)) {
        const double distance = distance_to_rect(nodes_[i].rect, point);
        if (distance < nearest) {
            nearest = distance;
            hit = nodes_[i].id;
        }
    }
    if (hit)
        return hit;
    nearest = edge_reach;
    for (const std::uint32_t i : piece_cells_.at(point)) {
        const Piece& piece = pieces_[i];
        // Far cheaper than the distance, where thousands of edges share a cell.
        if (!box_of(piece).contains(point))
            continue;
        const double distance = distance_to_segment(piece.from, piece.to, point) - piece.half_width;
        if (distance < nearest) {
            nearest = distance;
            hit = piece.edge;
        }
    }
    return hit;
}

} // namespace circuitloom::ui
