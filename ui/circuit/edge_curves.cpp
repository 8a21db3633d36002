#include "ui/circuit/edge_curves.h"

#include "ui/circuit/hue_colors.h"
#include "ui/circuit/hue_dashes.h"
#include "ui/theme/color_mix.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr double lifted_opacity = 0.95;
constexpr double left_opacity = 0.75; // of what left the circuit, beside few edges …
constexpr double left_in_crowd = 0.12; // … and beside very many
constexpr double left_step = 0.52; // that it steps back for ten times as many
constexpr double strongest_opacity = 0.94;
constexpr double few_edges = 150; // up to so many even the weakest are seen clearly
constexpr double few_left = 50;
constexpr float selection_halo = 6; // pixels

// Wide translucent strokes are slow with Qt's raster engine. So these are opaque, in the colour
// that they would have over a band. Weak edges are painted first, so none is hidden by a paler one.
QRgb stroke_color(const QColor& color, double opacity, double width, const Theme& theme)
{
    return (width > 1 ? mixed(theme.band, color, opacity) : faded(color, opacity)).rgba();
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
double solid_opacity(const EdgeAppearance& edge, double weakest, const CircuitFocus& focus)
{
    return visible(weakest + (strongest_opacity - weakest) * edge.strength, edge, focus)
        * (1 - left_share(edge));
}

// How clear the weakest of so many edges is: in a crowd it steps back, or the strong ones would be
// lost.
double weakest_opacity(std::size_t edges)
{
    const double crowd = std::log10(std::max(1.0, static_cast<double>(edges) / few_edges));
    return std::max(0.46 - 0.2 * crowd, 0.08);
}

double dashed_opacity(const EdgeAppearance& edge, double plain, const CircuitFocus& focus)
{
    return visible(plain, edge, focus) * left_share(edge);
}

bool may_be_seen(const DrawnCurve& curve, const QRectF& seen)
{
    // A Bézier curve lies within the hull of its four points.
    const auto [left, right]
        = std::minmax({ curve.from.x(), curve.control1.x(), curve.control2.x(), curve.to.x() });
    const auto [top, bottom]
        = std::minmax({ curve.from.y(), curve.control1.y(), curve.control2.y(), curve.to.y() });
    return right >= seen.left() && left <= seen.right() && bottom >= seen.top()
        && top <= seen.bottom();
}

using Order = std::vector<std::pair<double, const EdgeAppearance*>>;

// Of the edges between the same two nodes only the one that would lie on top; edges that left only
// where nothing else is.
void keep_one_of_each_pair(Order& order, const CircuitScene& scene)
{
    std::set<std::pair<int, int>> drawn;
    Order kept;
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        const EdgeId edge = at->second->edge;
        const std::pair ends(source_of(scene, edge).value, target_of(scene, edge).value);
        if (drawn.insert(ends).second)
            kept.push_back(*at);
    }
    order.assign(kept.rbegin(), kept.rend());
}

} // namespace

double left_opacity_among(std::size_t edges)
{
    const double crowd = std::log10(std::max(1.0, static_cast<double>(edges) / few_left));
    return std::max(left_opacity - left_step * crowd, left_in_crowd);
}

DrawingLayer edge_layer(const CircuitScene& scene, const CircuitGeometry& geometry,
    const Theme& theme, const QSizeF& size, const CircuitFocus& focus)
{
    Order order;
    order.reserve(scene.edges.size());
    const double weakest = weakest_opacity(scene.edges.size());
    const double left_behind
        = scene.mode == ColorMode::sides ? lifted_opacity : left_opacity_among(scene.edges.size());
    for (const EdgeAppearance& edge : scene.edges)
        order.emplace_back(solid_opacity(edge, weakest, focus), &edge);
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return a.first != b.first
            ? a.first < b.first
            : std::abs(a.second->score) < std::abs(b.second->score);
    });

    DrawingLayer layer{ QStringLiteral("edges"), {}, {}, {} };
    layer.curves.reserve(order.size());
    const double reach = geometry.edge_width(1) + static_cast<double>(selection_halo);
    const QRectF seen = QRectF(QPointF(), size).adjusted(-reach, -reach, reach, reach);
    if (scene.layout->form == LayoutForm::layers)
        keep_one_of_each_pair(order, scene);
    for (const auto& [solid, edge] : order) {
        DrawnCurve curve = geometry.edge_curve(scene, edge->edge);
        if (!may_be_seen(curve, seen))
            continue;
        curve.drawn = static_cast<float>(edge->grown);
        const double width = geometry.edge_width(edge->strength);
        if (focus.selected(edge->edge)) {
            DrawnCurve halo = curve;
            halo.color = faded(theme.selection, 0.5 * edge->presence).rgba();
            halo.width = static_cast<float>(width) + selection_halo;
            layer.curves.push_back(halo);
        }
        if (const double dashed = dashed_opacity(*edge, left_behind, focus); dashed > 0) {
            DrawnCurve left = curve;
            left.color = faded(theme.left, dashed).rgba();
            add_dashes(left, Hue::left, theme);
            if (scene.mode == ColorMode::sides)
                left.width = static_cast<float>(std::max(width, double{ left.width }));
            layer.curves.push_back(left);
        }
        if (solid > 0) {
            curve.color = stroke_color(mix_color(edge->hue, theme), solid, width, theme);
            curve.width = static_cast<float>(width);
            add_dashes(curve, edge->hue, theme);
            layer.curves.push_back(curve);
        }
    }
    return layer;
}

} // namespace circuitloom::ui
