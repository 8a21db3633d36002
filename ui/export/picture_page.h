#pragma once

#include "ui/circuit/circuit_drawing.h"
#include "ui/drawing/drawing.h"
#include "ui/theme/theme.h"

#include <QPicture>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <optional>

namespace circuitloom::ui {

/// Where the curves stand beside a circuit.
enum class CurvesPlace
{
    none,
    below,
    beside
};

/// What a picture has besides its circuit. Texts are left out where they are empty.
struct PageOptions
{
    QSizeF size{ 1400, 900 }; ///< in logical pixels, 96 to the inch
    bool transparent = false;
    QString title; ///< at the top left, in more than one line where it is long
    QString stamp; ///< at the top right: which iteration it is
    QString caption; ///< below everything, in as many lines as it needs
    bool legend = true;
    CurvesPlace curves = CurvesPlace::none;
    /// What the curves need; they have it as far as the page has room. Empty for not known.
    QSizeF least_curves;
    /// The page is made higher where the curves need more than it has.
    bool grows = false;
    /// The title leaves room for this stamp too: that of another frame of a film.
    QString widest_stamp;
};

/// A circuit as a view shows it at one moment.
struct ShownCircuit
{
    CircuitScene scene;
    CircuitCamera camera;
    QSizeF view; ///< the size of the view that has this camera
    CircuitHighlight highlight; ///< what is lit up
};

/// A picture ready to be painted, written as a vector format, or made a frame of a film.
struct PicturePage
{
    Drawing drawing;
    /// The first so many layers look the same at every iteration, as the background does.
    std::size_t still_layers = 0;
    QRectF curves_area; ///< empty where there are no curves
    QPicture curves; ///< painted with its origin at the area's upper left
    double curves_scale = 1; ///< less where the curves are drawn smaller, for want of room
};

/// Where a page has its parts. `curves` and `circuit` do not overlap.
struct PageAreas
{
    QRectF heading; ///< empty where there is neither title nor stamp
    QStringList heading_lines; ///< of the title
    QRectF circuit;
    QRectF curves;
    QRectF caption;
    QStringList caption_lines;
};
PageAreas page_areas(const PageOptions& options, const QFont& font);

/// The page of a circuit; its `curves` are left to the caller.
PicturePage circuit_page(
    const ShownCircuit& circuit, const Theme& theme, const PageOptions& options);
/// A page with nothing but curves, a title, a stamp and a caption.
PicturePage curves_page(const Theme& theme, const PageOptions& options);

/// Paints `picture` in the painter's own pixels, whatever the device's dots per inch.
void paint_picture(QPainter& painter, const QPicture& picture);

/// Paints all of a page.
void paint_page(QPainter& painter, const PicturePage& page);

} // namespace circuitloom::ui
