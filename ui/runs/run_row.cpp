#include "ui/runs/run_row.h"

#include <QCoreApplication>

namespace circuitloom::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Runs", text);
}

} // namespace

QString method_text(const RunRow& row)
{
    const RunDescription& run = row.summary.description;
    if (run.method == "full")
        return tr("all parameters");
    const QString edges = run.top_n > 0 ? tr("N %1").arg(run.top_n) : tr("over a threshold");
    if (run.method == "random")
        return edges + tr(" · redrawn at random");
    if (row.discover_every == 1)
        return edges + tr(" · every step");
    return edges + tr(" · every %1 steps").arg(row.discover_every);
}

QString state_text(const RunRow& row)
{
    const RunSummary& run = row.summary;
    const QString step = tr("step %1 of %2").arg(run.steps_done).arg(run.description.steps);
    switch (run.state) {
    case RunState::running:
        return step;
    case RunState::paused:
        return tr("paused · ") + step;
    case RunState::finished:
        return tr("finished · %1 steps").arg(run.steps_done);
    case RunState::stopped:
        return tr("stopped · ") + step;
    case RunState::failed:
        return tr("failed · ") + step;
    case RunState::interrupted:
        return tr("interrupted · ") + step;
    }
    return {};
}

} // namespace circuitloom::ui
