#pragma once

#include "core/analysis/sweep_points.h"
#include "core/formats/table_text.h"
#include "ui/compare/run_columns.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace circuitloom::ui {

/// Runs of one measure that differ in nothing but what is swept and their seeds.
struct SweepSeries
{
    QString name; ///< the settings that tell it from the others; empty where it is the only one
    std::vector<SweepPoint> points; ///< x is a value, or the place of a word in SweepChart::words
};

struct SweepMeasure
{
    RunColumn column;
    std::vector<SweepSeries> series; ///< the same, in the same order, for every measure of a chart
    std::vector<double> values; ///< of each run that SweepPoint::runs counts
};

/// What runs came to by the value of one setting: a plot for each measure, over the same values.
struct SweepChart
{
    QString setting; ///< as in circuit.top_n
    QStringList words; ///< its values in the file's order where they are no numbers; else empty
    std::vector<double> ticks; ///< the values themselves, rising; or the places of the words
    bool logarithmic = false;
    std::vector<SweepMeasure> measures;
    int left_out = 0; ///< runs that have not finished
    int unreadable = 0; ///< left out as well: finished runs whose settings are not known
};

/// The settings in which the finished runs differ, those with most values first. Here and below
/// runs that were not tuned, imported and observed ones, do not count, nor those whose settings are
/// not known.
QStringList swept_settings(const std::vector<ComparedRun>& runs);
/// Whether the axis may be logarithmic: its values are numbers above 0. Of a setting that the runs do
/// not differ in: not.
bool has_logarithm(const std::vector<ComparedRun>& runs, const QString& setting);
/// Whether it is better so: the greatest value is 20 times the least, or more.
bool spans_decades(const std::vector<ComparedRun>& runs, const QString& setting);
/// Of the finished runs. `measures` come from columns_of() of the same runs and have a value.
/// Without `logarithmic`, or where there is no logarithm, the axis is linear.
SweepChart sweep_chart(const std::vector<ComparedRun>& runs, const QString& setting,
    const std::vector<RunColumn>& measures, bool logarithmic);

/// The measures that one looks at first: the tunable share, the task's metric, and a perplexity or,
/// where there is none, what the capabilities kept. Places in `columns`; three at most.
std::vector<std::size_t> first_measures(
    const std::vector<ComparedRun>& runs, const std::vector<RunColumn>& columns);

/// The chart's numbers: a row for each value and series, for each measure its mean, its standard
/// deviation and the number of runs.
QString sweep_text(const SweepChart& chart, TableLayout layout);

} // namespace circuitloom::ui
