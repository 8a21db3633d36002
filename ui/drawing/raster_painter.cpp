#include "ui/drawing/raster_painter.h"

#include <QPen>

namespace circuitloom::ui {

namespace {

void paint_shape(QPainter& painter, const DrawnShape& shape)
{
    const bool outlined = shape.outline_width > 0 && qAlpha(shape.outline) > 0;
    if (outlined)
        painter.setPen(
            QPen(QColor::fromRgba(shape.outline), static_cast<double>(shape.outline_width)));
    else
        painter.setPen(Qt::NoPen);
    painter.setBrush(qAlpha(shape.fill) > 0 ? QBrush(QColor::fromRgba(shape.fill)) : QBrush());
    const auto radius = static_cast<double>(shape.radius);
    painter.drawRoundedRect(shape.rect, radius, radius);
}

void paint_curve(QPainter& painter, const DrawnCurve& curve)
{
    QPen pen(QColor::fromRgba(curve.color), static_cast<double>(curve.width));
    pen.setCapStyle(Qt::FlatCap);
    if (curve.dash > 0) {
        // Qt counts dashes in widths of the pen.
        const auto width = static_cast<double>(curve.width);
        pen.setDashPattern(
            { static_cast<double>(curve.dash) / width, static_cast<double>(curve.gap) / width });
    }
    painter.strokePath(curve_path(curve), pen);
}

void paint_label(QPainter& painter, const DrawnLabel& label, QFont font)
{
    font.setPixelSize(label.size);
    font.setWeight(static_cast<QFont::Weight>(label.weight));
    painter.setFont(font);
    painter.setPen(QColor::fromRgba(label.color));
    painter.drawText(label.rect, static_cast<int>(label.alignment) | Qt::TextDontClip, label.text);
}

} // namespace

QPainterPath curve_path(const DrawnCurve& curve)
{
    QPointF control1 = curve.control1;
    QPointF control2 = curve.control2;
    QPointF to = curve.to;
    if (curve.drawn < 1) {
        // De Casteljau's construction cuts the curve at the parameter `drawn`.
        const auto t = static_cast<double>(curve.drawn);
        const auto between = [t](const QPointF& a, const QPointF& b) { return a + (b - a) * t; };
        const QPointF middle = between(control1, control2);
        const QPointF last = between(control2, to);
        control1 = between(curve.from, control1);
        control2 = between(control1, middle);
        to = between(control2, between(middle, last));
    }
    QPainterPath path(curve.from);
    path.cubicTo(control1, control2, to);
    return path;
}

void paint_shapes(QPainter& painter, const DrawingLayer& layer)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (!layer.clip.isEmpty())
        painter.setClipRect(layer.clip);
    for (const DrawnShape& shape : layer.shapes)
        paint_shape(painter, shape);
    painter.restore();
}

void paint_labels(QPainter& painter, const DrawingLayer& layer, const QFont& font)
{
    painter.save();
    if (!layer.clip.isEmpty())
        painter.setClipRect(layer.clip);
    for (const DrawnLabel& label : layer.labels)
        paint_label(painter, label, font);
    painter.restore();
}

void paint_drawing(QPainter& painter, const Drawing& drawing)
{
    if (qAlpha(drawing.background) > 0)
        painter.fillRect(QRectF(QPointF(), drawing.size), QColor::fromRgba(drawing.background));
    for (const DrawingLayer& layer : drawing.layers) {
        paint_shapes(painter, layer);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        if (!layer.clip.isEmpty())
            painter.setClipRect(layer.clip);
        for (const DrawnCurve& curve : layer.curves)
            paint_curve(painter, curve);
        painter.restore();
        paint_labels(painter, layer, drawing.font);
    }
}

} // namespace circuitloom::ui
