#pragma once

#include "ui/circuit/circuit_scene.h"
#include "ui/drawing/drawing.h"
#include "ui/theme/theme.h"

#include <QPointF>
#include <QRectF>
#include <QString>

#include <vector>

namespace circuitloom::ui {

/// What a node or an edge has to say about itself.
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
    std::vector<Row> rows; ///< the strongest edges of a node, at most four
    QString one_line() const;
};

/// The unambiguous name: `a2.h2` or `m0.g2->a2.h2<k>`.
QString item_name(const CircuitScene& scene, const NodeOrEdge& item);

HoverCard hover_card(const CircuitScene& scene, const NodeOrEdge& item);

/// Beside `at`, wholly inside `bounds`.
DrawingLayer hover_layer(
    const QRectF& bounds, const QPointF& at, const HoverCard& card, const Theme& theme);

} // namespace circuitloom::ui
