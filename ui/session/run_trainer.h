#pragma once

#include "core/run/worker.h"
#include "ui/session/run_queue.h"
#include "ui/session/waiting_runs.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace circuitloom::ui {

/// What is to run: the worker that trains, and the runs that wait for it.
///
/// For the window's thread. No function waits for the worker; its messages are taken thirty times a
/// second. They say that there are new rows in the file, never what is in them. Only the destructor
/// blocks: it stops the run in training at its next step and waits for it; after it nothing is
/// emitted any more.
class RunTrainer : public QObject
{
    Q_OBJECT

public:
    RunTrainer(Worker::EngineLoader loader, const WaitingRuns& notes);
    ~RunTrainer() override;

    /// Another file is open. `waiting` waits for it, but nothing starts by itself. A run in
    /// training goes on writing to the file that it began with.
    void set_file(const QString& file, std::vector<QueuedRun> waiting);
    const WaitingRuns& notes() const { return notes_; }

    /// The runs wait for those before them; the first begins if there is none.
    void add(std::vector<QueuedRun> runs);
    /// A run that waits, as one of a sweep, goes on with one of the file.
    void go_on_with(int ticket, RunId run);
    /// It waits no longer here, but its note stays: the run is in training, here or elsewhere.
    void leave_to_others(int ticket);
    /// Runs that wait for the one in training, or that were left waiting when the file was closed.
    const std::vector<QueuedRun>& waiting() const { return queue_.waiting(); }
    /// A run of a sweep with these settings waits or is in training.
    bool has_of_sweep(const RunConfig& config) const;
    /// Those that were left waiting begin.
    void start_waiting();
    void leave_queue(int ticket);
    /// Nothing waits any more.
    void empty_queue();
    /// Whatever waits to go on with the run.
    void leave_queue_of(RunId run);
    void pause();
    void resume();
    /// Stops the run in training; those that wait come next.
    void stop();
    /// A run in training that several processes share goes on without this program, whatever is
    /// stopped afterwards, and is another process's from then on. Does nothing to any other.
    void leave_running();
    /// Stops the run in training; those that wait do so until start_waiting() or the next start,
    /// also in the program's next life.
    void stop_and_hold();

    /// From the start of a run until finish_run(), whichever file it writes to.
    bool training() const { return training_; }
    bool paused() const { return worker_->paused(); }
    /// How many processes share the run in training.
    int processes() const { return processes_; }
    /// The run in training, once it is in the open file; it may write to it still.
    std::optional<RunId> run_in_open_file() const;
    /// This run of the open file is in training, or about to go on.
    bool goes_on_with(RunId run) const;
    /// A run begins for the open file whose number is not known yet.
    bool begins_in_open_file() const { return training_ && training_file_ == file_ && !run_; }
    /// What follows run_ended(): the next run begins.
    void finish_run();

    QuestionId ask(const QString& asker, Question question);
    void withdraw_question(const QString& asker);

    const QString& device() const { return device_; }
    /// What happens before the first step, as in "loading the model…", or a sentence on the run;
    /// empty otherwise.
    const QString& preparing() const { return preparing_; }
    /// 0 while it is not known.
    double steps_per_second() const { return steps_per_second_; }
    /// False while the engine is being loaded.
    bool engine_known() const { return engine_known_; }

Q_SIGNALS:
    /// The run is in the open file.
    void run_started(RunId run);
    /// There are new rows of the run in the open file.
    void rows_written(RunId run);
    /// The worker is through with the run. What it wrote can be read; then finish_run().
    void run_ended();
    /// What waits or trains, or whether it is paused, is another.
    void changed();
    void status_changed();
    void question_progressed(QuestionId question, const QString& what, int done, int total);
    void question_answered(QuestionId question, const Answer& answer);
    void question_failed(QuestionId question, const QString& what);
    void failed(const QString& sentence);
    /// Of the run in training, in place of the sentence before.
    void noted(const QString& sentence);

private:
    struct MessageVisitor;
    void take_messages();
    void begin_next();
    std::optional<QueuedRun> take_waiting();
    ObserveRequest observation_of(const QueuedRun& run) const;
    void run_left_worker();
    /// The run needs no note any more: it is in its file.
    void remove_note_of_run();
    void settle_note_of_stopped_run();
    /// A run of a sweep has ended. Where not for good, its note stays and it waits to go on.
    void settle_run_of_sweep(bool ended_for_good);
    void leave_queue_if(const std::function<bool(const QueuedRun&)>& unwanted);
    void close_question(QuestionId id);

    std::unique_ptr<Worker> worker_;
    QTimer messages_;
    QString file_; ///< the open one
    RunQueue queue_; ///< for the open file
    WaitingRuns notes_; ///< the same on the disk
    bool holding_ = false; ///< what waits does not begin by itself
    bool training_ = false;
    QString training_file_;
    std::optional<RunId> run_; ///< in training, once it is in its file
    std::optional<QueuedRun> begun_; ///< in training, until it is in its file
    std::optional<QueuedRun> of_sweep_; ///< in training, once it is in its file, if it is of a sweep
    bool stopped_ = false; ///< by the user, for good
    bool left_ = false; ///< it goes on without this program
    int processes_ = 1; ///< that share the run in training
    bool engine_known_ = false; ///< ready or failed
    QString device_;
    QString preparing_;
    double steps_per_second_ = 0;
    std::map<QString, QuestionId> open_questions_; ///< by asker
};

} // namespace circuitloom::ui
