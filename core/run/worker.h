#pragma once

#include "core/run/engine.h"

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace circuitloom {

/// Number of a question that a worker was asked, from 1; later ones have greater numbers.
using QuestionId = Id<struct QuestionTag, std::int64_t>;

namespace message {
struct EngineReady
{
    std::string device;
};
struct Preparing
{
    std::string what;
};
struct Started
{
    RunId run;
    std::string device;
    int steps = 0;
};
struct StepDone
{
    StepRecord step;
    double steps_per_second = 0;
};
struct IterationCommitted
{
    IterationRecord iteration;
};
struct Evaluated
{
    std::vector<EvaluationRecord> evaluations;
};
struct Marked
{
    MarkRecord mark;
};
/// A question is being answered.
struct Answering
{
    QuestionId question;
    std::string what; ///< as in "rebuilding step 46"
    int done = 0;
    int total = 0;
};
struct Answered
{
    QuestionId question;
    Answer answer;
};
/// A question has no answer; `what` is a sentence for the user.
struct QuestionFailed
{
    QuestionId question;
    std::string what;
};
/// A sentence for the user, in place of the one before; of the run under way.
struct Noted
{
    std::string what;
};
struct Ended
{
    RunState state = RunState::finished; ///< running: it was left and goes on
};
/// The run, or the loading of the engine, failed; `what` is a sentence for the user.
struct Failed
{
    std::string what;
};
} // namespace message

using WorkerMessage
    = std::variant<message::EngineReady, message::Preparing, message::Started, message::StepDone,
        message::IterationCommitted, message::Evaluated, message::Marked, message::Answering,
        message::Answered, message::QuestionFailed, message::Noted, message::Ended, message::Failed>;

/// A thread that loads the engine and runs one run after another, and a second one that has it
/// answer questions. The two compute by turns (see TurnTaking).
///
/// Commands may come from any thread and never block. Messages are taken with drain(), about
/// thirty times a second; they are values and share nothing with the worker. An exception of the
/// engine becomes a Failed message, after which the worker takes the next run.
class Worker
{
public:
    /// Called on the worker's thread, once, before the first run; may throw.
    using EngineLoader = std::function<std::unique_ptr<TuningEngine>()>;

    /// Starts the thread and the loading at once.
    explicit Worker(EngineLoader loader);
    /// Stops the run at its next step and joins.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Queues a run; it begins when those before it have ended. More than one of `processes` share
    /// it in a session of their own (see run_in_processes()), while this program answers questions.
    void start(const RunConfig& config, const std::filesystem::path& file, int processes = 1);
    /// Queues a run of `file` that was left before its end; Started then has its old number.
    void resume_run(const std::filesystem::path& file, RunId run, int processes = 1);
    /// Queues the observing of a series.
    void observe(const ObserveRequest& request);
    /// Of the run under way; without one, pause() and resume() do nothing and stop() empties the
    /// queue. A run that several processes share is not paused.
    void pause();
    void resume();
    void stop();
    /// A run that several processes share goes on without this program, also where it is told to
    /// stop afterwards; Ended then says running. Does nothing to any other.
    void leave();
    /// True from start(), resume_run() or observe() until its Ended or Failed message was queued.
    bool busy() const;
    bool paused() const;

    /// Asks on behalf of `asker`. A question of the same asker that is not answered yet is
    /// forgotten: no message of it comes after this call, but what was queued before may still be
    /// drained. Askers are answered in the order in which they came: who asks anew while waiting
    /// keeps the place, who does so while being answered comes last.
    QuestionId ask(const std::string& asker, Question question);
    /// Forgets the asker's question, if it is not answered yet.
    void withdraw(const std::string& asker);

    /// Every message since the last call, in order.
    std::vector<WorkerMessage> drain();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace circuitloom
