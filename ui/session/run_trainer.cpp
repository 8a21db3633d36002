// What the session does with runs: train, queue, remove, rename.
#include "core/base/error.h"
#include "core/store/run_writer.h"
#include "ui/session/experiment_session.h"
#include "ui/base/file_path.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

QString new_file_name(const QString& folder)
{
    const QString stem = QDir(folder).filePath(QStringLiteral("untitled-")
        + QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd-HHmmss")));
    QString file = stem + QStringLiteral(".loom");
    for (int i = 2; QFileInfo::exists(file); ++i)
        file = stem + u'-' + QString::number(i) + QStringLiteral(".loom");
    return file;
}

} // namespace

void ExperimentSession::ensure_file()
{
    if (!file_.isEmpty())
        return;
    if (!QDir().mkpath(folder_))
        throw ResourceError(tr("Cannot make the folder %1.").arg(folder_).toStdString());
    const QString file = new_file_name(folder_);
    create_experiment(path_of(file));
    load(file, std::nullopt);
}

void ExperimentSession::start(const RunConfig& config)
{
    try {
        validate(config);
        ensure_file();
    } catch (const Error& error) {
        Q_EMIT failed(QString::fromStdString(error.what()));
        return;
    }
    queue({ .config = config, .goes_on = {}, .note = {} });
}

void ExperimentSession::go_on(RunId id)
{
    const RunHistory* history = run(id);
    if (!history || live_run() == id)
        return;
    const RunConfig config = history->config;
    leave_queue_if([id](const QueuedRun& run) { return run.goes_on == id; }); // not twice
    queue({ .config = config, .goes_on = id, .note = {} });
}

void ExperimentSession::queue(QueuedRun run)
{
    try {
        waiting_runs_.add(file_, run);
    } catch (const Error& error) {
        Q_EMIT failed(QString::fromStdString(error.what()));
    }
    queue_.add(std::move(run));
    start_waiting();
}

void ExperimentSession::load_queue()
{
    queue_.clear();
    WaitingRuns::Found found = waiting_runs_.of(file_);
    for (QueuedRun& run : found.runs)
        queue_.add(std::move(run));
    // Opening a file starts nothing by itself.
    holding_ = true;
    // A run that ended, or is gone, has nothing to go on with.
    leave_queue_if([this](const QueuedRun& run) {
        const RunHistory* begun = run.goes_on ? find(*run.goes_on) : nullptr;
        return run.goes_on && (!begun || begun->summary.state == RunState::finished);
    });
    for (const QString& sentence : found.unreadable)
        Q_EMIT failed(sentence);
}

void ExperimentSession::start_waiting()
{
    holding_ = false;
    begin_next();
}

void ExperimentSession::begin_next()
{
    if (!training_ && !holding_) {
        if (const std::optional<QueuedRun> next = take_waiting()) {
            training_ = true;
            begun_note_ = next->note;
            live_file_ = file_;
            preparing_ = engine_known_ ? tr("preparing the run") : tr("loading the engine");
            if (next->goes_on)
                worker_->resume_run(path_of(file_), *next->goes_on);
            else
                worker_->start(next->config, path_of(file_));
            messages_.start();
            Q_EMIT status_changed();
        }
    }
    Q_EMIT training_changed();
}

// The note stays until the run is in the file.
std::optional<QueuedRun> ExperimentSession::take_waiting()
{
    while (std::optional<QueuedRun> next = queue_.take()) {
        if (next->note.isEmpty() || QFileInfo::exists(next->note))
            return next; // else another program has begun it
    }
    return std::nullopt;
}

void ExperimentSession::forget_begun()
{
    if (!begun_note_.isEmpty())
        QFile::remove(std::exchange(begun_note_, {}));
}

// A run that was stopped before it came as far as the file: where its file was left it waits on,
// else it was not wanted.
void ExperimentSession::settle_begun()
{
    const bool left = holding_ || live_file_ != file_;
    if (!left)
        forget_begun();
    if (!std::exchange(begun_note_, {}).isEmpty() && live_file_ == file_)
        load_queue();
}

