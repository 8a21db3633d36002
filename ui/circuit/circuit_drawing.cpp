#include "ui/circuit/circuit_drawing.h"

#include "ui/circuit/circuit_legend.h"
#include "ui/circuit/edge_curves.h"
#include "ui/circuit/lattice_shapes.h"
#include "ui/circuit/node_shapes.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr double margin = 14;
constexpr double legend_height = 22;
constexpr double legend_beside_input = 680; // from this width on the legend fits beside `input`

} // namespace

QRectF graph_area(
    const QSizeF& size, const CircuitLayout& layout, const CircuitPaintOptions& options)
{
    const QRectF whole = QRectF(QPointF(), size).adjusted(margin, margin, -margin, -margin);
    double lowest_band = 0;
    for (const LayerBand& band : layout.bands)
        lowest_band = std::max(lowest_band, band.y + band.height);
    const double beside_input
        = (layout.height - lowest_band) * CircuitGeometry(layout, whole).vertical_scale();
    const bool fits_beside = size.width() >= legend_beside_input && beside_input >= legend_height;
    return whole.adjusted(0, 0, 0, options.legend && !fits_beside ? -legend_height : 0);
}

Drawing lattice_drawing(const CircuitLayout& layout, const Theme& theme, const QSizeF& size,
    const CircuitPaintOptions& options)
{
    Drawing drawing;
    drawing.size = size;
    drawing.font = theme.font();
    if (options.background)
        drawing.background = theme.window.rgba();
    const CircuitGeometry geometry(layout, graph_area(size, layout, options), options.camera);
    drawing.layers.push_back(band_layer(layout, geometry, theme));
    drawing.layers.push_back(ghost_layer(layout, geometry, theme, size));
    return drawing;
}

Drawing circuit_drawing(const CircuitScene& scene, const Theme& theme, const QSizeF& size,
    const CircuitPaintOptions& options)
{
    if (!scene.layout)
        return {};
    Drawing drawing = lattice_drawing(*scene.layout, theme, size, options);
    const CircuitGeometry geometry(
        *scene.layout, graph_area(size, *scene.layout, options), options.camera);
    const CircuitFocus focus(scene, options.highlight, options.focus);
    drawing.layers.push_back(edge_layer(scene, geometry, theme, size, focus));
    drawing.layers.push_back(node_layer(scene, geometry, theme, size, focus));
    if (options.legend) {
        const QRectF area = QRectF(QPointF(), size).adjusted(margin + 6, 0, -margin - 6, -margin);
        drawing.layers.push_back(legend_layer(area, scene, theme));
    }
    return drawing;
}

} // namespace circuitloom::ui
