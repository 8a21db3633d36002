#pragma once

#include "ui/curves/plotted_run.h"

#include <span>

namespace circuitloom::ui {

/// Every point of every curve that a plot can show as CSV: run,curve,measure,step,value with a header
/// line. Those of a run's circuits are there once they have been read (PlottedRun::circuits).
QString curves_to_csv(std::span<const PlottedRun> runs);

} // namespace circuitloom::ui
