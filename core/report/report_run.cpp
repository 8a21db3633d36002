#include "core/analysis/large_changes.h"
#include "core/analysis/run_figures.h"
#include "core/report/report.h"
#include "core/run/imported_run.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace circuitloom {

namespace {

/// Every how manyth circuit is kept.
int stride_for(const std::vector<IterationRecord>& iterations, std::size_t most_scores)
{
    const double all = std::accumulate(iterations.begin(), iterations.end(), 0.0,
        [](double sum, const IterationRecord& iteration) { return sum + iteration.edges; });
    const double most = std::max(1.0, static_cast<double>(most_scores));
    return std::max(1, static_cast<int>(std::ceil(all / most)));
}

} // namespace

ReportRun read_report_run(const ExperimentReader& reader, RunId id, std::size_t most_scores,
    const std::function<void()>& between)
{
    ReportRun run;
    run.summary = reader.run(id);
    run.config = known_config(run.summary.description);
    run.iterations = reader.iterations(id);
    run.evaluations = reader.evaluations(id);
    run.graph = std::make_shared<const ComputationalGraph>(
        run.summary.description.shape, run.summary.description.graph);
    run.stride = stride_for(run.iterations, most_scores);
    const int last = static_cast<int>(run.iterations.size()) - 1;
    for (int iteration = 0; iteration <= last; ++iteration) {
        if (iteration % run.stride != 0 && iteration != last)
            continue;
        if (between)
            between();
        run.circuits.push_back({ iteration, reader.circuit(id, { iteration }) });
    }
    return run;
}

std::optional<int> most_changed_iteration(const ReportRun& run)
{
    const int last = static_cast<int>(run.iterations.size()) - 1;
    if (last < 2)
        return std::nullopt;
    std::vector<LargeChange> changes = large_changes(turnover(run.iterations), last);
    std::erase_if(changes, [last](const LargeChange& one) { return one.iteration == last; });
    if (changes.empty())
        return last / 2;
    return std::ranges::max_element(changes, {}, &LargeChange::turnover)->iteration;
}

} // namespace circuitloom
