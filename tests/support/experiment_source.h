#pragma once

#include "core/layout/lattice_layout.h"
#include "core/run/silent_observer.h"
#include "tests/support/fake_engine.h"
#include "ui/export/export_work.h"
#include "ui/session/run_history.h"

#include <QString>

namespace circuitloom::testing {

/// Writes an experiment of one run into `file` and says how it is shown.
inline ui::ExportSource experiment_source(const QString& file, int steps)
{
    SilentObserver observer;
    RunControl control;
    FakeEngine engine;
    RunConfig config = preset("sv-disagreement");
    config.steps = steps;
    config.name = "a run";
    engine.tune(config, file.toStdString(), observer, control, {});
    const ExperimentReader reader(file.toStdString());
    const ui::RunHistory run = ui::load_history(reader, reader.runs().front());
    ui::ExportSource source;
    source.file = file.toStdString();
    source.origin = { "demo", run.summary.id.value, "a run", "circuit" };
    source.steps = ui::iteration_steps(run);
    source.iteration = steps / 2;
    source.look.graph = run.graph;
    source.look.layout = std::make_shared<const CircuitLayout>(lattice_layout(*run.graph));
    source.theme = ui::theme(false);
    source.curves
        = { { run.summary.id, QStringLiteral("a run"), QColor(0, 90, 160), steps, run.curves } };
    return source;
}

} // namespace circuitloom::testing
