#pragma once

#include "ui/circuit/hover_card.h"
#include "ui/drawing/drawing.h"
#include "ui/theme/theme.h"

#include <QPointF>
#include <QRectF>

namespace circuitloom::ui {

/// The picture of a card beside `at`, wholly inside `bounds`.
DrawingLayer hover_layer(
    const QRectF& bounds, const QPointF& at, const HoverCard& card, const Theme& theme);

} // namespace circuitloom::ui
