#include "ui/circuit/edge_painter.h"

#include "ui/circuit/hue_colors.h"
#include "ui/theme/color_mix.h"

#include <QPen>

#include <algorithm>
#include <utility>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr double lifted_opacity = 0.95;
constexpr double left_opacity = 0.6;
constexpr double selection_halo = 6; // pixels

// Wide translucent strokes are what costs time with Qt's raster engine, so these are opaque, in
// the colour they would have over a band. Weak edges are painted first, so none is hidden by a
// paler one.
QColor stroke_color(const QColor& color, double opacity, double width, const Theme& theme)
{
    return width > 1 ? mixed(theme.band, color, opacity) : faded(color, opacity);
}

void stroke(QPainter& painter, const QPainterPath& path, const QColor& color, double width)
{
    QPen pen(color, width);
    pen.setCapStyle(Qt::FlatCap);
    painter.strokePath(path, pen);
}

void stroke_dashed(QPainter& painter, const QPainterPath& path, const QColor& color)
{
    QPen pen(color, 1);
    pen.setCapStyle(Qt::FlatCap);
    pen.setDashPattern({ 3, 3.5 });
    painter.strokePath(path, pen);
}

double left_share(const EdgeAppearance& edge)
{
    return static_cast<double>(edge.hue[static_cast<std::size_t>(Hue::left)]);
}

double visible(double own, const EdgeAppearance& edge, const CircuitFocus& focus)
{
    const bool lit = focus.lit(edge.edge);
    const double lifted = own + (lifted_opacity - own) * focus.lift(lit);
    return lifted * edge.presence * focus.opacity(lit);
}

// How clearly an edge is seen where it is solid, 0…1.
double solid_opacity(const EdgeAppearance& edge, const CircuitFocus& focus)
{
    return visible(0.46 + 0.48 * edge.strength, edge, focus) * (1 - left_share(edge));
}

double dashed_opacity(const EdgeAppearance& edge, const CircuitFocus& focus)
{
    return visible(left_opacity, edge, focus) * left_share(edge);
}

} // namespace

void paint_edges(QPainter& painter, const CircuitGeometry& geometry, const CircuitScene& scene,
    const Theme& theme, const CircuitFocus& focus, const std::optional<NodeOrEdge>& selection)
{
    std::vector<std::pair<double, const EdgeAppearance*>> order;
    for (const EdgeAppearance& edge : scene.edges)
        order.emplace_back(solid_opacity(edge, focus), &edge);
    std::stable_sort(
        order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });

    for (const auto& [solid, edge] : order) {
        const QPainterPath path = geometry.edge_path(scene, edge->edge);
        const double width = geometry.edge_width(edge->strength) * edge->presence;
        if (selection == NodeOrEdge{ edge->edge })
            stroke(painter, path, faded(theme.selection, 0.5 * edge->presence),
                width + selection_halo);
        if (const double dashed = dashed_opacity(*edge, focus); dashed > 0)
            stroke_dashed(painter, path, faded(theme.left, dashed));
        if (solid > 0)
            stroke(painter, path, stroke_color(mix_color(edge->hue, theme), solid, width, theme),
                width);
    }
}

} // namespace circuitloom::ui
