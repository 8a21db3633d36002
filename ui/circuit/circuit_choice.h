#pragma once

#include "core/graph/circuit_reach.h"
#include "ui/circuit/circuit_geometry.h"
#include "ui/circuit/circuit_scene.h"

#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

namespace circuitloom::ui {

// What the user chose is kept as the graph's nodes and edges, both in ascending order, so that it
// stays what it is in every layout. A drawn node stands for all graph nodes drawn there.

/// The graph's nodes that `item` stands for in the layout, or its edge.
GraphChoice choice_of(const CircuitLayout& layout, const NodeOrEdge& item);

/// The drawn nodes of which some part is chosen, in the layout's order, then the edges.
std::vector<NodeOrEdge> items_of(const CircuitLayout& layout, const GraphChoice& choice);

/// Whether all of `part` is chosen.
bool contains(const GraphChoice& choice, const GraphChoice& part);
GraphChoice united(const GraphChoice& a, const GraphChoice& b);
GraphChoice without(const GraphChoice& choice, const GraphChoice& part);

/// Where the choice is drawn; an edge's place is that of its two ends.
QRectF rect_of(
    const CircuitScene& scene, const CircuitGeometry& geometry, const GraphChoice& choice);
/// The circuit's nodes that are drawn in `rect`, at least in part; where there is none, its edges
/// that run through it.
GraphChoice choice_in(
    const CircuitScene& scene, const CircuitGeometry& geometry, const QRectF& rect);

/// The circuit's node that lies next in a direction of the screen, (0, -1) for upwards, from the
/// last one chosen, upwards and downwards in the next row that has any; nothing where there is
/// none. From the layout's first node on where none is
/// chosen, or, downwards and to the left, from its last.
std::optional<DrawnNodeId> next_in_circuit(const CircuitScene& scene,
    const CircuitGeometry& geometry, const GraphChoice& choice, const QPointF& direction);

/// `a2.h4`, `m4->a5.h3<q>`; "3 nodes, 1 edge" for more than one; empty for nothing.
QString choice_name(const CircuitScene& scene, const GraphChoice& choice);

/// The unambiguous name: `a2.h2` or `m0.g2->a2.h2<k>`.
QString item_name(const CircuitScene& scene, const NodeOrEdge& item);

} // namespace circuitloom::ui
