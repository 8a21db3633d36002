#pragma once

#include "ui/base/painted_parts.h"

#include <QPointF>
#include <QWidget>

#include <functional>

class QKeyEvent;
class QPainter;

namespace circuitloom::ui {

/// A surface that a view paints: it hands paint, pointer and keys to functions, and shows the
/// keyboard's focus by a frame.
class ViewCanvas : public QWidget, public PaintedParts
{
    Q_OBJECT

public:
    struct Handlers
    {
        std::function<void(QPainter&)> paint;
        std::function<void(const QPointF&)> clicked = {};
        std::function<void(const QPointF&)> pointed = {};
        std::function<void()> left = {}; ///< by the pointer
        std::function<bool(const QKeyEvent&)> key = {}; ///< false for one that does nothing
    };
    /// What is painted, in words; PaintedParts says what each gives.
    struct Parts
    {
        std::function<int()> count;
        std::function<QString(int part)> text;
        std::function<QRectF(int part)> rect;
    };
    ViewCanvas(Handlers handlers, Parts parts, QWidget* parent);

    void set_focus_color(const QColor& color);
    int part_count() const override { return parts_.count(); }
    QString part_text(int part) const override { return parts_.text(part); }
    QRectF part_rect(int part) const override { return parts_.rect(part); }
    QSize sizeHint() const override { return { 420, 220 }; }
    QSize minimumSizeHint() const override { return { 160, 80 }; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    Handlers handlers_;
    Parts parts_;
    QColor focus_;
};

} // namespace circuitloom::ui
