#pragma once

#include <QPointF>
#include <QWidget>

#include <functional>

class QKeyEvent;
class QPainter;

namespace circuitloom::ui {

/// A surface that a view paints: it hands paint, pointer and keys to functions, and shows the
/// keyboard's focus by a frame.
class ViewCanvas : public QWidget
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
    ViewCanvas(Handlers handlers, QWidget* parent);

    void set_focus_color(const QColor& color);
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
    QColor focus_;
};

} // namespace circuitloom::ui
