#pragma once

#include "core/base/measure.h"
#include "ui/curves/curves_view.h"
#include "ui/curves/plotted_run.h"

#include <QString>

#include <span>
#include <string>
#include <vector>

namespace circuitloom::ui {

/// Choices that belong together, in a menu.
struct PlotGroup
{
    QString title;
    std::vector<PlotChoice> choices;
};

/// No step of it was recorded, as of one that was imported from files of circuits.
bool has_circuits_alone(const PlottedRun& run);

/// What is plotted as long as the user has chosen nothing: loss; each task metric that a run has,
/// the first run's own before others; capabilities; what else suites were measured in, as
/// perplexity; tunable ratio; turnover. Where the runs have circuits alone, what these say; none
/// without runs.
std::vector<PlotChoice> usual_plots(std::span<const PlottedRun> runs);

/// Every plot that the runs have figures for, and the scores of these edges and nodes.
std::vector<PlotGroup> plot_groups(
    std::span<const PlottedRun> runs, std::span<const std::string> items = {});

/// What the plot is called.
QString title_of(const PlotChoice& choice);

/// The choice's measure; of one that this version does not know as measure_named(). Its name and
/// title may point into `choice`.
Measure chosen_measure(const PlotChoice& choice);
/// Computed from the circuits (CircuitCurves).
bool is_of_circuits(const PlotChoice& choice);
/// Measures of a run itself, rather than of one of its suites; it need not have curves of all.
std::vector<Measure> run_measures(const PlottedRun& run);
/// The run's curve of a measure that belongs to no suite; null where the measure is another, or
/// the run lacks it. A task metric is that of the run's batches.
const Curve* curve_of(const PlottedRun& run, std::string_view measure);
/// The run's curve of an edge's or a node's score; null until it has been read.
const Curve* score_of(const PlottedRun& run, const std::string& item);

} // namespace circuitloom::ui
