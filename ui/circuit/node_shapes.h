#pragma once

#include "ui/circuit/circuit_drawing.h"
#include "ui/circuit/circuit_focus.h"

#include <optional>

namespace circuitloom::ui {

/// The nodes of the circuit with their names and, where they are large enough to be told apart, the
/// ports through which edges reach a head's q, k and v.
DrawingLayer node_layer(const CircuitScene& scene, const CircuitGeometry& geometry,
    const Theme& theme, const QSizeF& size, const CircuitFocus& focus);

/// The radius of a node's corners: heads are pills, the rest has slightly rounded corners.
/// Whether a node of that size has room for its name inside. In a matrix a name that would be hard
/// to read there stands beside it instead.
bool has_name_inside(LayoutForm form, const QRectF& rect);

float node_radius(DrawnNode::Kind kind, const QRectF& rect);

/// The label with a node's name, paler the smaller it is; none where it could not be read.
std::optional<DrawnLabel> node_label(
    const DrawnNode& node, DrawnNodeId id, const QRectF& rect, const QColor& color, bool bold);

} // namespace circuitloom::ui
