#include "ui/session/experiment_contents.h"

#include <algorithm>

namespace circuitloom::ui {

ExperimentContents read_contents(const ExperimentReader& reader, std::optional<RunId> preferred)
{
    ExperimentContents contents;
    for (const RunSummary& summary : reader.runs())
        contents.runs.push_back(history_of(summary));
    contents.view = reader.view();
    if (!preferred && contents.view)
        preferred = contents.view->run;
    RunHistory* current = preferred ? find_run(contents.runs, *preferred) : nullptr;
    if (!current && !contents.runs.empty())
        current = &contents.runs.back();
    if (!current)
        return contents;
    *current = load_history(reader, current->summary);
    const RunId run = current->summary.id;
    contents.current = run;
    const int last = static_cast<int>(current->iterations.size()) - 1;
    for (int i = std::max(0, last - 1); i <= last; ++i)
        contents.circuits.emplace_back(i, reader.circuit(run, IterationIndex{ i }));
    return contents;
}

} // namespace circuitloom::ui
