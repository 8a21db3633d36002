#include "ui/session/run_history.h"

#include "core/run/imported_run.h"
#include "core/run/run_measures.h"

#include <algorithm>
#include <limits>

namespace circuitloom::ui {

namespace {

/// A run is worth showing even where its configuration is of another version of the program.
RunConfig stand_in(const RunSummary& summary)
{
    RunConfig config;
    config.name = summary.description.name;
    config.steps = summary.description.steps;
    config.selection.n = summary.description.top_n;
    config.evaluate_every = 0;
    return config;
}

} // namespace

RunHistory history_of(const RunSummary& summary)
{
    RunHistory run;
    run.summary = summary;
    run.config = known_config(summary.description).value_or(stand_in(summary));
    run.curves = std::make_shared<CurveData>(metric_of(summary.description));
    run.curves->set_examples_per_step(
        static_cast<double>(run.config.batch) * run.config.accumulate);
    run.graph = std::make_shared<const ComputationalGraph>(
        summary.description.shape, summary.description.graph);
    return run;
}

HistoryPosition position_of(const RunHistory& run)
{
    HistoryPosition position;
    position.iterations = static_cast<int>(run.iterations.size());
    // A point of the curve stands at the weights before its step.
    if (!run.curves->loss().empty())
        position.step = static_cast<int>(run.curves->loss().back().step) + 1;
    if (!run.curves->evaluation_steps().empty())
        position.evaluated = run.curves->evaluation_steps().back();
    return position;
}

RunNews read_news(const ExperimentReader& reader, RunId run, const HistoryPosition& from)
{
    RunNews news;
    news.summary = reader.run(run);
    news.iterations = reader.iterations(run, IterationIndex{ from.iterations });
    // Read after the iterations: what it has of later ones comes again with these.
    news.certainties = reader.certainties(run, IterationIndex{ from.iterations });
    news.steps = reader.steps(run, from.step);
    // The suites of one step may have been written one after another.
    news.evaluations = reader.evaluations(run, std::max(-1, from.evaluated - 1));
    news.marks = reader.marks(run);
    news.checkpoints = reader.checkpoints(run);
    news.bookmarks = reader.bookmarks(run);
    return news;
}

void append(RunHistory& run, const RunNews& news)
{
    run.summary = news.summary;
    for (const IterationRecord& record : news.iterations) {
        if (record.index.value != static_cast<int>(run.iterations.size()))
            continue;
        run.iterations.push_back(record);
        run.curves->add(record);
    }
    const auto count = static_cast<int>(run.iterations.size());
    for (const IterationCertainty& certainty : news.certainties) {
        const int known = run.certainties.empty() ? -1 : run.certainties.back().iteration.value;
        if (certainty.iteration.value <= known || certainty.iteration.value >= count)
            continue;
        run.certainties.push_back(certainty);
        run.curves->add_stability(
            run.iterations[static_cast<std::size_t>(certainty.iteration.value)].step,
            certainty.stability.jaccard);
    }
    for (const StepRecord& record : news.steps)
        run.curves->add(record);
    for (const EvaluationRecord& record : news.evaluations)
        run.curves->add(record);
    run.marks = news.marks;
    run.checkpoints = news.checkpoints;
    run.bookmarks = news.bookmarks;
}

RunHistory load_history(const ExperimentReader& reader, const RunSummary& summary)
{
    RunHistory run = history_of(summary);
    append(run, read_news(reader, summary.id, {}));
    run.complete = true;
    return run;
}

double seconds_per_step(const RunHistory& run)
{
    double seconds = 0;
    for (const IterationRecord& record : run.iterations)
        seconds += record.seconds;
    const int steps = run.iterations.empty() ? 0 : run.iterations.back().step;
    return steps > 0 ? seconds / steps : std::numeric_limits<double>::quiet_NaN();
}

std::vector<int> iteration_steps(const RunHistory& run)
{
    std::vector<int> steps;
    steps.reserve(run.iterations.size());
    for (const IterationRecord& record : run.iterations)
        steps.push_back(record.step);
    return steps;
}

std::optional<CircuitStability> stability_at(
    const std::vector<IterationCertainty>& certainties, int iteration)
{
    const auto at = std::ranges::lower_bound(certainties, iteration, {},
        [](const IterationCertainty& certainty) { return certainty.iteration.value; });
    return at != certainties.end() && at->iteration.value == iteration
        ? std::optional(at->stability)
        : std::nullopt;
}

} // namespace circuitloom::ui
