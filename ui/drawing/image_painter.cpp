#include "ui/drawing/image_painter.h"

#include "ui/drawing/curve_stroker.h"
#include "ui/drawing/raster_painter.h"

namespace circuitloom::ui {

namespace {

QRect clip_of(const DrawingLayer& layer, const QImage& image)
{
    if (layer.clip.isEmpty())
        return image.rect();
    const double ratio = image.devicePixelRatio();
    return QRectF(layer.clip.topLeft() * ratio, layer.clip.size() * ratio).toRect();
}

} // namespace

void paint_on_image(QImage& image, const Drawing& drawing)
{
    if (qAlpha(drawing.background) > 0)
        image.fill(drawing.background);
    for (const DrawingLayer& layer : drawing.layers) {
        QPainter below(&image);
        paint_shapes(below, layer);
        below.end();
        CurveStroker stroker(image, clip_of(layer, image));
        for (const DrawnCurve& curve : layer.curves)
            stroker.stroke(curve, image.devicePixelRatio());
        QPainter above(&image);
        paint_labels(above, layer, drawing.font);
    }
}

} // namespace circuitloom::ui
