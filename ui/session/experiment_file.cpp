#include "ui/session/experiment_file.h"

#include "core/base/error.h"
#include "ui/base/file_path.h"
#include "ui/session/run_change.h"

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
               const RunHistory* history = runs_.find(run);
               return history ? position_of(*history) : HistoryPosition();
           },
              [this](RunId run, const RunNews& news) { take_news(run, news); },
              [this](const QString& sentence) { Q_EMIT failed(sentence); } })
    , history_reader_(reader_)
    , opener_(reader_, writer_)
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
    opener_.cancel();
    leave_file();
    file_.clear();
    Q_EMIT file_changed();
    Q_EMIT runs_changed();
    Q_EMIT current_run_changed();
    call_abandoned();
}

void ExperimentFile::open(const QString& file, Opening opening)
{
    opener_.open(
        file, opening.preferred, opening.also_read,
        [this, file, opening](OpenFile number, ExperimentContents& contents) {
            show_contents(file, number, contents, opening);
        },
        [this](const QString& sentence) { Q_EMIT failed(sentence); });
}

void ExperimentFile::show_contents(
    const QString& file, OpenFile number, ExperimentContents& contents, const Opening& opening)
{
    if (opening.before_shown && !opening.before_shown()) {
        reader_.close(number);
        return;
    }
    leave_file();
    number_ = number;
    tail_.follow(number_);
    history_reader_.follow(number_);
    file_ = QFileInfo(file).absoluteFilePath();
    runs_.replace(std::move(contents.runs));
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
    opener_.cancel();
    leave_file();
    file_ = QFileInfo(file).absoluteFilePath();
    number_ = reader_.open(
        file_, [](const ExperimentReader&) { return FileReader::Delivery(); },
        [this](const QString& sentence) { Q_EMIT failed(sentence); });
    tail_.follow(number_);
    history_reader_.follow(number_);
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
    history_reader_.follow({});
    std::move(begun_.begin(), begun_.end(), std::back_inserter(abandoned_));
    begun_.clear();
    runs_.replace({});
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
    return opener_.pending() || unread_ > 0 || wanted_ || tail_.reading() || !begun_.empty();
}

// Those that are not shown yet: their curves, and what they are compared by.
void ExperimentFile::read_others()
{
    for (const RunHistory& run : runs()) {
        if (run.complete || !asked_.insert(run.summary.id).second)
            continue;
        ++unread_;
        history_reader_.read(
            run.summary.id,
            [this](RunHistory history) {
                --unread_;
                take_history(std::move(history));
            },
            [this](const QString& sentence) {
                --unread_;
                tell_some_read();
                Q_EMIT failed(sentence);
            });
    }
}

void ExperimentFile::take_history(RunHistory history)
{
    const RunId id = history.summary.id;
    runs_.complete(std::move(history));
    if (wanted_ != id)
        return tell_some_read();
    Q_EMIT runs_changed();
    select(id);
}

void ExperimentFile::tell_some_read()
{
    constexpr int told_together = 8; // each time the whole list is made anew
    if (unread_ % told_together == 0)
        Q_EMIT runs_changed();
}

