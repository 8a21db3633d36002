#include "ui/session/experiment_file.h"

#include "core/base/error.h"
#include "ui/base/file_path.h"

#include <QFileInfo>

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

namespace circuitloom::ui {

namespace {

using Continuations = std::vector<std::function<void()>>;

void call_all(Continuations continuations)
{
    for (const std::function<void()>& next : continuations)
        if (next)
            next();
}

} // namespace

ExperimentFile::ExperimentFile()
    : circuits_(reader_)
    , tail_(reader_,
          { [this](RunId run) {
               const RunHistory* history = find(run);
               return history ? position_of(*history) : HistoryPosition();
           },
              [this](RunId run, const RunNews& news) { take_news(run, news); },
              [this](const QString& sentence) { Q_EMIT failed(sentence); } })
{
    connect(&circuits_, &RunCircuits::failed, this, &ExperimentFile::failed);
    connect(&writer_, &ExperimentWriter::failed, this, &ExperimentFile::failed);
}

ExperimentFile::~ExperimentFile()
{
    stop_compacting();
    delete_removed();
}

void ExperimentFile::close()
{
    ++open_calls_;
    open_pending_ = false;
    reader_.close(std::exchange(opening_, {}));
    leave_file();
    file_.clear();
    Q_EMIT file_changed();
    Q_EMIT runs_changed();
    Q_EMIT current_run_changed();
    call_abandoned();
}

void ExperimentFile::open(const QString& file, Opening opening)
{
    const int call = ++open_calls_;
    open_pending_ = true;
    reader_.close(std::exchange(opening_, {}));
    // In turn with what is still being written, perhaps to the same file.
    writer_.write([] {},
        [this, call, file, opening = std::move(opening)] {
            if (call == open_calls_)
                begin_reading(file, opening);
        });
}

void ExperimentFile::begin_reading(const QString& file, Opening opening)
{
    const int call = open_calls_;
    FileReader::Reading reading
        = [this, call, file, opening](const ExperimentReader& reader) -> FileReader::Delivery {
        const auto contents
            = std::make_shared<ExperimentContents>(read_contents(reader, opening.preferred));
        if (opening.also_read)
            opening.also_read();
        return [this, call, file, opening, contents] {
            if (call == open_calls_)
                show_contents(file, *contents, opening);
        };
    };
    opening_ = reader_.open(file, std::move(reading),
        [this, call](const QString& sentence) { opening_failed(call, sentence); });
}

void ExperimentFile::opening_failed(int call, const QString& sentence)
{
    if (call != open_calls_)
        return;
    open_pending_ = false;
    opening_ = {};
    Q_EMIT failed(sentence);
}

void ExperimentFile::show_contents(
    const QString& file, ExperimentContents& contents, const Opening& opening)
{
    open_pending_ = false;
    const OpenFile number = std::exchange(opening_, {});
    if (opening.before_shown && !opening.before_shown()) {
        reader_.close(number);
        return;
    }
    leave_file();
    number_ = number;
    tail_.follow(number_);
    file_ = QFileInfo(file).absoluteFilePath();
    runs_ = std::move(contents.runs);
    view_ = std::move(contents.view);
    follow_current(contents.current);
    for (auto& [iteration, circuit] : contents.circuits)
        circuits_.keep(iteration, std::move(circuit));
    Q_EMIT file_changed();
    Q_EMIT runs_changed();
    Q_EMIT current_run_changed();
    call_abandoned();
    if (opening.shown)
        opening.shown();
    read_others();
}

void ExperimentFile::begin(const QString& file)
{
    ++open_calls_;
    open_pending_ = false;
    reader_.close(std::exchange(opening_, {}));
    leave_file();
    file_ = QFileInfo(file).absoluteFilePath();
    number_ = reader_.open(
        file_, [](const ExperimentReader&) { return FileReader::Delivery(); },
        [this](const QString& sentence) { Q_EMIT failed(sentence); });
    tail_.follow(number_);
    Q_EMIT file_changed();
    Q_EMIT runs_changed();
    Q_EMIT current_run_changed();
    call_abandoned();
}

void ExperimentFile::leave_file()
{
    if (!file_.isEmpty())
        Q_EMIT leaving();
    delete_removed();
    reader_.close(std::exchange(number_, {}));
    abandoned_ = tail_.follow({});
    std::move(begun_.begin(), begun_.end(), std::back_inserter(abandoned_));
    begun_.clear();
    runs_.clear();
    wanted_.reset();
    anew_.clear();
    asked_.clear();
    view_.reset();
    unread_ = 0;
    follow_current(std::nullopt);
}

void ExperimentFile::call_abandoned()
{
    call_all(std::exchange(abandoned_, {}));
}

bool ExperimentFile::reading() const
{
    return open_pending_ || unread_ > 0 || wanted_ || tail_.reading() || !begun_.empty();
}

// Those that are not shown yet: their curves, and what they are compared by.
void ExperimentFile::read_others()
{
    for (const RunHistory& run : runs_) {
        if (run.complete || !asked_.insert(run.summary.id).second)
            continue;
        ++unread_;
        reader_.read(number_, history_reading(run.summary.id, true),
            [this, number = number_](const QString& sentence) {
                if (number != number_)
                    return;
                --unread_;
                Q_EMIT failed(sentence);
            });
    }
}

// `in_turn`: as read_others() asks for it.
FileReader::Reading ExperimentFile::history_reading(RunId run, bool in_turn)
{
    return [this, number = number_, run, in_turn](
               const ExperimentReader& reader) -> FileReader::Delivery {
        auto history = std::make_shared<RunHistory>(load_history(reader, reader.run(run)));
        return [this, number, history, in_turn] {
            if (number != number_)
                return;
            unread_ -= in_turn ? 1 : 0;
            take_history(std::move(*history));
        };
    };
}

void ExperimentFile::take_history(RunHistory history)
{
    const RunId id = history.summary.id;
    RunHistory* place = find(id);
    for (auto& removed : removed_)
        if (auto* run = std::get_if<RunHistory>(&removed); run && run->summary.id == id)
            place = run;
    if (place && !place->complete) {
        // Another name or other notes are on their way to the file.
        history.summary.description.name = place->summary.description.name;
        history.summary.notes = place->summary.notes;
        *place = std::move(history);
    }
    const bool was_wanted = wanted_ == id;
    constexpr int told_together = 8; // each time the whole list is made anew
    if (was_wanted || unread_ % told_together == 0)
        Q_EMIT runs_changed();
    if (was_wanted)
        select(id);
}

RunHistory* ExperimentFile::find(RunId id)
{
    return find_run(runs_, id);
}

const RunHistory* ExperimentFile::run(RunId id) const
{
    return find_run(runs_, id);
}

const RunHistory* ExperimentFile::current() const
{
    return current_ ? run(*current_) : nullptr;
}

void ExperimentFile::follow_current(std::optional<RunId> id)
{
    current_ = id;
    if (const RunHistory* run = current())
        circuits_.follow(number_, *id, static_cast<int>(run->iterations.size()));
    else
        circuits_.forget();
}

void ExperimentFile::select(RunId id)
{
    const RunHistory* run = find(id);
    if (!run)
        return;
    if (!run->complete) {
        wanted_ = id;
        reader_.read_newest(
            number_, history_reading(id, false), [this, number = number_](const QString& sentence) {
                if (number != number_)
                    return;
                wanted_.reset();
                Q_EMIT failed(sentence);
            });
        return;
    }
    wanted_.reset();
    if (current_ == id)
        return;
    follow_current(id);
    Q_EMIT current_run_changed();
}

void ExperimentFile::insert(RunHistory history)
{
    const RunId id = history.summary.id;
    const auto place = std::find_if(
        runs_.begin(), runs_.end(), [id](const RunHistory& run) { return run.summary.id >= id; });
    if (place != runs_.end() && place->summary.id == id)
        *place = std::move(history);
    else
        runs_.insert(place, std::move(history));
    wanted_.reset();
    follow_current(id);
    Q_EMIT runs_changed();
    Q_EMIT current_run_changed();
}

void ExperimentFile::show_begun(RunId run, std::function<void()> then)
{
    const auto go_on = [this, number = number_] {
        if (number == number_)
            call_all(std::exchange(begun_, {}));
    };
    begun_.push_back(std::move(then));
    reader_.read(
        number_,
        [this, number = number_, run, go_on](
            const ExperimentReader& reader) -> FileReader::Delivery {
            auto history = std::make_shared<RunHistory>(load_history(reader, reader.run(run)));
            return [this, number, history, go_on] {
                if (number == number_)
                    insert(std::move(*history));
                go_on();
            };
        },
        [this, number = number_, go_on](const QString& sentence) {
            if (number == number_)
                Q_EMIT failed(sentence);
            go_on();
        });
}

void ExperimentFile::read_news(RunId run, std::function<void()> then)
{
    if (!begun_.empty()) { // there is no history yet for them to be appended to
        begun_.push_back([this, run, then = std::move(then)] { read_news(run, then); });
        return;
    }
    if (find(run))
        tail_.read(run, std::move(then));
    else if (then)
        then();
}

// Records first: the timeline knows an iteration's marks before it is shown.
void ExperimentFile::take_news(RunId run, const RunNews& news)
{
    RunHistory* history = find(run);
    if (!history)
        return;
    const std::size_t before = history->iterations.size();
    const bool other_bookmarks = history->bookmarks != news.bookmarks;
    const bool other_state = history->summary.state != news.summary.state;
    const std::string name = history->summary.description.name;
    const std::string notes = history->summary.notes;
    append(*history, news);
    // What the user changed may be on its way to the file still.
    history->summary.description.name = name;
    history->summary.notes = notes;
    std::vector<int> steps;
    for (std::size_t i = before; i < history->iterations.size(); ++i)
        steps.push_back(history->iterations[i].step);
    const bool is_current = current_ == run;
    if (is_current)
        circuits_.set_count(static_cast<int>(history->iterations.size()));
    Q_EMIT records_added();
    if (is_current && !steps.empty())
        Q_EMIT iterations_added(steps);
    if (other_bookmarks)
        Q_EMIT bookmarks_changed();
    if (other_state)
        Q_EMIT runs_changed();
}

void ExperimentFile::remove(RunId id)
{
    const auto found = std::find_if(
        runs_.begin(), runs_.end(), [id](const RunHistory& run) { return run.summary.id == id; });
    if (found == runs_.end())
        return;
    const bool shown = current_ == id;
    const auto place = static_cast<std::size_t>(found - runs_.begin());
    removed_.emplace_back(std::move(*found));
    runs_.erase(found);
    if (wanted_ == id)
        wanted_.reset();
    if (shown)
        leave_current(place);
    else
        Q_EMIT runs_changed();
}

// The run shown is gone: the one that stood after it comes in its place, or else the last one.
void ExperimentFile::leave_current(std::size_t place)
{
    follow_current(std::nullopt);
    Q_EMIT runs_changed();
    const RunHistory* next
        = runs_.empty() ? nullptr : &runs_[std::min(place, runs_.size() - 1)];
    const std::optional<RunId> id = next ? std::optional(next->summary.id) : std::nullopt;
    if (next && next->complete)
        follow_current(id);
    Q_EMIT current_run_changed();
    if (!current_ && id)
        select(*id);
}

void ExperimentFile::undo_remove()
{
    if (removed_.empty())
        return;
    auto removed = std::move(removed_.back());
    removed_.pop_back();
    if (auto* history = std::get_if<RunHistory>(&removed)) {
        const RunId id = history->summary.id;
        const bool complete = history->complete;
        insert(std::move(*history));
        if (!complete)
            select(id);
    } else {
        add_bookmark(std::get<Bookmark>(removed));
    }
}

std::vector<RunId> ExperimentFile::removed_runs() const
{
    std::vector<RunId> runs;
    for (const auto& removed : removed_)
        if (const auto* run = std::get_if<RunHistory>(&removed))
            runs.push_back(run->summary.id);
    return runs;
}

void ExperimentFile::delete_removed()
{
    delete_removed_runs();
    removed_.clear();
}

void ExperimentFile::delete_removed_runs()
{
    for (const RunId run : removed_runs())
        writer_.delete_run(file_, run);
    std::erase_if(
        removed_, [](const auto& removed) { return std::holds_alternative<RunHistory>(removed); });
}

void ExperimentFile::compact()
{
    delete_removed_runs();
    Q_EMIT runs_changed();
    compaction_ = std::stop_source();
    struct Outcome
    {
        Compaction done;
        std::optional<QString> why_not;
    };
    const auto outcome = std::make_shared<Outcome>();
    writer_.write(
        [outcome, file = path_of(file_), stop = compaction_.get_token()] {
            try {
                outcome->done = compact_experiment(file, stop);
            } catch (const Cancelled&) {
                outcome->why_not = QString();
            } catch (const std::exception& error) {
                outcome->why_not = QString::fromUtf8(error.what());
            }
        },
        [this, outcome] {
            if (outcome->why_not) {
                Q_EMIT not_compacted(*outcome->why_not);
                return;
            }
            for (const RunHistory& run : runs_) // some of their checkpoints may have gone
                if (run.complete)
                    read_news(run.summary.id);
            Q_EMIT compacted(outcome->done);
        });
}

void ExperimentFile::rename(RunId id, const QString& name)
{
    RunHistory* history = find(id);
    const std::string text = name.trimmed().toStdString();
    if (!history || text.empty() || history->summary.description.name == text)
        return;
    history->summary.description.name = text;
    writer_.rename(file_, id, text);
    Q_EMIT runs_changed();
}

void ExperimentFile::set_notes(RunId id, const QString& text)
{
    RunHistory* history = find(id);
    const std::string notes = text.toStdString();
    if (!history || history->summary.notes == notes)
        return;
    history->summary.notes = notes;
    writer_.set_notes(file_, id, notes);
    Q_EMIT runs_changed();
}

void ExperimentFile::add_bookmark(const Bookmark& bookmark)
{
    writer_.add_bookmark(file_, bookmark, bookmarks_reading(bookmark.run));
}

void ExperimentFile::change_bookmark(const Bookmark& bookmark)
{
    writer_.change_bookmark(file_, bookmark, bookmarks_reading(bookmark.run));
}

void ExperimentFile::remove_bookmark(const Bookmark& bookmark)
{
    writer_.remove_bookmark(file_, bookmark,
        [this, number = number_, bookmark, read = bookmarks_reading(bookmark.run)] {
            if (number == number_) {
                removed_.emplace_back(bookmark);
                Q_EMIT bookmark_removed(bookmark);
            }
            read();
        });
}

// After a change went into the file: what is shown comes from there.
std::function<void()> ExperimentFile::bookmarks_reading(RunId run)
{
    return [this, number = number_, run] {
        if (number == number_)
            read_news(run);
    };
}

} // namespace circuitloom::ui
