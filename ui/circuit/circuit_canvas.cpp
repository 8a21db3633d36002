#include "ui/circuit/circuit_canvas.h"

#include "ui/drawing/image_painter.h"

#include <QPainter>

namespace circuitloom::ui {

CircuitCanvas::~CircuitCanvas() = default;

bool CircuitCanvas::use_opengl()
{
    if (!gl_)
        gl_ = GlPainter::create();
    return uses_opengl();
}

void CircuitCanvas::paint(QWidget& widget, const Drawing& drawing)
{
    QPainter painter(&widget);
    painter.drawImage(QPointF(), painted(drawing, widget.devicePixelRatioF()));
}

const QImage& CircuitCanvas::painted(const Drawing& drawing, double ratio)
{
    if (gl_) {
        // The image before would be copied, as this holds it as well.
        image_ = {};
        image_ = gl_->paint(drawing, ratio);
        if (!image_.isNull())
            return image_;
        if (gl_->lost())
            gl_.reset();
    }
    const QSize pixels = pixels_of(drawing.size, ratio);
    if (image_.size() != pixels || image_.format() != QImage::Format_RGB32)
        image_ = QImage(pixels, QImage::Format_RGB32);
    image_.setDevicePixelRatio(ratio);
    paint_on_image(image_, drawing);
    return image_;
}

} // namespace circuitloom::ui
