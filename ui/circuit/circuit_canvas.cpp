#include "ui/circuit/circuit_canvas.h"

#include "ui/drawing/raster_painter.h"

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
    if (gl_) {
        const QImage image = gl_->paint(drawing, widget.devicePixelRatioF());
        if (gl_->lost())
            gl_.reset();
        if (!image.isNull()) {
            painter.drawImage(QPointF(), image);
            return;
        }
    }
    paint_drawing(painter, drawing);
}

} // namespace circuitloom::ui
