#pragma once

#include <QFont>
#include <QPointF>
#include <QRectF>
#include <QRgb>
#include <QSizeF>
#include <QString>

#include <cmath>
#include <vector>

namespace circuitloom::ui {

/// A cubic Bézier curve with flat ends.
struct DrawnCurve
{
    QPointF from;
    QPointF control1;
    QPointF control2;
    QPointF to;
    QRgb color = 0;
    float width = 1;
    float drawn = 1; ///< 0…1: how much of the curve, by its parameter, is there, from its beginning
    float dash = 0; ///< length of a dash; 0 for a solid line
    float gap = 0; ///< between dashes
    int edge = -1; ///< number of the graph's edge it shows, -1 for none
};

/// A rectangle with round corners; a circle where the radius is half its side.
struct DrawnShape
{
    QRectF rect;
    float radius = 0;
    QRgb fill = 0;
    QRgb outline = 0;
    float outline_width = 0; ///< centred on the rectangle's edge; 0 for no outline
    int node = -1; ///< index of the layout's node it shows, -1 for none
};

/// One line of text.
struct DrawnLabel
{
    QRectF rect; ///< in which it is aligned; it may be longer
    QString text;
    int size = 12; ///< height of the font
    int weight = QFont::Normal;
    QRgb color = 0;
    Qt::Alignment alignment = Qt::AlignCenter;
    int node = -1; ///< index of the layout's node it names, -1 for none
};

/// A part of a picture that belongs together: its shapes are painted first, then its curves, then
/// its labels.
struct DrawingLayer
{
    QString name; ///< "layers", "edges", "nodes", "legend", …
    std::vector<DrawnShape> shapes;
    std::vector<DrawnCurve> curves;
    std::vector<DrawnLabel> labels;
    QRectF clip{}; ///< nothing outside of it is seen; everything where it is empty
};

/// A picture as plain values: the one description that OpenGL, QPainter and the vector formats
/// paint. Lengths are logical pixels of a target of `size`, with the origin at the upper left;
/// colours are ARGB, not premultiplied, and opacity is in them.
struct Drawing
{
    QSizeF size;
    QRgb background = 0; ///< transparent where its alpha is 0
    QFont font; ///< of every label, but for size and weight
    std::vector<DrawingLayer> layers; ///< the first lies lowest
};

/// The size of a bitmap that holds a drawing of `size`, with `ratio` bitmap pixels for each of the
/// drawing's.
inline QSize pixels_of(const QSizeF& size, double ratio)
{
    return { static_cast<int>(std::ceil(size.width() * ratio)),
        static_cast<int>(std::ceil(size.height() * ratio)) };
}

} // namespace circuitloom::ui
