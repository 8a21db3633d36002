#pragma once

#include "core/report/report.h"
#include "ui/curves/curve_plots.h"

#include <functional>
#include <vector>

namespace circuitloom::ui {

/// Draws the circuits of a run into its report: where everything stands for the page's script, and
/// its first circuit, the one that changed most, and its last, light and dark. `drawn` is called
/// after each picture, and may throw to end it. May be called on any thread. Throws as
/// ExperimentReader does.
void draw_circuits(
    ReportRun& run, const ExperimentReader& reader, const std::function<void()>& drawn);
/// How many pictures draw_circuits() makes.
int circuit_pictures(const ReportRun& run);

/// The plots of some runs, the first of them in full. To be made and used on the thread of the
/// windows, which one plot after another keeps free.
class ReportPlots
{
public:
    /// The runs' own colours are replaced by those of the themes.
    explicit ReportPlots(std::vector<PlottedRun> runs);

    int count() const { return static_cast<int>(light_.size()); }
    ReportPlot plot(int number) const;

private:
    std::vector<PlotContent> light_;
    std::vector<PlotContent> dark_; ///< as many
};

} // namespace circuitloom::ui
