#pragma once

#include "core/run/worker.h"
#include "core/store/experiment_reader.h"
#include "ui/session/run_history.h"
#include "ui/session/run_queue.h"
#include "ui/session/waiting_runs.h"

#include <QCache>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <variant>

namespace circuitloom::ui {

/// The open experiment and the worker that trains: reads the file through its own connection,
/// takes the worker's messages thirty times a second, and tells what changed. No widgets.
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
    /// Stops a run in training at its next step and waits for it.
    ~ExperimentSession() override;

    /// Empty while nothing was opened or started.
    const QString& file() const { return file_; }
    /// True of a file in the application's own folder.
    bool unsaved() const;
    /// Forgets the open file. A run in training must have been stopped.
    void close();
    /// Throws Error; what was open stays open then.
    void open(const QString& file);
    /// Copies the experiment in the background and goes on with the copy; while a run trains, which
    /// writes to the file it began with, only copies. Emits saved() or failed().
    void save_as(const QString& file);

    /// Queues a run in the open experiment, or in a new unsaved one.
    void start(const RunConfig& config);
    /// Queues a run of the open experiment that was left before its end: it goes on from its last
    /// checkpoint.
    void go_on(RunId run);
    void pause();
    void resume();
    /// Of the run in training; those that wait come next.
    void stop();
    /// Of the run in training; those that wait do so until start_waiting() or the next start, also
    /// in the program's next life.
    void stop_and_hold();
    /// Runs that wait for the one in training, or that were left waiting when the file was closed.
    const std::vector<QueuedRun>& waiting() const { return queue_.waiting(); }
    /// Those that were left waiting begin.
    void start_waiting();
    void leave_queue(int ticket);
    /// From the start of a run to its end, whichever file it writes to.
    bool training() const { return training_; }
    bool paused() const { return worker_->paused(); }
    /// The run of the open file that is being trained.
    std::optional<RunId> live_run() const;

    const std::vector<RunHistory>& runs() const { return runs_; }
    /// Hides a run that is not in training. It is deleted from the file when that is closed.
    void remove(RunId run);
    /// What was removed last, a run or a bookmark, is there again.
    void undo_remove();
    bool can_undo_remove() const { return !removed_.empty(); }
    void rename(RunId run, const QString& name);
    void set_notes(RunId run, const QString& text);

    /// These write to the file in the background, at once; then bookmarks_changed() comes, or
    /// failed(). See bookmarks.h.
    void add_bookmark(const Bookmark& bookmark);
    void change_bookmark(const Bookmark& bookmark);
    void remove_bookmark(const Bookmark& bookmark);

    /// Null where there is none.
    const RunHistory* run(RunId id) const;
    const RunHistory* current() const;
    void select(RunId run);
    /// Of the current run, from memory where it was read before. Throws Error.
    Circuit circuit(int iteration);

    /// Asks the engine; see Worker::ask(). The answer comes by question_answered() or
    /// question_failed(), unless a newer question of the same asker takes its place.
    QuestionId ask(const QString& asker, Question question);
    void withdraw_question(const QString& asker);

    /// As in "CPU · 2 threads · 31 steps/s".
    QString status() const;
    /// Of the run in training, as in "12 s left"; empty while it is not known.
    QString time_left() const;
    /// What happens before the first step, as in "loading the model"; empty otherwise.
    const QString& preparing() const { return preparing_; }

Q_SIGNALS:
    void file_changed();
    /// Runs came, went, or changed their state.
    void runs_changed();
    void current_run_changed();
    /// The current run has new iterations, of these steps.
    void iterations_added(const std::vector<int>& steps);
    /// Some run has new points for its curves or the timeline.
    void records_added();
    void bookmarks_changed();
    /// Which undo_remove() puts back.
    void bookmark_removed(const Bookmark& bookmark);
    /// A run began, paused, went on or ended.
    void training_changed();
    void status_changed();
    void saved(const QString& file, bool copy_only);
    void question_progressed(QuestionId question, const QString& what, int done, int total);
    void question_answered(QuestionId question, const Answer& answer);
    void question_failed(QuestionId question, const QString& what);
    /// A sentence for the user.
    void failed(const QString& what);

private:
    struct MessageVisitor;
    void take_messages();
    void close_question(QuestionId id);
    void load(const QString& file, std::optional<RunId> preferred);
    RunHistory* find(RunId id);
    RunHistory* live_history();
    void show(RunHistory history);
    void refresh_live_run();
    void read_bookmarks(RunId run);
    void load_queue();
    void queue(QueuedRun run);
    std::optional<QueuedRun> take_waiting();
    void forget_begun();
    void settle_begun();
    void leave_queue_if(const std::function<bool(const QueuedRun&)>& unwanted);
    void begin_next();
    void training_ended();
    void ensure_file();
    void delete_removed();
    /// `done` runs here, after `work` ran in the background without an exception.
    void in_background(std::function<void()> work, std::function<void()> done);

    QString folder_;
    QString file_;
    std::unique_ptr<ExperimentReader> reader_;
    std::vector<RunHistory> runs_;
    std::vector<std::variant<RunHistory, Bookmark>> removed_; ///< in the order of their removal
    std::optional<RunId> current_;
    QCache<int, Circuit> circuits_; ///< of the current run; costs are edges

    std::unique_ptr<Worker> worker_;
    QTimer messages_;
    std::map<QString, QuestionId> open_questions_; ///< by asker
    RunQueue queue_; ///< for the open file
    WaitingRuns waiting_runs_; ///< the same on the disk
    bool holding_ = false; ///< what waits does not begin by itself
    QString begun_note_; ///< of the run in training, until it is in the file
    bool training_ = false;
    QString live_file_;
    std::optional<RunId> live_run_;
    bool engine_known_ = false; ///< ready or failed
    QString device_;
    QString preparing_;
    double steps_per_second_ = 0;
    QThreadPool background_;
};

} // namespace circuitloom::ui
