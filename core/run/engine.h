#pragma once

#include "core/run/observation.h"
#include "core/run/questions.h"
#include "core/run/run_config.h"
#include "core/store/records.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace circuitloom {

/// What the engine tells whoever watches, by value. Called on the engine's thread; an
/// implementation must return at once.
class RunObserver
{
public:
    virtual ~RunObserver() = default;
    /// What happens before the first step ("loading the model"), for a status line.
    virtual void preparing(const std::string& what) = 0;
    virtual void started(RunId run, const std::string& device, int steps) = 0;
    virtual void step_done(const StepRecord& step, double steps_per_second) = 0;
    /// The iteration is in the file when this is called.
    virtual void iteration_committed(const IterationRecord& iteration) = 0;
    virtual void evaluated(const std::vector<EvaluationRecord>& evaluations) = 0;
    virtual void marked(const MarkRecord& mark) = 0;
    /// A sentence for the user: what was left out, say. Takes the place of the one before.
    virtual void noted(const std::string&) { }
};

class TurnTaking;

/// How a caller holds the engine: between two steps it waits here while paused or while a question
/// is answered, and leaves when asked to stop. All calls are safe from any thread.
class RunControl
{
public:
    /// `turns`, where given, must outlive the control: the run then computes in its turns alone.
    explicit RunControl(TurnTaking* turns = nullptr);
    void pause();
    void resume();
    bool paused() const;
    /// For the run's thread, between two steps or batches: lets a question that waits have its
    /// turn.
    void let_questions_compute();
    /// For the run's thread, between two steps or batches: lets a question that waits have its
    /// turn, and blocks while paused. False once `stop` was requested, also while paused.
    bool proceed(std::stop_token stop);
    /// For the run's thread, where it has nothing to compute for so long: questions have all the time.
    /// Returns early once `stop` is requested.
    void rest(std::stop_token stop, std::chrono::milliseconds time);

private:
    TurnTaking* turns_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    bool paused_ = false;
};

/// The part that needs LibTorch, behind an interface that does not: the window opens before it is
/// loaded. An engine belongs to the thread that made it, but for answer().
class TuningEngine
{
public:
    virtual ~TuningEngine() = default;
    /// Runs to the end, to `stop`, or to an exception (of which the run's row in the file says
    /// failed and why). Returns the state the run ended in.
    virtual RunState tune(const RunConfig& config, const std::filesystem::path& file,
        RunObserver& observer, RunControl& control, std::stop_token stop)
        = 0;
    /// Goes on with a run of `file` from its latest checkpoint, or from its beginning where it has
    /// none; otherwise as tune(). Throws InputError where the run has ended by itself, is held by a
    /// living process, or the model is no longer the one it began with.
    virtual RunState resume(const std::filesystem::path& file, RunId run, RunObserver& observer,
        RunControl& control, std::stop_token stop)
        = 0;
    /// Makes a run of checkpoints that others trained, or goes on with one; otherwise as tune().
    virtual RunState observe(const ObserveRequest& request, RunObserver& observer,
        RunControl& control, std::stop_token stop)
        = 0;
    /// Answers a question. From any one thread, also while a run goes on in the engine's own, but
    /// never while that computes (see TurnTaking). Throws Cancelled once `stop` is requested, else
    /// Error for whatever cannot be answered.
    virtual Answer answer(
        const Question& question, const AnswerProgress& progress, std::stop_token stop)
        = 0;
    /// As in "cuda:0 (NVIDIA H200)" or "CPU · 2 threads".
    virtual std::string device_name() const = 0;
};

} // namespace circuitloom
