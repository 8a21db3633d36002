#include "ui/session/experiment_session.h"

#include "core/base/error.h"
#include "core/base/number_text.h"
#include "core/run/observed_run.h"
#include "core/run/run_in_processes.h"
#include "core/run/runs_made.h"
#include "core/store/run_writer.h"
#include "ui/base/file_path.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <memory>
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

constexpr int most_copies = 5; ///< of a file that is written to while it is copied

} // namespace

ExperimentSession::ExperimentSession(
    Worker::EngineLoader loader, const QString& folder, QObject* parent)
    : QObject(parent)
    , folder_(folder)
    , changes_(file_.reader())
    , trainer_(std::move(loader), WaitingRuns(QDir(folder).filePath(QStringLiteral("waiting"))))
{
    connect_file();
    connect_trainer();
}

ExperimentSession::~ExperimentSession()
{
    blockSignals(true); // who listened is going as well
    trainer_.blockSignals(true);
    file_.blockSignals(true);
}

void ExperimentSession::connect_file()
{
    using File = ExperimentFile;
    using Session = ExperimentSession;
    connect(&file_, &File::leaving, this, &Session::leaving);
    connect(&changes_, &FileChanges::found, this, &Session::take_found);
    connect(&file_, &File::file_changed, this, [this] {
        live_run_.reset();
        saved_as_.remove(file()); // another experiment has the name now
        changes_.follow(file_.number(), file_.name());
        Q_EMIT file_changed();
    });
    connect(&file_, &File::runs_changed, this, &Session::runs_changed);
    connect(&file_, &File::runs_changed, this, &Session::select_wanted);
    connect(&file_, &File::current_run_changed, this, &Session::current_run_changed);
    connect(&file_, &File::iterations_added, this, &Session::iterations_added);
    connect(&file_, &File::records_added, this, &Session::records_added);
    connect(&file_.circuits(), &RunCircuits::arrived, this, &Session::circuits_arrived);
    connect(&file_, &File::bookmarks_changed, this, &Session::bookmarks_changed);
    connect(&file_, &File::bookmark_removed, this, &Session::bookmark_removed);
    connect(&file_, &File::compacted, this, &Session::compacted);
    connect(&file_, &File::not_compacted, this, &Session::not_compacted);
    connect(&file_, &File::failed, this, &Session::failed);
}

void ExperimentSession::select_once_read(const QString& file, RunId run)
{
    to_select_ = { file, run };
    select_wanted();
}

void ExperimentSession::select_wanted()
{
    if (!to_select_)
        return;
    if (!this->file().isEmpty() && this->file() != to_select_->first)
        to_select_.reset();
    else if (this->run(to_select_->second))
        select(std::exchange(to_select_, std::nullopt)->second);
}

void ExperimentSession::connect_trainer()
{
    using Session = ExperimentSession;
    connect(&trainer_, &RunTrainer::run_started, this, &Session::show_started);
    connect(&trainer_, &RunTrainer::rows_written, this, [this](RunId run) {
        if (live_run_ == run)
            file_.read_news(run);
    });
    connect(&trainer_, &RunTrainer::run_ended, this, &Session::show_ended);
    connect(&trainer_, &RunTrainer::changed, this, &Session::training_changed);
    connect(&trainer_, &RunTrainer::status_changed, this, &Session::status_changed);
    connect(&trainer_, &RunTrainer::question_progressed, this, &Session::question_progressed);
    connect(&trainer_, &RunTrainer::question_answered, this, &Session::question_answered);
    connect(&trainer_, &RunTrainer::question_failed, this, &Session::question_failed);
    connect(&trainer_, &RunTrainer::failed, this, &Session::failed);
    connect(&trainer_, &RunTrainer::noted, this, &Session::noted);
}

bool ExperimentSession::unsaved() const
{
    return !file().isEmpty()
        && QFileInfo(file()).absoluteDir() == QDir(QFileInfo(folder_).absoluteFilePath());
}

void ExperimentSession::open(const QString& file)
{
    const QString path = QFileInfo(file).absoluteFilePath();
    const auto found = std::make_shared<WaitingRuns::Found>();
    ExperimentFile::Opening opening;
    opening.also_read = [found, path, notes = trainer_.notes()] { *found = notes.of(path); };
    opening.before_shown = [this, found, path] {
        take_waiting(path, *found);
        return true;
    };
    opening.shown = [this, path] {
        live_run_ = trainer_.run_in_open_file(); // of a file that was left and is opened again
        settle_queue();
        Q_EMIT training_changed();
        Q_EMIT opened(path);
    };
    file_.open(path, std::move(opening));
}

void ExperimentSession::save_as(const QString& file)
{
    const QString to = QFileInfo(file).absoluteFilePath();
    if (!this->file().isEmpty() && this->file() != to)
        copy_to(to, most_copies);
}

void ExperimentSession::copy_to(const QString& to, int tries)
{
    Q_EMIT leaving(); // how it is looked at goes into the copy
    FileCopy::make(file_, to, [this, tries](const FileCopy& copy) { show_copy(copy, tries); });
}

