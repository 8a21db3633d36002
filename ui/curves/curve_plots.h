#pragma once

#include "ui/curves/curves_view.h"
#include "ui/curves/plot_content.h"
#include "ui/curves/plotted_run.h"
#include "ui/theme/theme.h"

#include <span>
#include <vector>

namespace circuitloom::ui {

/// The plots of some runs that the view asks for, or usual_plots() (plot_choices.h). All suites in one
/// measure, as the capabilities, are a plot for each run; every other choice is one, unless the view
/// wants runs apart. Only curves of one measure share a plot. The first run is drawn in full, the
/// others faint behind it.
std::vector<PlotContent> plots_of(
    std::span<const PlottedRun> runs, const Theme& theme, const CurvesView& view = {});

} // namespace circuitloom::ui
