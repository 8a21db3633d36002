#include "ui/difference/compared_choice.h"

#include <algorithm>

namespace circuitloom::ui {

namespace {

bool lists(const ComparedCircuits& found, RunId run)
{
    return std::ranges::find(found.runs, run, &RunSummary::id) != found.runs.end();
}

} // namespace

ComparedWith one_more(const ComparedCircuits& found, const std::vector<ComparedWith>& there)
{
    ComparedWith more{ found.wish.shown, Alignment::step, 0 };
    for (const RunSummary& run : found.runs)
        if (run.id != found.wish.shown && run.iterations > 0
            && std::ranges::find(there, run.id, &ComparedWith::run) == there.end())
            more = { run.id, there.empty() ? Alignment::step : there.back().by, std::nullopt };
    return more;
}

std::vector<ComparedWith> still_there(const std::vector<ComparedWith>& earlier,
    const ComparedCircuits& found, std::optional<RunId> before)
{
    std::vector<ComparedWith> now;
    for (ComparedWith side : earlier) {
        if (before && before != found.wish.shown && side.run == found.wish.shown
            && lists(found, *before))
            side.run = *before;
        now.push_back(lists(found, side.run) ? side : one_more(found, now));
    }
    return now;
}

} // namespace circuitloom::ui