void ExperimentSession::set_details(
    const QString& file, RunId run, const QString& name, const QString& notes)
{
    if (is_open(file)) {
        rename(run, name);
        file_.set_notes(run, notes);
        return;
    }
    const QString place = place_of(file);
    if (!name.trimmed().isEmpty())
        file_.writer().rename(place, run, name.trimmed().toStdString());
    file_.writer().set_notes(place, run, notes.toStdString());
}

void ExperimentSession::add_bookmark(const QString& file, const Bookmark& bookmark)
{
    if (is_open(file))
        add_bookmark(bookmark);
    else
        file_.writer().add_bookmark(place_of(file), bookmark, [] { });
}

void ExperimentSession::change_bookmark(const QString& file, const Bookmark& bookmark)
{
    if (is_open(file))
        change_bookmark(bookmark);
    else
        file_.writer().change_bookmark(place_of(file), bookmark, [] { });
}

void ExperimentSession::show_copy(const FileCopy& copy, int tries)
{
    const QString from = copy.from();
    const QString to = copy.to();
    const auto stays = [this, from] {
        return training() || this->file() != from
            || std::ranges::any_of(
                runs(), [this](const RunHistory& run) { return is_growing(run.summary.id); });
    };
    const auto copy_again = [this, to, tries] {
        if (tries > 1)
            copy_to(to, tries - 1);
        else
            Q_EMIT saved(to, true); // somebody writes all the time
    };
    if (stays()) {
        Q_EMIT saved(to, true);
        return;
    }
    if (copy.outdated()) {
        copy_again();
        return;
    }
    const bool was_unsaved = unsaved();
    const RunHistory* shown = current();
    ExperimentFile::Opening opening;
    if (shown)
        opening.preferred = shown->summary.id;
    opening.before_shown = [this, copy, from, to, stays, copy_again] {
        if (stays()) { // since a run was started, or another file opened
            Q_EMIT saved(to, true);
            return false;
        }
        if (copy.outdated()) {
            copy_again();
            return false;
        }
        try {
            trainer_.notes().move(from, to);
        } catch (const Error& error) {
            Q_EMIT failed(QString::fromStdString(error.what()));
            return false;
        }
        file_.forget_removed(); // the copy has them no more
        take_waiting(to, trainer_.notes().of(to));
        return true;
    };
    opening.shown = [this, from, to, was_unsaved] {
        saved_as_.insert(from, to);
        if (was_unsaved)
            for (const char* suffix : { "", "-wal", "-shm" })
                QFile::remove(from + QString::fromLatin1(suffix));
        settle_queue();
        Q_EMIT moved(from, to);
        Q_EMIT saved(to, false);
    };
    file_.open(to, std::move(opening));
}

void ExperimentSession::take_waiting(const QString& file, const WaitingRuns::Found& found)
{
    trainer_.set_file(file, found.runs);
    for (const QString& sentence : found.unreadable)
        Q_EMIT failed(sentence);
}

void ExperimentSession::settle_queue()
{
    // A run that ended, or is gone, has nothing to go on with.
    std::vector<RunId> ended;
    for (const QueuedRun& waiting : trainer_.waiting()) {
        const RunHistory* begun = waiting.goes_on ? run(*waiting.goes_on) : nullptr;
        if (waiting.goes_on && (!begun || begun->summary.state == RunState::finished))
            ended.push_back(*waiting.goes_on);
    }
    for (const RunId id : ended)
        trainer_.leave_queue_of(id);

    std::vector<QueuedRun> of_sweeps;
    std::vector<RunConfig> wanted;
    for (const QueuedRun& waiting : trainer_.waiting())
        if (waiting.of_sweep && !waiting.goes_on) {
            of_sweeps.push_back(waiting);
            wanted.push_back(waiting.config);
        }
    const std::vector<std::optional<RunSummary>> made = runs_made(wanted, summaries());
    for (std::size_t i = 0; i < made.size(); ++i) {
        if (!made[i])
            continue;
        const RunId id = made[i]->id;
        if (is_settled(*made[i]))
            trainer_.leave_queue(of_sweeps[i].ticket);
        else if (is_growing(id))
            trainer_.leave_to_others(of_sweeps[i].ticket);
        else
            trainer_.go_on_with(of_sweeps[i].ticket, id);
    }
}

std::vector<RunSummary> ExperimentSession::summaries() const
{
    std::vector<RunSummary> all;
    for (const RunHistory& run : runs())
        all.push_back(run.summary);
    return all;
}

void ExperimentSession::close()
{
    trainer_.set_file({}, {});
    file_.close();
}

bool ExperimentSession::want_circuits(const std::vector<int>& iterations)
{
    return file_.circuits().want(iterations);
}

bool ExperimentSession::remove(RunId run)
{
    if (is_busy(run))
        return false;
    trainer_.leave_queue_of(run);
    file_.remove(run);
    return true;
}

bool ExperimentSession::compact()
{
    if (file().isEmpty() || training())
        return false;
    file_.compact();
    return true;
}

QString ExperimentSession::unused_name() const
{
    return QFileInfo(new_file_name(folder_)).absoluteFilePath();
}

