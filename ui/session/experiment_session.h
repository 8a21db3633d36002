#pragma once

#include "ui/session/experiment_file.h"
#include "ui/session/file_changes.h"
#include "ui/session/file_copy.h"
#include "ui/session/run_trainer.h"

#include <QHash>
#include <QObject>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace circuitloom::ui {

/// The open experiment: joins what its file holds (ExperimentFile) with what is to run
/// (RunTrainer). No widgets.
///
/// For the window's thread. No function waits for reading, writing or training, apart from the
/// making of a new, empty file; what came of it is told by signals. The destructor stops a run in
/// training at its next step and waits for it, and for what is being written; after it nothing is
/// emitted any more.
///
/// A new experiment lives in the application's own folder until it is saved elsewhere.
class ExperimentSession : public QObject
{
    Q_OBJECT

public:
    /// `folder`: where unsaved experiments are kept, and which runs wait; made where it does not
    /// exist.
    ExperimentSession(
        Worker::EngineLoader loader, const QString& folder, QObject* parent = nullptr);
    ~ExperimentSession() override;

    /// Empty while nothing was opened or started.
    const QString& file() const { return file_.name(); }
    /// True of a file in the application's own folder.
    bool unsaved() const;
    /// Where experiments are kept until they are saved.
    const QString& folder() const { return folder_; }
    /// For a new experiment there: a name that no file has.
    QString unused_name() const;
    /// Which runs wait for which experiment.
    const WaitingRuns& waiting_notes() const { return trainer_.notes(); }
    /// Forgets the open file. A run in training must have been stopped.
    void close();
    /// Then opened() comes; or failed(), and what was open stays open.
    void open(const QString& file);
    /// Copies the experiment in the background and goes on with the copy; while a run trains, which
    /// writes to the file it began with, only copies. Emits saved() or failed().
    void save_as(const QString& file);
    /// Something that was asked for is not in memory yet; what is there may be shown.
    bool reading() const { return file_.reading(); }

    const std::vector<RunHistory>& runs() const { return file_.runs(); }
    /// Null where there is none.
    const RunHistory* run(RunId id) const { return file_.run(id); }
    const RunHistory* current() const { return file_.current(); }
    /// current_run_changed() comes, at once where the run's history is in memory.
    void select(RunId run) { file_.select(run); }
    /// As soon as the run of that file is read, which may be now; not at all where another file is
    /// opened before. A later wish replaces it.
    void select_once_read(const QString& file, RunId run);
    /// Of the current run; null where it is not in memory. Lives until the next call.
    const Circuit* circuit(int iteration) const { return file_.circuits().known(iteration); }
    /// See RunCircuits::want().
    bool want_circuits(const std::vector<int>& iterations);
    /// Hides a run. It is deleted from the file when that is closed. False, and it stays, where it
    /// is in training, or about to be.
    bool remove(RunId run);
    /// What was removed last, a run or a bookmark, is there again.
    void undo_remove() { file_.undo_remove(); }
    bool can_undo_remove() const { return file_.can_undo_remove(); }
    void rename(RunId run, const QString& name) { file_.rename(run, name); }
    /// Of a run of `file`, which may not be the open one any more: dialogs stay open longer.
    void set_details(const QString& file, RunId run, const QString& name, const QString& notes);
    /// Whether `file` is open, be it under the name that it was saved as since.
    bool is_open(const QString& file) const { return place_of(file) == this->file(); }
    /// See ExperimentFile::compact(). False, and nothing comes, while a run trains or while there
    /// is no file.
    bool compact();
    void stop_compacting() { file_.stop_compacting(); }
    /// These write to the file in the background, at once; then bookmarks_changed() comes, or
    /// failed(). See bookmarks.h.
    void add_bookmark(const Bookmark& bookmark) { file_.add_bookmark(bookmark); }
    void change_bookmark(const Bookmark& bookmark) { file_.change_bookmark(bookmark); }
    /// The same in `file`, which may not be the open one any more.
    void add_bookmark(const QString& file, const Bookmark& bookmark);
    void change_bookmark(const QString& file, const Bookmark& bookmark);
    void remove_bookmark(const Bookmark& bookmark) { file_.remove_bookmark(bookmark); }

