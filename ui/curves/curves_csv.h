#pragma once

#include "ui/curves/plotted_run.h"

#include <QString>

#include <functional>
#include <span>

namespace circuitloom::ui {

/// What a curve is called in tables.
struct CurveName
{
    QString run;
    QString curve;
    QString measure; ///< its name or unit; may be empty
};

/// Hands over every curve that a plot can show of these runs.
void for_each_curve(std::span<const PlottedRun> runs,
    const std::function<void(const CurveName&, const Curve&)>& take);

/// Every point of every curve that a plot can show as CSV: run,curve,measure,step,value with a header
/// line. Those of a run's circuits are there once they have been read (PlottedRun::circuits).
QString curves_to_csv(std::span<const PlottedRun> runs);

} // namespace circuitloom::ui
