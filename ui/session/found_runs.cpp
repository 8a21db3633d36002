// What others write to the open file: ExperimentFile::take_found() and what it needs.
#include "ui/session/experiment_file.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

bool is_under_way(const RunSummary& run)
{
    return run.state == RunState::running || run.state == RunState::paused;
}

bool has_other_rows(const RunHistory& known, const RunSummary& found)
{
    return found.iterations != static_cast<int>(known.iterations.size())
        || found.steps_done != known.summary.steps_done;
}

/// Some of what is known is not in the file any more: the run went on from a checkpoint.
bool was_written_anew(const RunHistory& known, const RunSummary& found)
{
    return found.iterations < static_cast<int>(known.iterations.size())
        || found.steps_done < known.summary.steps_done
        || (!is_under_way(known.summary) && has_other_rows(known, found));
}

} // namespace

void ExperimentFile::take_found(const std::vector<RunSummary>& found, std::optional<RunId> own)
{
    std::vector<RunId> gone;
    for (const RunHistory& run : runs_) {
        const auto is_this
            = [&](const RunSummary& other) { return other.id == run.summary.id; };
        if (run.summary.id != own && std::ranges::none_of(found, is_this))
            gone.push_back(run.summary.id);
    }
    for (const RunId run : gone)
        drop(run);

    bool came = false;
    for (const RunSummary& summary : found) {
        const RunId id = summary.id;
        if (id == own || is_removed(id) || anew_.contains(id))
            continue;
        const RunHistory* known = find(id);
        if (!known) {
            const auto place = std::ranges::find_if(
                runs_, [id](const RunHistory& run) { return run.summary.id > id; });
            runs_.insert(place, history_of(summary));
            came = true;
        } else if (known->complete && was_written_anew(*known, summary)) {
            read_anew(id);
        } else if (known->complete
            && (has_other_rows(*known, summary) || known->summary.state != summary.state)) {
            tail_.read(id, {});
        }
    }
    if (!came)
        return;
    Q_EMIT runs_changed();
    if (!current_ && !wanted_)
        select(runs_.back().summary.id);
    read_others();
}

bool ExperimentFile::is_removed(RunId run) const
{
    const std::vector<RunId> removed = removed_runs();
    return std::ranges::find(removed, run) != removed.end();
}

void ExperimentFile::drop(RunId id)
{
    const auto found = std::ranges::find_if(
        runs_, [id](const RunHistory& run) { return run.summary.id == id; });
    if (wanted_ == id)
        wanted_.reset();
    if (found == runs_.end())
        return;
    const bool shown = current_ == id;
    const auto place = static_cast<std::size_t>(found - runs_.begin());
    runs_.erase(found);
    if (shown)
        leave_current(place);
    else
        Q_EMIT runs_changed();
}

void ExperimentFile::read_anew(RunId run)
{
    anew_.insert(run);
    reader_.read(
        number_,
        [this, number = number_, run](const ExperimentReader& reader) -> FileReader::Delivery {
            auto history = std::make_shared<RunHistory>(load_history(reader, reader.run(run)));
            return [this, number, history] {
                if (number == number_)
                    take_anew(std::move(*history));
            };
        },
        [this, number = number_, run](const QString& sentence) {
            if (number != number_)
                return;
            anew_.erase(run);
            Q_EMIT failed(sentence);
        });
}

void ExperimentFile::take_anew(RunHistory history)
{
    const RunId id = history.summary.id;
    anew_.erase(id);
    RunHistory* known = find(id);
    if (!known)
        return;
    *known = std::move(history);
    if (current_ == id)
        follow_current(id);
    Q_EMIT runs_changed();
    if (current_ == id)
        Q_EMIT current_run_changed();
}

} // namespace circuitloom::ui
