#pragma once

#include "ui/curves/curve_plots.h"
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
        side_by_side, ///< those with labels wider
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

    QSize size_;
    std::vector<Placed> plots_;
};

} // namespace circuitloom::ui
