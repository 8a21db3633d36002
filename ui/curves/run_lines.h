#pragma once

#include "ui/curves/curves_view.h"
#include "ui/curves/plot_content.h"
#include "ui/curves/plotted_run.h"

#include <functional>
#include <span>
#include <vector>

namespace circuitloom::ui {

/// Runs that are drawn as one line: one run, or several that differ only in their seed.
struct RunGroup
{
    QString name;
    QColor color;
    std::vector<const PlottedRun*> runs; ///< at least one; they must outlive it
    std::vector<StepPlaces> places; ///< of each, on the axis of the view
};

/// In the order of the runs; runs that are alike stand where the first of them does.
std::vector<RunGroup> groups_of(std::span<const PlottedRun> runs, const CurvesView& view);

/// A curve of a run; null where it has none.
using CurveOf = std::function<const Curve*(const PlottedRun&)>;

/// The line of a group, in its name and colour, on the axis of the view and smoothed as that says:
/// of several runs each is smoothed, and their mean and band taken at the steps that all have. On
/// an axis of time, the mean lies where those steps of the first run do.
PlotLine line_of(const RunGroup& group, const CurveOf& curve, const CurvesView& view);

/// In words what the band of a group is; empty for a single run.
QString band_text(const RunGroup& group, SeedBand band);

} // namespace circuitloom::ui
