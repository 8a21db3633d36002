#pragma once

#include "ui/drawing/drawing.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <vector>

class QIODevice;

namespace circuitloom::ui {

/// A finished SVG that becomes a part of another.
struct NestedSvg
{
    QString name; ///< of its group
    QRectF where;
    QByteArray svg; ///< a whole document whose view box begins at 0, 0
};

struct SvgText
{
    QString title; ///< of the document
    double enlarged = 1; ///< size of the document over that of the drawing
    /// It becomes a part of an HTML page, beside others: no XML declaration, no ids, which must be
    /// different on one page, nothing for Inkscape. A layer's clip is left out with its id.
    bool embedded = false;
    /// Names of edges and nodes by their numbers in the drawing, for those who point at them.
    std::function<QString(int)> edge_name;
    std::function<QString(int)> node_name;
};

/// Writes the picture as SVG 1.1, each of its layers as a group that Inkscape shows as a layer,
/// text as text. Reports no errors: ask the device.
void write_svg(QIODevice& device, const Drawing& drawing, const SvgText& text,
    const std::vector<NestedSvg>& nested);

} // namespace circuitloom::ui
