#include "ui/session/run_trainer.h"

#include "core/base/error.h"
#include "core/run/whole_sentence.h"
#include "ui/base/device_text.h"
#include "ui/base/file_path.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int message_interval = 33; // milliseconds

} // namespace

/// What each of the worker's messages changes. Those that carry records only ring the bell: the
/// records are in the file.
struct RunTrainer::MessageVisitor
{
    RunTrainer& trainer;
    bool rows = false;
    bool status = false;

    /// What was written before a run began or ended belongs to the time before.
    void tell_rows()
    {
        const std::optional<RunId> run = trainer.run_in_open_file();
        if (std::exchange(rows, false) && run)
            Q_EMIT trainer.rows_written(*run);
    }
    void operator()(const message::EngineReady& ready)
    {
        trainer.engine_known_ = true;
        trainer.device_ = device_label(ready.device);
        status = true;
    }
    void operator()(const message::Preparing& preparing)
    {
        trainer.preparing_ = QString::fromStdString(preparing.what);
        if (!is_whole_sentence(preparing.what))
            trainer.preparing_ += QChar(0x2026);
        status = true;
    }
    void operator()(const message::Started& started)
    {
        trainer.preparing_.clear();
        trainer.device_ = device_label(started.device);
        trainer.steps_per_second_ = 0;
        trainer.run_ = started.run;
        trainer.remove_note_of_run();
        status = true;
        if (trainer.run_in_open_file())
            Q_EMIT trainer.run_started(started.run);
    }
    void operator()(const message::StepDone& done)
    {
        trainer.steps_per_second_ = done.steps_per_second;
        status = true;
        rows = true;
    }
    void operator()(const message::Answering& answering)
    {
        Q_EMIT trainer.question_progressed(answering.question,
            QString::fromStdString(answering.what), answering.done, answering.total);
    }
    void operator()(const message::Answered& answered)
    {
        trainer.close_question(answered.question);
        Q_EMIT trainer.question_answered(answered.question, answered.answer);
    }
    void operator()(const message::QuestionFailed& failure)
    {
        trainer.close_question(failure.question);
        Q_EMIT trainer.question_failed(failure.question, QString::fromStdString(failure.what));
    }
    void operator()(const message::Ended& ended)
    {
        tell_rows();
        if (trainer.left_) { // begun by now, or about to be
            trainer.remove_note_of_run();
            trainer.of_sweep_.reset();
        }
        trainer.settle_note_of_stopped_run();
        trainer.settle_run_of_sweep(ended.state != RunState::stopped || trainer.stopped_);
        trainer.run_left_worker();
    }
    void operator()(const message::Failed& failure)
    {
        trainer.engine_known_ = true;
        trainer.remove_note_of_run();
        trainer.settle_run_of_sweep(true);
        tell_rows();
        status = true;
        Q_EMIT trainer.failed(QString::fromStdString(failure.what));
        trainer.run_left_worker();
    }
    void operator()(const message::Noted& noted)
    {
        Q_EMIT trainer.noted(QString::fromStdString(noted.what));
    }
    /// An iteration, an evaluation or a mark was written.
    template <class Record>
    void operator()(const Record&)
    {
        rows = true;
    }
};

RunTrainer::RunTrainer(Worker::EngineLoader loader, const WaitingRuns& notes)
    : worker_(std::make_unique<Worker>(std::move(loader)))
    , notes_(notes)
{
    messages_.setInterval(message_interval);
    connect(&messages_, &QTimer::timeout, this, &RunTrainer::take_messages);
    messages_.start();
}

RunTrainer::~RunTrainer()
{
    blockSignals(true); // who listened is going as well
    stop_and_hold();
    while (worker_->busy())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    take_messages(); // whether the run in training came as far as the file
}

void RunTrainer::take_messages()
{
    MessageVisitor visitor{ *this };
    for (const WorkerMessage& message : worker_->drain())
        std::visit(visitor, message);
    visitor.tell_rows();
    if (visitor.status)
        Q_EMIT status_changed();
    if (engine_known_ && !training_ && open_questions_.empty())
        messages_.stop();
}

bool RunTrainer::goes_on_with(RunId run) const
{
    return training_ && training_file_ == file_
        && (run_ == run || (begun_ && begun_->goes_on == run));
}

std::optional<RunId> RunTrainer::run_in_open_file() const
{
    return training_ && training_file_ == file_ ? run_ : std::nullopt;
}

void RunTrainer::set_file(const QString& file, std::vector<QueuedRun> waiting)
{
    file_ = file;
    queue_.clear();
    for (QueuedRun& run : waiting)
        queue_.add(std::move(run));
    holding_ = true;
}

void RunTrainer::add(std::vector<QueuedRun> runs)
{
    try {
        notes_.add(file_, runs);
    } catch (const Error& error) {
        Q_EMIT failed(QString::fromStdString(error.what()));
    }
    for (QueuedRun& run : runs)
        queue_.add(std::move(run));
    start_waiting();
}

void RunTrainer::start_waiting()
{
    holding_ = false;
    begin_next();
}

bool RunTrainer::has_of_sweep(const RunConfig& config) const
{
    const auto is_it
        = [&](const QueuedRun& run) { return run.of_sweep && run.config == config; };
    return std::ranges::any_of(waiting(), is_it) || (begun_ && is_it(*begun_))
        || (of_sweep_ && is_it(*of_sweep_));
}

