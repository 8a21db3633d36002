#pragma once

#include "ui/curves/curve_plots.h"
#include "ui/export/picture_page.h"
#include "ui/export/plot_arrangement.h"
#include "ui/theme/theme.h"

#include <QPicture>
#include <QSize>

#include <memory>
#include <vector>

namespace circuitloom::ui {

class PlotWidget;

/// The plots of some runs (the first in full, the others faint) as the window shows them, drawn
/// apart from any window. Made and used on the GUI's thread; what picture() returns may be painted
/// by any.
class PlotRow
{
public:
    PlotRow(const std::vector<PlottedRun>& runs, const Theme& theme, const QSizeF& size,
        PlotArrangement::Form form);
    ~PlotRow();

    /// At how much of their size the plots are drawn; less than 1 where there is too little room.
    double scale() const { return arrangement_.scale; }
    /// `cursor`: a step; negative for no cursor. The background is left to what lies below.
    QPicture picture(double cursor);

private:
    std::vector<std::unique_ptr<PlotWidget>> plots_;
    PlotArrangement arrangement_;
};

/// The form of the plots for a page that has them at `place`.
PlotArrangement::Form form_for(CurvesPlace place);

/// Gives the page's plots, with the cursor at a step, to a page that has room for them.
void add_curves(PicturePage& page, const std::vector<PlottedRun>& runs, const Theme& theme,
    CurvesPlace place, double cursor);

/// The options of a page for a circuit and these curves: their room, and where the page may grow,
/// its height.
PageOptions with_room_for_curves(
    PageOptions options, const std::vector<PlottedRun>& runs, const Theme& theme);
/// The same for a page with nothing but curves.
PageOptions with_room_for_curves_alone(
    PageOptions options, const std::vector<PlottedRun>& runs, const Theme& theme);

} // namespace circuitloom::ui
