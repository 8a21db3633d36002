#pragma once

#include "ui/curves/curve_plots.h"
#include "ui/export/picture_page.h"
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
    enum class Arrangement
    {
        side_by_side, ///< those with labels wider; in several rows where they do not fit
        stacked
    };

    PlotRow(const std::vector<PlottedRun>& runs, const Theme& theme, const QSize& size,
        Arrangement arrangement);
    ~PlotRow();

    const QSize& size() const { return size_; }
    /// `cursor`: a step; negative for no cursor. The background is left to what lies below.
    QPicture picture(double cursor);

private:
    struct Placed
    {
        std::unique_ptr<PlotWidget> plot;
        QRect where;
    };

    void add(const PlotContent& content, const Theme& theme, const QRect& where);

    QSize size_;
    std::vector<Placed> plots_;
};

/// The plots for a page that has them at `place`, with the cursor at a step.
PlotRow::Arrangement arrangement_for(CurvesPlace place);
QPicture curves_picture(const std::vector<PlottedRun>& runs, const Theme& theme, const QSizeF& size,
    CurvesPlace place, double cursor);

} // namespace circuitloom::ui
