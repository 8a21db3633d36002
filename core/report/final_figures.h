#pragma once

#include "core/analysis/spread.h"
#include "core/base/measure.h"
#include "core/report/report.h"

#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// One figure of the report's runs.
struct FinalFigure
{
    std::string suite; ///< empty where it is one of the run itself
    std::string title;
    Measure measure; ///< how it is written
    std::optional<Spread> before; ///< of all runs that have it, when it was first evaluated
    std::vector<std::optional<Spread>> after; ///< of each group, the last time
    /// Of each group, since its own runs were first evaluated; of those evaluated twice.
    std::vector<std::optional<double>> change;
};

/// What runs came to. Runs that differ by their seed alone are one group, whose figures are the
/// mean and standard deviation over its runs.
struct FinalFigures
{
    std::vector<std::vector<std::size_t>> groups; ///< indices of the report's runs
    std::vector<FinalFigure> figures;
};

/// The held-out task's first, then the suites', then those of the runs. `runs` outlive the result,
/// whose measures may be named as they have it.
FinalFigures final_figures(const std::vector<ReportRun>& runs);

} // namespace circuitloom
