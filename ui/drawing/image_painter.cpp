#include "ui/drawing/image_painter.h"

#include "ui/drawing/curve_stroker.h"
#include "ui/drawing/raster_painter.h"

#include <QThread>

#include <algorithm>
#include <functional>
#include <thread>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr std::size_t worth_sharing = 200; // curves that take longer than a thread does to begin
constexpr int most_threads = 8;

QRect clip_of(const DrawingLayer& layer, const QImage& image)
{
    if (layer.clip.isEmpty())
        return image.rect();
    const double ratio = image.devicePixelRatio();
    return QRectF(layer.clip.topLeft() * ratio, layer.clip.size() * ratio).toRect();
}

// Each thread has rows of its own.
void stroke(QImage& image, const DrawingLayer& layer)
{
    const QRect clip = clip_of(layer, image);
    const double ratio = image.devicePixelRatio();
    const int parts = layer.curves.size() < worth_sharing
        ? 1
        : std::clamp(QThread::idealThreadCount(), 1, most_threads);
    std::vector<CurveStroker> strokers;
    for (int i = 0; i < parts; ++i) {
        const int top = image.height() * i / parts;
        const int bottom = image.height() * (i + 1) / parts;
        strokers.emplace_back(image, clip.intersected({ 0, top, image.width(), bottom - top }));
    }
    const auto run = [&layer, ratio](CurveStroker& stroker) {
        for (const DrawnCurve& curve : layer.curves)
            stroker.stroke(curve, ratio);
    };
    std::vector<std::jthread> others; // joined at the end
    for (std::size_t i = 1; i < strokers.size(); ++i)
        others.emplace_back(run, std::ref(strokers[i]));
    run(strokers.front());
}

} // namespace

void paint_on_image(QImage& image, const Drawing& drawing)
{
    if (qAlpha(drawing.background) > 0)
        image.fill(QColor::fromRgba(drawing.background));
    for (const DrawingLayer& layer : drawing.layers) {
        QPainter below(&image);
        paint_shapes(below, layer);
        below.end();
        stroke(image, layer);
        QPainter above(&image);
        paint_labels(above, layer, drawing.font);
    }
}

} // namespace circuitloom::ui
