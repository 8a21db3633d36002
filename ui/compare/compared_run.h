#pragma once

#include "core/run/run_config.h"
#include "core/store/records.h"
#include "ui/session/curve_data.h"

#include <QColor>

#include <limits>
#include <memory>

namespace circuitloom::ui {

/// A run with what a comparison says of it.
struct ComparedRun
{
    RunSummary summary;
    QColor color;
    std::shared_ptr<const CurveData> curves;
    double seconds_per_step = 0; ///< not a number where it is not known
    RunConfig config = {}; ///< means nothing where it is not `configured`
    bool shown = false; ///< in the window
    bool configured = true; ///< false of an imported run, or one whose settings cannot be read
};

/// Where in its course a run is looked at.
inline constexpr double at_the_end = std::numeric_limits<double>::infinity();

} // namespace circuitloom::ui
