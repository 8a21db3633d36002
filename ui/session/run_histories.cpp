#include "ui/session/run_histories.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

RunHistory* RunHistories::find(RunId run)
{
    return find_run(runs_, run);
}

const RunHistory* RunHistories::find(RunId run) const
{
    return find_run(runs_, run);
}

void RunHistories::insert(RunHistory history)
{
    const RunId id = history.summary.id;
    const auto place
        = std::ranges::find_if(runs_, [id](const RunHistory& run) { return run.summary.id >= id; });
    if (place != runs_.end() && place->summary.id == id)
        *place = std::move(history);
    else
        runs_.insert(place, std::move(history));
}

void RunHistories::complete(RunHistory history)
{
    const RunId id = history.summary.id;
    RunHistory* place = find(id);
    for (Removed& removed : removed_)
        if (auto* run = std::get_if<RunHistory>(&removed); run && run->summary.id == id)
            place = run;
    if (!place || place->complete)
        return;
    history.summary.description.name = place->summary.description.name;
    history.summary.notes = place->summary.notes;
    *place = std::move(history);
}

std::optional<std::size_t> RunHistories::place_of(RunId run) const
{
    const RunHistory* found = find(run);
    return found ? std::optional(static_cast<std::size_t>(found - runs_.data())) : std::nullopt;
}

std::optional<std::size_t> RunHistories::drop(RunId run)
{
    const std::optional<std::size_t> place = place_of(run);
    if (place)
        runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(*place));
    return place;
}

const RunHistory* RunHistories::at_or_last(std::size_t place) const
{
    return runs_.empty() ? nullptr : &runs_[std::min(place, runs_.size() - 1)];
}

std::optional<std::size_t> RunHistories::remove(RunId run)
{
    const std::optional<std::size_t> place = place_of(run);
    if (!place)
        return std::nullopt;
    removed_.emplace_back(std::move(runs_[*place]));
    runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(*place));
    return place;
}

std::optional<RunHistories::Removed> RunHistories::take_last_removed()
{
    if (removed_.empty())
        return std::nullopt;
    Removed last = std::move(removed_.back());
    removed_.pop_back();
    return last;
}

std::vector<RunId> RunHistories::removed_runs() const
{
    std::vector<RunId> runs;
    for (const Removed& removed : removed_)
        if (const auto* run = std::get_if<RunHistory>(&removed))
            runs.push_back(run->summary.id);
    return runs;
}

bool RunHistories::is_removed(RunId run) const
{
    const std::vector<RunId> removed = removed_runs();
    return std::ranges::find(removed, run) != removed.end();
}

void RunHistories::forget_removed_runs()
{
    std::erase_if(removed_,
        [](const Removed& removed) { return std::holds_alternative<RunHistory>(removed); });
}

} // namespace circuitloom::ui