const RunHistory* ExperimentFile::run(RunId id) const
{
    return runs_.find(id);
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
    const RunHistory* history = run(id);
    if (!history)
        return;
    if (!history->complete) {
        wanted_ = id;
        history_reader_.read_newest(
            id, [this](RunHistory read) { take_history(std::move(read)); },
            [this, id](const QString& sentence) {
                if (wanted_ == id)
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
    runs_.insert(std::move(history));
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
    history_reader_.read(
        run,
        [this, go_on](RunHistory history) {
            insert(std::move(history));
            go_on();
        },
        [this, go_on](const QString& sentence) {
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
    if (runs_.find(run))
        tail_.read(run, std::move(then));
    else if (then)
        then();
}

// Records first: the timeline knows an iteration's marks before it is shown.
void ExperimentFile::take_news(RunId run, const RunNews& news)
{
    RunHistory* history = runs_.find(run);
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

void ExperimentFile::take_found(const std::vector<RunSummary>& found, std::optional<RunId> own)
{
    std::vector<RunId> gone;
    for (const RunHistory& run : runs()) {
        const auto is_this = [&](const RunSummary& other) { return other.id == run.summary.id; };
        if (run.summary.id != own && std::ranges::none_of(found, is_this))
            gone.push_back(run.summary.id);
    }
    for (const RunId run : gone)
        drop(run);

    bool came = false;
    for (const RunSummary& summary : found) {
        const RunId id = summary.id;
        if (id == own || runs_.is_removed(id) || anew_.contains(id))
            continue;
        const RunHistory* known = runs_.find(id);
        if (!known) {
            runs_.insert(history_of(summary));
            came = true;
        } else if (known->complete) {
            const RunChange change = change_of(*known, summary);
            if (change == RunChange::written_anew)
                read_anew(id);
            else if (change == RunChange::news)
                tail_.read(id, {});
        }
    }
    if (!came)
        return;
    Q_EMIT runs_changed();
    if (!current_ && !wanted_)
        select(runs().back().summary.id);
    read_others();
}

void ExperimentFile::read_anew(RunId run)
{
    anew_.insert(run);
    history_reader_.read(
        run, [this](RunHistory history) { take_anew(std::move(history)); },
        [this, run](const QString& sentence) {
            anew_.erase(run);
            Q_EMIT failed(sentence);
        });
}

void ExperimentFile::take_anew(RunHistory history)
{
    const RunId id = history.summary.id;
    anew_.erase(id);
    RunHistory* known = runs_.find(id);
    if (!known)
        return;
    *known = std::move(history);
    if (current_ == id)
        follow_current(id);
    Q_EMIT runs_changed();
    if (current_ == id)
        Q_EMIT current_run_changed();
}

void ExperimentFile::remove(RunId id)
{
    if (const std::optional<std::size_t> place = runs_.remove(id))
        show_without(id, *place);
}

void ExperimentFile::drop(RunId id)
{
    if (wanted_ == id)
        wanted_.reset();
    if (const std::optional<std::size_t> place = runs_.drop(id))
        show_without(id, *place);
}

void ExperimentFile::show_without(RunId id, std::size_t place)
{
    if (wanted_ == id)
        wanted_.reset();
    if (current_ == id)
        leave_current(place);
    else
        Q_EMIT runs_changed();
}

// The run shown is gone: the one that stood after it comes in its place, or else the last one.
void ExperimentFile::leave_current(std::size_t place)
{
    follow_current(std::nullopt);
    Q_EMIT runs_changed();
    const RunHistory* next = runs_.at_or_last(place);
    const std::optional<RunId> id = next ? std::optional(next->summary.id) : std::nullopt;
    if (next && next->complete)
        follow_current(id);
    Q_EMIT current_run_changed();
    if (!current_ && id)
        select(*id);
}

void ExperimentFile::undo_remove()
{
    std::optional<RunHistories::Removed> removed = runs_.take_last_removed();
    if (!removed)
        return;
    if (auto* history = std::get_if<RunHistory>(&*removed)) {
        const RunId id = history->summary.id;
        const bool complete = history->complete;
        insert(std::move(*history));
        if (!complete)
            select(id);
    } else {
        add_bookmark(std::get<Bookmark>(*removed));
    }
}

void ExperimentFile::delete_removed()
{
    delete_removed_runs();
    runs_.forget_removed();
}

void ExperimentFile::delete_removed_runs()
{
    for (const RunId run : removed_runs())
        writer_.delete_run(file_, run);
    runs_.forget_removed_runs();
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
            for (const RunHistory& run : runs()) // some of their checkpoints may have gone
                if (run.complete)
                    read_news(run.summary.id);
            Q_EMIT compacted(outcome->done);
        });
}

void ExperimentFile::rename(RunId id, const QString& name)
{
    RunHistory* history = runs_.find(id);
    const std::string text = name.trimmed().toStdString();
    if (!history || text.empty() || history->summary.description.name == text)
        return;
    history->summary.description.name = text;
    writer_.rename(file_, id, text);
    Q_EMIT runs_changed();
}

void ExperimentFile::set_notes(RunId id, const QString& text)
{
    RunHistory* history = runs_.find(id);
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
                runs_.remember_removed(bookmark);
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