    /// Queues a run in the open experiment, or in a new unsaved one, that so many processes share.
    void start(const RunConfig& config, int processes = 1);
    /// Queues the runs of a sweep in the open experiment, or in a new unsaved one: those that it
    /// does not have yet. What was left before its end goes on, also when the file is opened
    /// another time.
    void start_sweep(const std::vector<RunConfig>& runs);
    /// Queues the observing of a series, which the configuration names as its model, as
    /// observation_config() gives it; `watch` waits for further checkpoints until it is stopped.
    void observe(const RunConfig& config, bool watch);
    /// Queues a run of the open experiment that was left before its end: it goes on from its last
    /// checkpoint, by as many processes as began it.
    void go_on(RunId run);
    void pause() { trainer_.pause(); }
    void resume() { trainer_.resume(); }
    void stop() { trainer_.stop(); }
    void stop_and_hold() { trainer_.stop_and_hold(); }
    /// See RunTrainer::leave_running().
    void leave_running() { trainer_.leave_running(); }
    const std::vector<QueuedRun>& waiting() const { return trainer_.waiting(); }
    void start_waiting() { trainer_.start_waiting(); }
    void empty_queue() { trainer_.empty_queue(); }
    void leave_queue(int ticket) { trainer_.leave_queue(ticket); }
    /// From the start of a run until all that it wrote is shown, whichever file it writes to.
    bool training() const { return trainer_.training(); }
    bool paused() const { return trainer_.paused(); }
    /// How many processes share the run in training, of which several cannot be paused.
    int processes() const { return trainer_.processes(); }
    /// The run of the open file that is being trained, once it is shown.
    std::optional<RunId> live_run() const { return live_run_; }

    /// The run is in training, but not here: another process writes it.
    bool trained_elsewhere(RunId run) const;
    /// More may come of the run, from here or elsewhere.
    bool is_growing(RunId run) const { return live_run_ == run || trained_elsewhere(run); }
    /// The same, or it is about to go on here: nothing else can be done with it.
    bool is_busy(RunId run) const { return is_growing(run) || trainer_.goes_on_with(run); }

    /// How the open file was looked at when it was left; nothing where it does not say.
    const std::optional<StoredView>& stored_view() const { return file_.stored_view(); }
    /// Writes that into the open file in the background. Where it cannot be written there, or is of
    /// an older version, it is not; nobody is told.
    void save_view(const StoredView& view);

    /// Asks the engine; see Worker::ask(). The answer comes by question_answered() or
    /// question_failed(), unless a newer question of the same asker takes its place.
    QuestionId ask(const QString& asker, Question question);
    void withdraw_question(const QString& asker) { trainer_.withdraw_question(asker); }

    /// As in "CPU · 2 threads · 31 steps/s".
    QString status() const;
    /// Of the run in training, as in "12 s left"; empty while it is not known.
    QString time_left() const;
    /// What happens before the first step, as in "loading the model"; empty otherwise.
    const QString& preparing() const { return trainer_.preparing(); }

    /// For tests.
    FileReader& reader() { return file_.reader(); }

Q_SIGNALS:
    /// The file that is open is about to be left, or copied to go on with the copy.
    void leaving();
    void file_changed();
    /// After file_changed(), runs_changed() and current_run_changed(): what open() was asked for is
    /// shown.
    void opened(const QString& file);
    /// Runs came, went, or changed their state.
    void runs_changed();
    void current_run_changed();
    /// The current run has new iterations, of these steps.
    void iterations_added(const std::vector<int>& steps);
    /// Some run has new points for its curves or the timeline.
    void records_added();
    /// Circuits that were wanted are in memory.
    void circuits_arrived();
    void bookmarks_changed();
    /// Which undo_remove() puts back.
    void bookmark_removed(const Bookmark& bookmark);
    /// A run began, paused, went on or ended.
    void training_changed();
    void status_changed();
    /// What was open as `from` is open as `to` now, and may not be there any more as `from`; before
    /// saved().
    void moved(const QString& from, const QString& to);
    void saved(const QString& file, bool copy_only);
    void compacted(const Compaction& done);
    /// A sentence for the user; empty where it was called off.
    void not_compacted(const QString& why);
    void question_progressed(QuestionId question, const QString& what, int done, int total);
    void question_answered(QuestionId question, const Answer& answer);
    void question_failed(QuestionId question, const QString& what);
    /// Sentences for the user.
    void failed(const QString& what);
    void noted(const QString& what);

private:
    void connect_file();
    void connect_trainer();
    void take_found(const std::vector<RunSummary>& runs);
    void show_started(RunId run);
    void select_wanted();
    void show_ended();
    /// Copies the open file. Where it is changed meanwhile, that is done again, up to so many
    /// times.
    void copy_to(const QString& to, int tries);
    /// Goes on with the copy, where nothing keeps the session with what was copied.
    void show_copy(const FileCopy& copy, int tries);
    QString place_of(const QString& file) const { return saved_as_.value(file, file); }
    /// `found` is what waits for `file`, the one about to be shown.
    void take_waiting(const QString& file, const WaitingRuns::Found& found);
    /// Of what waits, what has ended leaves, and runs of sweeps that were begun go on.
    void settle_queue();
    std::vector<RunSummary> summaries() const;
    void ensure_file();

    QString folder_;
    ExperimentFile file_;
    FileChanges changes_;
    std::optional<RunId> live_run_;
    std::optional<std::pair<QString, RunId>> to_select_; ///< of which file
    QHash<QString, QString> saved_as_; ///< which files were left for a copy, and for which
    RunTrainer trainer_; // last, so that it ends first
};

} // namespace circuitloom::ui
