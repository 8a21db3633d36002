#include "ui/circuit/circuit_drawing.h"

#include "ui/circuit/circuit_legend.h"
#include "ui/circuit/edge_curves.h"
#include "ui/circuit/lattice_shapes.h"
#include "ui/circuit/node_shapes.h"
#include "ui/circuit/switched_off.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr double margin = 14;
constexpr double legend_inset = 6; // of the legend, within the margins
constexpr double legend_gap = 2;
constexpr double row_names = 46; // room at the left for the names of a matrix's rows
constexpr double column_names = 10;

QRectF legend_area(const QSizeF& size)
{
    return QRectF(QPointF(), size)
        .adjusted(margin + legend_inset, 0, -margin - legend_inset, -margin);
}

// Whether the lowest nodes of a graph that fills `whole`, as the input, and the legend leave each
// other room.
bool fits_beside(
    const LegendRoom& room, const QRectF& legend, const QRectF& whole, const CircuitLayout& layout)
{
    if (!room.one_row || layout.form == LayoutForm::matrix)
        return false;
    const CircuitGeometry geometry(layout, whole);
    const double top = legend.bottom() - room.height;
    for (const LayerBand& band : layout.bands)
        if (geometry.band_rect(band).bottom() > top)
            return false;
    for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
        const QRectF node = geometry.node_rect({ static_cast<std::int32_t>(i) });
        if (node.bottom() > top - room.switched_off_height
            && node.left() < legend.left() + room.switched_off_until)
            return false;
        if (node.bottom() > top
            && (node.left() < legend.left() + room.colors_until
                || node.right() > legend.left() + room.width_from))
            return false;
    }
    return true;
}

} // namespace

namespace {

// The names of a matrix's rows and columns stand beside them where those are small.
QRectF without_matrix_names(const QRectF& area, const CircuitLayout& layout)
{
    if (layout.form != LayoutForm::matrix || layout.nodes.empty())
        return area;
    const CircuitGeometry geometry(layout, area);
    if (has_name_inside(layout.form, geometry.node_rect({ 0 })))
        return area;
    return area.adjusted(row_names, column_names, 0, 0);
}

Drawing lattice_in(const CircuitGeometry& geometry, const CircuitLayout& layout,
    const Theme& theme, const QSizeF& size, const CircuitPaintOptions& options)
{
    Drawing drawing;
    drawing.size = size;
    drawing.font = theme.font();
    if (options.background)
        drawing.background = theme.window.rgba();
    drawing.layers.push_back(band_layer(layout, geometry, theme));
    drawing.layers.push_back(ghost_layer(layout, geometry, theme, size));
    return drawing;
}

} // namespace

QRectF graph_area(
    const QSizeF& size, const CircuitLayout& layout, const CircuitPaintOptions& options)
{
    const QRectF whole = QRectF(QPointF(), size).adjusted(margin, margin, -margin, -margin);
    if (!options.legend)
        return without_matrix_names(whole, layout);
    const QRectF legend = legend_area(size);
    Theme letters = theme(true); // fonts of both are the same
    letters.scale = options.text_scale;
    const LegendRoom room = legend_room(legend.width(), letters);
    if (fits_beside(room, legend, whole, layout))
        return whole;
    return without_matrix_names(
        whole.adjusted(0, 0, 0,
            -std::min(room.height + room.switched_off_height + legend_gap, whole.height() / 2)),
        layout);
}

Drawing lattice_drawing(const CircuitLayout& layout, const Theme& theme, const QSizeF& size,
    const CircuitPaintOptions& options)
{
    return lattice_in(CircuitGeometry(layout, graph_area(size, layout, options), options.camera),
        layout, theme, size, options);
}

Drawing circuit_drawing(const CircuitScene& scene, const Theme& theme, const QSizeF& size,
    const CircuitPaintOptions& options)
{
    if (!scene.layout)
        return {};
    const CircuitGeometry geometry(
        *scene.layout, graph_area(size, *scene.layout, options), options.camera);
    Drawing drawing = lattice_in(geometry, *scene.layout, theme, size, options);
    const CircuitFocus focus(scene, options.highlight, options.focus);
    drawing.layers.push_back(edge_layer(scene, geometry, theme, size, focus));
    drawing.layers.push_back(node_layer(scene, geometry, theme, size, focus));
    if (shows_switched_off(scene))
        drawing.layers.push_back(switched_off_layer(scene, geometry, theme, size));
    if (options.legend)
        drawing.layers.push_back(legend_layer(legend_area(size), scene, theme));
    return drawing;
}

} // namespace circuitloom::ui
