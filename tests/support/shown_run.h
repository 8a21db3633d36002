#pragma once

#include "tests/support/fake_panel_context.h"
#include "tests/support/written_runs.h"
#include "ui/base/file_path.h"

#include <QFile>
#include <QTemporaryDir>

namespace circuitloom::testing {

/// Makes `context` show an iteration of a run of so many, which is written to a file in `folder`.
inline void show_run(
    FakePanelContext& context, const QTemporaryDir& folder, int iterations, int shown)
{
    const QString file = folder.filePath(QStringLiteral("%1.loom").arg(iterations));
    if (!QFile::exists(file))
        write_run(file, "one", iterations);
    const ExperimentReader reader(ui::path_of(file));
    const RunSummary summary = reader.runs().front();
    context.history = ui::load_history(reader, summary);
    context.shown = ui::ShownPlace{ file, summary.id, shown,
        context.history->iterations[static_cast<std::size_t>(shown)].step,
        context.history->graph };
    context.circuit.clear();
    for (const ScoredEdge& edge : reader.circuit(summary.id, IterationIndex{ shown }))
        context.circuit.push_back({ edge.edge, static_cast<double>(edge.score), {}, {}, {}, {} });
}

} // namespace circuitloom::testing