void ExperimentSession::leave_queue_if(const std::function<bool(const QueuedRun&)>& unwanted)
{
    for (const QueuedRun& run : queue_.waiting()) {
        if (unwanted(run) && !run.note.isEmpty())
            QFile::remove(run.note);
    }
    queue_.remove(unwanted);
}

void ExperimentSession::leave_queue(int ticket)
{
    leave_queue_if([ticket](const QueuedRun& run) { return run.ticket == ticket; });
    Q_EMIT training_changed();
}

void ExperimentSession::pause()
{
    worker_->pause();
    Q_EMIT training_changed();
}

void ExperimentSession::resume()
{
    worker_->resume();
    Q_EMIT training_changed();
}

void ExperimentSession::stop()
{
    worker_->stop();
}

void ExperimentSession::stop_and_hold()
{
    holding_ = true;
    worker_->stop();
    Q_EMIT training_changed();
}

void ExperimentSession::training_ended()
{
    training_ = false;
    preparing_.clear();
    steps_per_second_ = 0;
    refresh_live_run();
    live_run_.reset();
    Q_EMIT records_added();
    Q_EMIT runs_changed();
    begin_next();
    Q_EMIT status_changed();
}

void ExperimentSession::refresh_live_run()
{
    if (RunHistory* run = live_history()) {
        run->summary = reader_->run(run->summary.id);
        run->checkpoints = reader_->checkpoints(run->summary.id);
    }
}

void ExperimentSession::remove(RunId id)
{
    const auto found = std::find_if(
        runs_.begin(), runs_.end(), [id](const RunHistory& run) { return run.summary.id == id; });
    if (found == runs_.end() || live_run() == id)
        return;
    const bool shown = current_ == id;
    leave_queue_if([id](const QueuedRun& run) { return run.goes_on == id; });
    removed_.emplace_back(std::move(*found));
    runs_.erase(found);
    if (shown) {
        current_.reset();
        circuits_.clear();
        if (!runs_.empty())
            current_ = runs_.back().summary.id;
    }
    Q_EMIT runs_changed();
    if (shown)
        Q_EMIT current_run_changed();
}

void ExperimentSession::undo_remove()
{
    if (removed_.empty())
        return;
    auto removed = std::move(removed_.back());
    removed_.pop_back();
    if (auto* history = std::get_if<RunHistory>(&removed))
        show(std::move(*history));
    else
        add_bookmark(std::get<Bookmark>(removed));
}

void ExperimentSession::show(RunHistory history)
{
    const RunId id = history.summary.id;
    const auto place = std::find_if(
        runs_.begin(), runs_.end(), [id](const RunHistory& run) { return run.summary.id >= id; });
    if (place != runs_.end() && place->summary.id == id)
        *place = std::move(history);
    else
        runs_.insert(place, std::move(history));
    current_ = id;
    circuits_.clear();
    Q_EMIT runs_changed();
    Q_EMIT current_run_changed();
}

void ExperimentSession::delete_removed()
{
    for (const auto& removed : removed_)
        if (const auto* run = std::get_if<RunHistory>(&removed))
            in_background(
                [file = file_, id = run->summary.id] { delete_run(path_of(file), id); }, [] {});
    removed_.clear();
}

void ExperimentSession::rename(RunId id, const QString& name)
{
    RunHistory* history = find(id);
    const std::string text = name.trimmed().toStdString();
    if (!history || text.empty() || history->summary.description.name == text)
        return;
    history->summary.description.name = text;
    in_background([file = file_, id, text] { rename_run(path_of(file), id, text); }, [] {});
    Q_EMIT runs_changed();
}

void ExperimentSession::set_notes(RunId id, const QString& text)
{
    RunHistory* history = find(id);
    const std::string notes = text.toStdString();
    if (!history || history->summary.notes == notes)
        return;
    history->summary.notes = notes;
    in_background([file = file_, id, notes] { set_run_notes(path_of(file), id, notes); }, [] {});
    Q_EMIT runs_changed();
}

} // namespace circuitloom::ui
