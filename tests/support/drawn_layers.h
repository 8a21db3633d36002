#pragma once

#include "ui/drawing/drawing.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QtGlobal>

#include <algorithm>

namespace circuitloom::testing {

/// The layer of that name; ends the program where there is none.
inline const ui::DrawingLayer& layer(const ui::Drawing& drawing, const char* name)
{
    const auto found = std::ranges::find(drawing.layers, QString::fromUtf8(name),
        [](const ui::DrawingLayer& one) { return one.name; });
    if (found == drawing.layers.end())
        qFatal("no such layer");
    return *found;
}

/// Where the label's letters are.
inline QRectF ink_of(const ui::DrawnLabel& label)
{
    QFont font = ui::theme(false).font();
    font.setPixelSize(label.size);
    QRectF ink = QFontMetricsF(font).tightBoundingRect(label.text);
    ink.moveCenter(label.rect.center());
    if (label.alignment.testFlag(Qt::AlignLeft))
        ink.moveLeft(label.rect.left());
    if (label.alignment.testFlag(Qt::AlignRight))
        ink.moveRight(label.rect.right());
    return ink;
}

} // namespace circuitloom::testing
