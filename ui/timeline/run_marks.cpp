#include "ui/timeline/run_marks.h"

#include "core/analysis/run_figures.h"
#include "core/run/observed_run.h"
#include "ui/base/core_text.h"

#include <algorithm>
#include <iterator>

namespace circuitloom::ui {

namespace {

constexpr int shown_large_changes = 5;

} // namespace

TimelineMarks timeline_marks(const RunHistory& run, const HorizontalAxis& axis)
{
    TimelineMarks marks;
    marks.steps = iteration_steps(run);
    if (const StepPlaces places = run.curves->places(axis.quantity); places.known())
        for (const int step : marks.steps)
            marks.places.push_back(axis.along(places.of(step)));
    for (const IterationRecord& record : run.iterations)
        marks.entered.push_back(record.entered);
    marks.evaluations = run.curves->evaluation_steps();
    std::ranges::remove_copy_if(run.marks, std::back_inserter(marks.marks), is_observed_model);
    for (MarkRecord& mark : marks.marks)
        if (mark.kind == "reached")
            mark.label = core_text_with_end(mark.label).toStdString();
    marks.checkpoints = run.checkpoints;
    marks.bookmarks = run.bookmarks;
    marks.large_changes = large_changes(turnover(run.iterations), shown_large_changes);
    // At each checkpoint of those that others trained, whatever the configuration says.
    marks.evaluate_every = is_observed(run.summary.description) ? 0 : run.config.evaluate_every;
    return marks;
}

} // namespace circuitloom::ui
