#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace circuitloom::ui {

/// Where the user looks: `zoom` 1 and `pan` 0 show everything.
struct CircuitCamera
{
    double zoom = 1;
    QPointF pan; ///< in the target's pixels
    bool operator==(const CircuitCamera&) const = default;
};

/// `zoom` times `factor`, within the limits of within_sight(); what is seen at `around` stays
/// there. `area`: the rectangle that the whole graph fills at zoom 1.
CircuitCamera zoomed(
    const CircuitCamera& camera, double factor, const QPointF& around, const QRectF& area);

/// Brings `wanted`, a rectangle as `camera` shows it, to the middle of `area`, as large as it can
/// be without losing sight of what is around it.
CircuitCamera zoomed_to(const CircuitCamera& camera, const QRectF& wanted, const QRectF& area);

/// `camera` with its pan as shares of a view's size, which mean the same in one of another size.
CircuitCamera relative_to(const QSizeF& view, CircuitCamera camera);
/// That of a view of this size again. One that magnifies nothing shows everything: what was moved
/// aside then would lie under the legend, or nowhere.
CircuitCamera restored_in(const QSizeF& view, CircuitCamera relative);

/// `camera` with a zoom and a pan that are allowed in a view of `size`: a corner of the graph stays
/// in sight however far it is dragged.
CircuitCamera within_sight(CircuitCamera camera, const QSizeF& size);

} // namespace circuitloom::ui
