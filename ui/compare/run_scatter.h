#pragma once

#include "ui/compare/run_columns.h"
#include "ui/compare/run_groups.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace circuitloom::ui {

/// One run in a plot of two measures.
struct ScatterRun
{
    RunId run;
    QString name;
    double x = 0;
    double y = 0;
    bool shown = false; ///< in the window
};

/// Runs that are one point of the plot, their mean; each alone is a faint one.
struct ScatterGroup
{
    QString name;
    QColor color;
    std::vector<ScatterRun> runs; ///< at least one
    double x = 0; ///< means over them
    double y = 0;
};

/// Runs are compared when each first reached so much, not at their ends.
struct Match
{
    RunColumn column;
    double reached = 0;
};

struct RunScatter
{
    RunColumn x;
    RunColumn y;
    std::vector<ScatterGroup> groups;
    /// Of `groups`, those whose means no other's beats in both, by rising x; empty where it is not
    /// known for both axes which way is better.
    std::vector<std::size_t> front;
    QStringList left_out; ///< names of runs without one of the values
};

RunScatter scatter_of(const std::vector<ComparedRun>& runs, Grouping grouping, const RunColumn& x,
    const RunColumn& y, const std::optional<Match>& match);

} // namespace circuitloom::ui
