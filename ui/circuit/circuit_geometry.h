#pragma once

#include "ui/circuit/circuit_camera.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/drawing/drawing.h"

#include <QPointF>
#include <QRectF>

namespace circuitloom::ui {

/// Maps the layout's units to the pixels of a target rectangle: the one geometry that painting and
/// pointing share. Positions stretch to fill the target, shapes keep their proportions. Nodes that
/// have room are drawn at a larger scale than the distances between them, until their names are easily
/// read.
class CircuitGeometry
{
public:
    CircuitGeometry(
        const CircuitLayout& layout, const QRectF& target, const CircuitCamera& camera = {});

    /// Pixels per layout unit of nodes and their text.
    double scale() const { return scale_; }
    QPointF map(double x, double y) const;
    QRectF node_rect(DrawnNodeId node) const;
    /// The place of a node outside the circuit, which shrinks to a dot, but for the input, the logits
    /// and the heads of a matrix, and to nothing where no edge of the run touches it.
    QRectF ghost_rect(DrawnNodeId node) const;
    QRectF band_rect(const LayerBand& band) const;

    /// How far a head's q, k and v are drawn apart, 0…1: where nodes are small they are one point.
    double port_clarity() const;
    /// Where edges into a part of this kind enter a node.
    QPointF entry(DrawnNodeId node, NodeKind target) const;
    /// The edge's curve from the top of its source to the entry of its target, or its bar in a
    /// matrix; solid, without a colour.
    DrawnCurve edge_curve(const CircuitScene& scene, EdgeId edge) const;
    /// Width in pixels of an edge of this strength (0…1).
    double edge_width(double strength) const;

private:
    DrawnCurve cell(const CircuitScene& scene, EdgeId edge) const;
    double bow_of(const QPointF& from, const QPointF& to) const;

    const CircuitLayout& layout_;
    QPointF centre_; ///< of the target
    QPointF middle_; ///< of the layout
    double scale_x_ = 1;
    double scale_y_ = 1;
    double scale_ = 1;
    double line_scale_ = 1; ///< of edges, which are not drawn larger where nodes are
    QPointF pan_;
};

/// So many straight pieces are near enough to a curve for a pointer.
inline constexpr int curve_pieces = 32;

/// The point at `t`, 0…1, of the curve's parameter.
QPointF point_of(const DrawnCurve& curve, double t);
/// Shortest distance from `point` to the straight line between `a` and `b`.
double distance_to_segment(const QPointF& a, const QPointF& b, const QPointF& point);

} // namespace circuitloom::ui
