#pragma once

#include <QObject>
#include <QRect>
#include <QSize>

namespace circuitloom::ui {

/// `wanted` as far as it fits into `available`, with room for a window's frame.
QSize fitted(const QSize& wanted, const QRect& available);
/// `wanted` moved, and where it is too large made smaller, so that all of it lies in `available`.
QRect moved_into(QRect wanted, const QRect& available);

/// While it lives, no dialog comes up larger than its screen, at whatever resolution: what does not
/// fit scrolls inside, and the buttons below stay in sight.
class DialogFit : public QObject
{
public:
    explicit DialogFit(QObject* parent);

    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace circuitloom::ui
