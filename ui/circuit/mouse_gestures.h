#pragma once

#include <QObject>
#include <QPointF>
#include <QRectF>

#include <optional>

class QMouseEvent;
class QWidget;

namespace circuitloom::ui {

/// Tells what the pointer does on a widget: it points, clicks, pans by dragging, zooms with the
/// wheel, or, with Shift, draws a rectangle that selects. Takes the widget's mouse events; what
/// they mean is up to who listens. Positions are in the widget's pixels.
class MouseGestures : public QObject
{
    Q_OBJECT

public:
    /// Belongs to `widget`, whose mouse tracking must be on for pointed().
    explicit MouseGestures(QWidget* widget);

    /// The rectangle that is being drawn; none where nothing or another thing is dragged.
    const std::optional<QRectF>& band() const { return band_; }

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    /// The pointer moved with no button held.
    void pointed(const QPointF& at);
    /// The pointer left the widget.
    void left();
    /// Any button went down.
    void pressed();
    /// The left button was pressed and released at one place. `adds`: to what is selected.
    void clicked(const QPointF& at, bool adds);
    void double_clicked(const QPointF& at);
    /// What follows is no click any more: band() is drawn, or the picture is dragged along.
    void drag_began();
    void panned(const QPointF& by);
    void band_changed();
    void band_selected(const QRectF& band);
    /// The left button was released, whatever it did.
    void released();
    void zoomed(double factor, const QPointF& around);

private:
    void press(const QMouseEvent& event);
    void move(const QMouseEvent& event);
    void release(const QMouseEvent& event);

    std::optional<QPointF> drag_from_; ///< none while no button is held
    std::optional<QRectF> band_;
    bool dragged_ = false;
};

} // namespace circuitloom::ui
