#pragma once

#include "ui/circuit/circuit_geometry.h"
#include "ui/circuit/circuit_scene.h"

#include <QPointF>
#include <QRectF>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace circuitloom::ui {

/// The rectangle in which something can be hit, in pixels.
struct CellBox
{
    double left = 0, right = 0, top = 0, bottom = 0;
    bool contains(const QPointF& point) const
    {
        return point.x() >= left && point.x() <= right && point.y() >= top && point.y() <= bottom;
    }
};

/// Finds boxes by where they are: a uniform grid of square cells over a rectangle.
class CellGrid
{
public:
    CellGrid() = default;
    /// Every box must touch `area`.
    CellGrid(const QRectF& area, const std::vector<CellBox>& boxes);

    /// The numbers of all boxes that `point` lies in, and of some others, ascending.
    std::span<const std::uint32_t> at(const QPointF& point) const;

private:
    int column(double x) const;
    int row(double y) const;

    QRectF area_;
    int columns_ = 0;
    int rows_ = 0;
    std::vector<std::uint32_t> first_; ///< of each cell in `items_`, and the end of the last
    std::vector<std::uint32_t> items_;
};

/// Answers what the pointer is at, for one scene as it is seen through one geometry. The time an
/// answer takes depends on how much is near the point, not on the number of edges.
class HitIndex
{
public:
    /// Only what lies in `seen` can be hit.
    HitIndex(const CircuitScene& scene, const CircuitGeometry& geometry, const QRectF& seen);

    /// The node at `point`, else the nearest edge within reach of a pointer, else nothing. Of equal
    /// ones the first.
    std::optional<NodeOrEdge> at(const QPointF& point) const;

private:
    struct Piece
    {
        QPointF from;
        QPointF to;
        double half_width = 0; ///< of its edge
        EdgeId edge;
    };

    struct PlacedNode
    {
        QRectF rect;
        DrawnNodeId id;
    };
    static CellBox box_of(const Piece& piece);

    std::vector<PlacedNode> nodes_;
    std::vector<Piece> pieces_; ///< of the edges, straight
    CellGrid node_cells_;
    CellGrid piece_cells_;
};

} // namespace circuitloom::ui
