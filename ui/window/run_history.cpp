#include "ui/window/run_history.h"

#include "core/base/error.h"
#include "core/run/run_measures.h"

#include <limits>

namespace circuitloom::ui {

namespace {

constexpr int shown_large_changes = 5;

std::vector<double> turnover(const RunHistory& run)
{
    std::vector<double> shares;
    shares.reserve(run.iterations.size());
    for (const IterationRecord& record : run.iterations)
        shares.push_back(record.edges > 0 ? static_cast<double>(record.entered) / record.edges : 0);
    return shares;
}

/// A run is worth showing even where its configuration is of another version of the program.
RunConfig config_of(const RunSummary& summary)
{
    try {
        return run_config_from_json(summary.description.configuration);
    } catch (const Error&) {
        RunConfig config;
        config.name = summary.description.name;
        config.steps = summary.description.steps;
        config.selection.n = summary.description.top_n;
        config.evaluate_every = 0;
        return config;
    }
}

} // namespace

RunHistory load_history(const ExperimentReader& reader, const RunSummary& summary)
{
    RunHistory run;
    run.summary = summary;
    run.config = config_of(summary);
    run.curves = std::make_shared<CurveData>(metric_of(summary.description));
    run.graph = std::make_shared<const ComputationalGraph>(
        summary.description.shape, summary.description.graph);
    run.iterations = reader.iterations(summary.id);
    run.marks = reader.marks(summary.id);
    run.checkpoints = reader.checkpoints(summary.id);
    run.bookmarks = reader.bookmarks(summary.id);
    for (const IterationRecord& record : run.iterations)
        run.curves->add(record);
    for (const StepRecord& record : reader.steps(summary.id))
        run.curves->add(record);
    for (const EvaluationRecord& record : reader.evaluations(summary.id))
        run.curves->add(record);
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

TimelineMarks timeline_marks(const RunHistory& run)
{
    TimelineMarks marks;
    marks.steps = iteration_steps(run);
    for (const IterationRecord& record : run.iterations)
        marks.entered.push_back(record.entered);
    marks.evaluations = run.curves->evaluation_steps();
    marks.marks = run.marks;
    marks.checkpoints = run.checkpoints;
    marks.bookmarks = run.bookmarks;
    marks.large_changes = large_changes(turnover(run), shown_large_changes);
    marks.evaluate_every = run.config.evaluate_every;
    return marks;
}

std::vector<int> iteration_steps(const RunHistory& run)
{
    std::vector<int> steps;
    steps.reserve(run.iterations.size());
    for (const IterationRecord& record : run.iterations)
        steps.push_back(record.step);
    return steps;
}

} // namespace circuitloom::ui
