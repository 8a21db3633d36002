#pragma once

#include "ui/drawing/drawing.h"
#include "ui/drawing/gl_painter.h"

#include <QWidget>

#include <memory>

namespace circuitloom::ui {

/// Brings drawings onto a widget: painted by the processor, or with OpenGL once told to.
class CircuitCanvas
{
public:
    CircuitCanvas() = default;
    ~CircuitCanvas();

    /// From now on OpenGL paints; false, and nothing changes, where it does not work.
    bool use_opengl();
    bool uses_opengl() const { return gl_ != nullptr; }

    /// Paints a drawing that fills `widget`, from the widget's paintEvent. Its background is
    /// opaque.
    void paint(QWidget& widget, const Drawing& drawing);

private:
    const QImage& painted(const Drawing& drawing, double ratio);

    std::unique_ptr<GlPainter> gl_;
    QImage image_;
};

} // namespace circuitloom::ui
