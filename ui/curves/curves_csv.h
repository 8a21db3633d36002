#pragma once

#include "ui/curves/plotted_run.h"

#include <span>

namespace circuitloom::ui {

/// Every point of every stored curve as CSV: run,curve,measure,step,value with a header line.
QString curves_to_csv(std::span<const PlottedRun> runs);

} // namespace circuitloom::ui
