#pragma once

#include "core/store/records.h"

#include <QColor>
#include <QMetaType>
#include <QString>

#include <string>
#include <vector>

namespace circuitloom::ui {

/// Which row is meant: a run of the file, or one that waits in the queue.
struct RunKey
{
    RunId run;
    int ticket = 0; ///< in the queue; 0 for a run of the file
    bool operator==(const RunKey&) const = default;
};

/// What the list shows of one run.
struct RunRow
{
    RunSummary summary; ///< of one that waits only name and settings
    QColor color;
    std::vector<float> metric; ///< over the steps, thinned for a sparkline
    bool plotted = false; ///< its curves are shown beside the current run's
    int discover_every = 1; ///< steps
    int ticket = 0; ///< in the queue; 0 for a run of the file
    bool goes_on = false; ///< waits to go on from a checkpoint
    bool elsewhere = false; ///< another process trains it
    std::string measure = {}; ///< the name of what its metric is; empty where it is not known
    QString time_left = {}; ///< as in "12 s left"; empty where it is not known

    RunKey key() const { return { ticket > 0 ? RunId{} : summary.id, ticket }; }
};

/// As in "N 30 · every step", "all parameters".
QString method_text(const RunRow& row);
/// As in "step 46 of 100 · 12 s left", "finished · 100 steps", "failed · step 3 of 9: …",
/// "trained by another process · step 46 of 100".
QString state_text(const RunRow& row);
/// What the run's metric is called.
QString metric_title(const RunRow& row);
/// The last batch's figures, as in "Loss 2.140 · Logit difference +3.10", with `metric` for the name
/// of the second; empty while there are none.
QString figures_text(const RunRow& row, const QString& metric);

/// Whether a run in this state can go on from a checkpoint.
bool can_go_on(RunState state);

} // namespace circuitloom::ui

Q_DECLARE_METATYPE(circuitloom::ui::RunRow)
