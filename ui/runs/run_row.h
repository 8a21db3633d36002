#pragma once

#include "core/store/records.h"

#include <QColor>
#include <QMetaType>

#include <vector>

namespace circuitloom::ui {

/// What the list shows of one run.
struct RunRow
{
    RunSummary summary;
    QColor color;
    std::vector<float> metric; ///< over the steps, thinned for a sparkline
    bool plotted = false; ///< its curves are shown beside the current run's
    int discover_every = 1; ///< steps
};

/// As in "N 30 · every step", "all parameters".
QString method_text(const RunRow& row);
/// As in "step 46 of 100", "finished", "failed: …".
QString state_text(const RunRow& row);

} // namespace circuitloom::ui

Q_DECLARE_METATYPE(circuitloom::ui::RunRow)
