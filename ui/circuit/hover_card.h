#pragma once

#include "core/analysis/edge_ages.h"
#include "ui/circuit/circuit_scene.h"

#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace circuitloom::ui {

/// The facts about a node or an edge that are shown while it is pointed at.
struct HoverCard
{
    struct Row
    {
        Hue hue = Hue::kept;
        QString name;
        QString value;
    };

    QString title; ///< `a2.h2`, `m0.g2 → a2.h2<k>`
    QString subtitle; ///< "attention head · 1 in, 2 out"
    bool shown = true; ///< the scene has it as a part of the circuit
    std::vector<QString> facts; ///< lines about its place in the whole circuit and in the run
    std::vector<Row> rows; ///< the strongest edges of a node, at most four
};

/// The iterations at which an edge, or any edge of a node, was in the circuit, as far as that is
/// known.
struct KnownSpan
{
    std::optional<EdgeAges::Span> span;
    bool complete = false; ///< known for the whole run
};
using SpanOf = std::function<KnownSpan(const GraphChoice&)>;

/// `circuit`: the whole of it, of which the scene may show a part. `span_of` may be empty. `certain`
/// are the circuit's edges; null where that is not known.
HoverCard hover_card(const CircuitScene& scene, const NodeOrEdge& item, const Circuit& circuit = {},
    const SpanOf& span_of = {}, const CertainEdges* certain = nullptr);

} // namespace circuitloom::ui
