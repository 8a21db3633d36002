#include "ui/runs/run_row.h"

#include "core/run/imported_run.h"
#include "core/run/observed_run.h"
#include "ui/base/measure_text.h"

#include <QCoreApplication>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Runs)
};

/// Of a run of a file that does not say what its metric is.
const std::string unknown_metric = "metric";

Measure metric_of(const RunRow& row)
{
    return measure_named(row.measure.empty() ? unknown_metric : row.measure);
}

QString with_sign(const Measure& measure, double value)
{
    const QString text = shown_value(measure, value);
    return value >= 0 ? u'+' + text : text;
}

QString with_reason(const QString& text, const RunSummary& run)
{
    return run.message.empty() ? text
                               : text + QStringLiteral(": ") + QString::fromStdString(run.message);
}

/// Of a run of checkpoints that others trained.
QString observed_text(const RunRow& row)
{
    const RunSummary& run = row.summary;
    const QString seen = Words::tr("%n checkpoint(s)", nullptr, run.iterations);
    if (row.elsewhere)
        return (run.state == RunState::paused ? Words::tr("paused by another process · ")
                                              : Words::tr("observed by another process · "))
            + seen;
    switch (run.state) {
    case RunState::running:
        return Words::tr("observing · ") + seen;
    case RunState::paused:
        return Words::tr("paused · ") + seen;
    case RunState::finished:
        return Words::tr("observed · ") + seen;
    case RunState::stopped:
        return Words::tr("stopped · ") + seen;
    case RunState::failed:
        return with_reason(Words::tr("failed · ") + seen, run);
    case RunState::interrupted:
        return Words::tr("interrupted · ") + seen;
    }
    return {};
}

} // namespace

QString method_text(const RunRow& row)
{
    const RunDescription& run = row.summary.description;
    if (is_imported(run))
        return Words::tr("circuits of another program");
    if (is_observed(run))
        return run.top_n > 0 ? Words::tr("N %1 · of checkpoints trained elsewhere").arg(run.top_n)
                             : Words::tr("of checkpoints trained elsewhere");
    if (run.method == "full")
        return Words::tr("all parameters");
    if (run.method == "lora")
        return Words::tr("low-rank adapters");
    if (run.method == "bitfit")
        return Words::tr("biases");
    if (run.method == "gradient-redrawn")
        return Words::tr("largest gradients · redrawn");
    if (run.method == "random-entries")
        return Words::tr("random entries · chosen once");
    if (run.method == "gradient" || run.method == "fisher" || run.method == "magnitude"
        || run.method == "snip" || run.method == "taylor")
        return Words::tr("entries by %1 · chosen once").arg(QString::fromStdString(run.method));
    const QString edges
        = run.top_n > 0 ? Words::tr("N %1").arg(run.top_n) : Words::tr("over a threshold");
    if (run.method == "random")
        return edges + Words::tr(" · redrawn at random");
    if (run.method == "fixed")
        return edges + Words::tr(" · chosen once");
    if (row.discover_every == 1)
        return edges + Words::tr(" · every step");
    return edges + Words::tr(" · every %1 steps").arg(row.discover_every);
}

QString state_text(const RunRow& row)
{
    const RunSummary& run = row.summary;
    if (row.ticket > 0)
        return row.goes_on ? Words::tr("queued to resume") : Words::tr("queued");
    if (is_imported(run.description))
        return Words::tr("imported · %n circuit(s)", nullptr, static_cast<int>(run.iterations));
    if (is_observed(run.description))
        return observed_text(row);
    const QString step = Words::tr("step %1 of %2").arg(run.steps_done).arg(run.description.steps);
    if (row.elsewhere)
        return (run.state == RunState::paused ? Words::tr("paused by another process · ")
                                              : Words::tr("trained by another process · "))
            + step;
    switch (run.state) {
    case RunState::running:
        return row.time_left.isEmpty() ? step : step + QStringLiteral(" · ") + row.time_left;
    case RunState::paused:
        return Words::tr("paused · ") + step;
    case RunState::finished:
        return Words::tr("finished · %n step(s)", nullptr, static_cast<int>(run.steps_done));
    case RunState::stopped:
        return Words::tr("stopped · ") + step;
    case RunState::failed:
        return with_reason(Words::tr("failed · ") + step, run);
    case RunState::interrupted:
        return Words::tr("interrupted · ") + step;
    }
    return {};
}

QString metric_title(const RunRow& row)
{
    return title_of(metric_of(row));
}

QString figures_text(const RunRow& row, const QString& metric)
{
    QStringList parts;
    if (row.ticket == 0 && row.summary.last_loss)
        parts << title_of(measures::loss) + u' '
                + shown_value(measures::loss, *row.summary.last_loss);
    if (row.ticket == 0 && row.summary.last_metric)
        parts << metric + u' ' + with_sign(metric_of(row), *row.summary.last_metric);
    return parts.join(QStringLiteral(" · "));
}

bool can_go_on(RunState state)
{
    return state == RunState::stopped || state == RunState::failed
        || state == RunState::interrupted;
}

} // namespace circuitloom::ui