void ExperimentSession::ensure_file()
{
    if (!file().isEmpty())
        return;
    if (!QDir().mkpath(folder_))
        throw ResourceError(tr("Cannot make the folder %1.").arg(folder_).toStdString());
    const QString name = unused_name();
    create_experiment(path_of(name));
    trainer_.set_file(name, {});
    file_.begin(name);
}

void ExperimentSession::start(const RunConfig& config, int processes)
{
    try {
        validate(config);
        ensure_file();
    } catch (const Error& error) {
        Q_EMIT failed(QString::fromStdString(error.what()));
        return;
    }
    trainer_.add({ { .config = config, .goes_on = {}, .processes = processes, .note = {} } });
}

void ExperimentSession::observe(const RunConfig& config, bool watch)
{
    try {
        validate(config);
        ensure_file();
    } catch (const Error& error) {
        Q_EMIT failed(QString::fromStdString(error.what()));
        return;
    }
    trainer_.add(
        { { .config = config, .goes_on = {}, .observes = true, .watches = watch, .note = {} } });
}

void ExperimentSession::start_sweep(const std::vector<RunConfig>& runs)
{
    try {
        for (const RunConfig& config : runs)
            validate(config);
        ensure_file();
    } catch (const Error& error) {
        Q_EMIT failed(QString::fromStdString(error.what()));
        return;
    }
    const std::vector<std::optional<RunSummary>> made = runs_made(runs, summaries());
    std::vector<QueuedRun> missing;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const bool is_made = made[i] && (is_settled(*made[i]) || is_growing(made[i]->id));
        if (is_made || trainer_.has_of_sweep(runs[i]))
            continue;
        missing.push_back({ .config = runs[i],
            .goes_on = made[i] ? std::optional(made[i]->id) : std::nullopt,
            .of_sweep = true,
            .note = {} });
    }
    if (missing.empty()) {
        Q_EMIT noted(
            tr("Nothing of this sweep is left to do: its runs are in the file, in training or "
               "waiting."));
        return;
    }
    trainer_.add(std::move(missing));
}

void ExperimentSession::go_on(RunId id)
{
    const RunHistory* history = run(id);
    if (!history || trainer_.goes_on_with(id))
        return;
    QueuedRun queued{ .config = history->config,
        .goes_on = id,
        .processes = processes_of(history->summary.description),
        .observes = is_observed(history->summary.description),
        .note = {} };
    trainer_.leave_queue_of(id); // not twice
    trainer_.add({ std::move(queued) });
}

// A run that begins here is known by its row sooner than by its number.
void ExperimentSession::take_found(const std::vector<RunSummary>& runs)
{
    if (!trainer_.begins_in_open_file())
        file_.take_found(runs, trainer_.run_in_open_file());
}

bool ExperimentSession::trained_elsewhere(RunId id) const
{
    const RunHistory* known = run(id);
    if (!known || live_run_ == id || trainer_.run_in_open_file() == id)
        return false;
    return is_under_way(known->summary.state);
}

void ExperimentSession::save_view(const StoredView& view)
{
    file_.writer().save_view(file(), view);
}

// Of a run that goes on, what came after its checkpoint is written anew: so all of it is read.
void ExperimentSession::show_started(RunId run)
{
    file_.show_begun(run, [this, run] {
        if (trainer_.run_in_open_file() != run)
            return;
        live_run_ = run;
        Q_EMIT training_changed();
        file_.read_news(run); // what rang the bell meanwhile
    });
}

void ExperimentSession::show_ended()
{
    const std::optional<RunId> run = trainer_.run_in_open_file();
    const auto finish = [this] {
        live_run_.reset();
        Q_EMIT records_added();
        Q_EMIT runs_changed();
        trainer_.finish_run();
    };
    if (run)
        file_.read_news(*run, finish);
    else
        finish();
}

QuestionId ExperimentSession::ask(const QString& asker, Question question)
{
    return trainer_.ask(asker, std::move(question));
}

QString ExperimentSession::status() const
{
    QStringList parts;
    if (!trainer_.device().isEmpty())
        parts << trainer_.device();
    const double speed = trainer_.steps_per_second();
    if (!preparing().isEmpty())
        parts << preparing();
    else if (training() && paused())
        parts << tr("paused");
    else if (training() && speed > 0)
        parts << tr("%1 steps/s").arg(speed, 0, 'f', speed < 10 ? 1 : 0) << time_left();
    else if (!trainer_.engine_known())
        parts << tr("loading the engine…");
    return parts.join(QStringLiteral(" · "));
}

QString ExperimentSession::time_left() const
{
    if (trainer_.steps_per_second() <= 0)
        return {};
    const RunHistory* run = live_run_ ? this->run(*live_run_) : nullptr;
    const int steps = run ? run->summary.description.steps - run->summary.steps_done : 0;
    const double seconds = std::ceil(std::max(0, steps) / trainer_.steps_per_second());
    return tr("%1 left").arg(QString::fromStdString(duration(seconds)));
}

} // namespace circuitloom::ui
