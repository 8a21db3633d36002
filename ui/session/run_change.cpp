#include "ui/session/run_change.h"

namespace circuitloom::ui {

namespace {

bool has_other_rows(const RunHistory& known, const RunSummary& found)
{
    return found.iterations != static_cast<int>(known.iterations.size())
        || found.steps_done != known.summary.steps_done;
}

// A run that had ended and has other rows now went on from a checkpoint, however many they are.
bool was_written_anew(const RunHistory& known, const RunSummary& found)
{
    return found.iterations < static_cast<int>(known.iterations.size())
        || found.steps_done < known.summary.steps_done
        || (!is_under_way(known.summary.state) && has_other_rows(known, found));
}

} // namespace

RunChange change_of(const RunHistory& known, const RunSummary& found)
{
    if (was_written_anew(known, found))
        return RunChange::written_anew;
    if (has_other_rows(known, found) || known.summary.state != found.state)
        return RunChange::news;
    return RunChange::none;
}

} // namespace circuitloom::ui