void RunTrainer::begin_next()
{
    if (!training_ && !holding_) {
        if (std::optional<QueuedRun> next = take_waiting()) {
            training_ = true;
            stopped_ = false;
            left_ = false;
            processes_ = next->processes;
            training_file_ = file_;
            preparing_ = (engine_known_ ? tr("preparing the run") : tr("loading the engine"))
                + QChar(0x2026);
            if (next->observes)
                worker_->observe(observation_of(*next));
            else if (next->goes_on)
                worker_->resume_run(path_of(file_), *next->goes_on, processes_);
            else
                worker_->start(next->config, path_of(file_), processes_);
            begun_ = std::move(next);
            messages_.start();
            Q_EMIT status_changed();
        }
    }
    Q_EMIT changed();
}

ObserveRequest RunTrainer::observation_of(const QueuedRun& run) const
{
    ObserveRequest request = request_for(run.config, path_of(file_));
    request.watch = run.watches;
    return request;
}

// The note stays until the run is in the file.
std::optional<QueuedRun> RunTrainer::take_waiting()
{
    while (std::optional<QueuedRun> next = queue_.take()) {
        if (next->note.isEmpty() || QFileInfo::exists(next->note))
            return next; // else another program has begun it
    }
    return std::nullopt;
}

void RunTrainer::remove_note_of_run()
{
    std::optional<QueuedRun> begun = std::exchange(begun_, std::nullopt);
    if (!begun || begun->note.isEmpty())
        return;
    if (!begun->of_sweep) {
        QFile::remove(begun->note);
        return;
    }
    begun->note = WaitingRuns::mark_begun(begun->note);
    of_sweep_ = std::move(begun);
}

void RunTrainer::settle_run_of_sweep(bool ended_for_good)
{
    std::optional<QueuedRun> ended = std::exchange(of_sweep_, std::nullopt);
    if (!ended)
        return;
    if (ended_for_good) {
        QFile::remove(ended->note);
    } else if (run_in_open_file()) {
        ended->goes_on = run_;
        queue_.put_back(std::move(*ended));
    }
}

// A run that was stopped before it came as far as the file: where its file was left it waits on,
// first in its turn, else it was not wanted.
void RunTrainer::settle_note_of_stopped_run()
{
    if (!begun_)
        return;
    const bool in_open_file = training_file_ == file_;
    if (!holding_ && in_open_file) {
        remove_note_of_run();
        return;
    }
    const auto& waiting = queue_.waiting(); // where the file was opened again, it is there already
    const bool waits = std::any_of(waiting.begin(), waiting.end(),
        [this](const QueuedRun& run) { return run.note == begun_->note; });
    if (in_open_file && !begun_->note.isEmpty() && !waits)
        queue_.put_back(std::move(*begun_));
    begun_.reset();
}

void RunTrainer::run_left_worker()
{
    if (run_in_open_file())
        Q_EMIT run_ended();
    else
        finish_run();
}

void RunTrainer::finish_run()
{
    if (!std::exchange(training_, false))
        return;
    preparing_.clear();
    steps_per_second_ = 0;
    processes_ = 1;
    run_.reset();
    begin_next();
    Q_EMIT status_changed();
}

void RunTrainer::leave_queue_if(const std::function<bool(const QueuedRun&)>& unwanted)
{
    for (const QueuedRun& run : queue_.waiting()) {
        if (unwanted(run) && !run.note.isEmpty())
            QFile::remove(run.note);
    }
    queue_.remove(unwanted);
}

void RunTrainer::leave_queue(int ticket)
{
    leave_queue_if([ticket](const QueuedRun& run) { return run.ticket == ticket; });
    Q_EMIT changed();
}

void RunTrainer::empty_queue()
{
    leave_queue_if([](const QueuedRun&) { return true; });
    Q_EMIT changed();
}

void RunTrainer::go_on_with(int ticket, RunId run)
{
    queue_.go_on_with(ticket, run);
}

void RunTrainer::leave_to_others(int ticket)
{
    queue_.remove([ticket](const QueuedRun& run) { return run.ticket == ticket; });
}

void RunTrainer::leave_queue_of(RunId id)
{
    leave_queue_if([id](const QueuedRun& run) { return run.goes_on == id; });
}

void RunTrainer::pause()
{
    worker_->pause();
    Q_EMIT changed();
}

void RunTrainer::resume()
{
    worker_->resume();
    Q_EMIT changed();
}

void RunTrainer::stop()
{
    stopped_ = true;
    worker_->stop();
}

void RunTrainer::leave_running()
{
    left_ = processes_ > 1;
    worker_->leave();
}

void RunTrainer::stop_and_hold()
{
    holding_ = true;
    worker_->stop();
    Q_EMIT changed();
}

QuestionId RunTrainer::ask(const QString& asker, Question question)
{
    const QuestionId id = worker_->ask(asker.toStdString(), std::move(question));
    open_questions_[asker] = id;
    messages_.start();
    return id;
}

void RunTrainer::withdraw_question(const QString& asker)
{
    open_questions_.erase(asker);
    worker_->withdraw(asker.toStdString());
}

void RunTrainer::close_question(QuestionId id)
{
    std::erase_if(open_questions_, [id](const auto& open) { return open.second == id; });
}

} // namespace circuitloom::ui
