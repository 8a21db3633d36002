#pragma once

#include "ui/session/curve_data.h"
#include "ui/curves/plot_content.h"
#include "ui/theme/theme.h"

#include <memory>
#include <span>
#include <vector>

namespace circuitloom::ui {

/// A run whose curves are shown.
struct PlottedRun
{
    RunId run;
    QString name;
    QColor color;
    int planned_steps = 0;
    std::shared_ptr<const CurveData> data;
};

/// The plots of some runs: loss; a plot for each task metric that a run has, the first run's own
/// before others; capabilities, one plot for each run; what else suites were measured in, as
/// perplexity; tunable ratio; turnover. Only curves of one measure share a plot. The first run is
/// drawn in full, the others faint behind it.
std::vector<PlotContent> plots_of(std::span<const PlottedRun> runs, const Theme& theme);

/// Every point of every curve as CSV: run,curve,measure,step,value with a header line.
QString curves_to_csv(std::span<const PlottedRun> runs);

} // namespace circuitloom::ui
