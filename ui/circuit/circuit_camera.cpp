#include "ui/circuit/circuit_camera.h"

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr double smallest_zoom = 0.5;
constexpr double largest_zoom = 16;
constexpr double largest_zoom_to = 3; // to a rectangle: what is around it is wanted as well
constexpr double filled_by_wanted = 0.7; // of the area

} // namespace

CircuitCamera zoomed(
    const CircuitCamera& camera, double factor, const QPointF& around, const QRectF& area)
{
    const double zoom = std::clamp(camera.zoom * factor, smallest_zoom, largest_zoom);
    const QPointF from_centre = around - area.center();
    return { zoom, from_centre - (from_centre - camera.pan) * (zoom / camera.zoom) };
}

CircuitCamera zoomed_to(const CircuitCamera& camera, const QRectF& wanted, const QRectF& area)
{
    const double grows = filled_by_wanted
        * std::min(area.width() / wanted.width(), area.height() / wanted.height());
    const double zoom = std::clamp(camera.zoom * grows, 1.0, largest_zoom_to);
    return { zoom, (area.center() + camera.pan - wanted.center()) * (zoom / camera.zoom) };
}

CircuitCamera relative_to(const QSizeF& view, CircuitCamera camera)
{
    camera.pan = view.isEmpty()
        ? QPointF()
        : QPointF(camera.pan.x() / view.width(), camera.pan.y() / view.height());
    return camera;
}

CircuitCamera restored_in(const QSizeF& view, CircuitCamera relative)
{
    if (relative.zoom <= 1)
        return {};
    relative.pan = { relative.pan.x() * view.width(), relative.pan.y() * view.height() };
    return within_sight(relative, view);
}

CircuitCamera within_sight(CircuitCamera camera, const QSizeF& size)
{
    camera.zoom = std::clamp(camera.zoom, smallest_zoom, largest_zoom);
    const double most_x = size.width() * camera.zoom / 2;
    const double most_y = size.height() * camera.zoom / 2;
    camera.pan = { std::clamp(camera.pan.x(), -most_x, most_x),
        std::clamp(camera.pan.y(), -most_y, most_y) };
    return camera;
}

} // namespace circuitloom::ui
