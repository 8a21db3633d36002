#include "core/run/worker.h"

#include "core/base/error.h"
#include "core/base/thread_priority.h"
#include "core/run/message_queue.h"
#include "core/run/question_desk.h"
#include "core/run/run_in_processes.h"
#include "core/run/turn_taking.h"

#include <chrono>
#include <deque>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

namespace circuitloom {

namespace {

struct Job
{
    std::filesystem::path file;
    /// A new one, one to go on with, or one to observe.
    std::variant<RunConfig, RunId, ObserveRequest> run;
    int processes = 1; ///< that share it
};

/// How the run under way is held from outside.
struct Active
{
    Active(TurnTaking* turns, bool is_shared)
        : control(turns)
        , shared(is_shared)
    {
    }
    RunControl control;
    std::stop_source stop;
    std::stop_source leave;
    const bool shared; ///< among several processes
};

constexpr const char* unknown_reason = "It failed for an unknown reason.";
/// Progress that comes sooner after the last one is not told.
constexpr std::chrono::milliseconds progress_interval{ 30 };

std::string sentence(const std::exception& cause)
{
    const std::string what = cause.what();
    return what.empty() ? unknown_reason : what;
}

/// A run has its turn, and gives it back at the end.
class RunTurn
{
public:
    explicit RunTurn(TurnTaking& turns)
        : turns_(turns)
    {
        turns_.begin_run();
    }
    ~RunTurn() { turns_.end_run(); }
    RunTurn(const RunTurn&) = delete;
    RunTurn& operator=(const RunTurn&) = delete;

private:
    TurnTaking& turns_;
};

} // namespace

struct Worker::Impl final : RunObserver
{
    explicit Impl(EngineLoader engine_loader)
        : loader(std::move(engine_loader))
        , thread([this](std::stop_token quit) { work(quit); })
    {
    }

    // On the worker's thread.

    void work(std::stop_token quit)
    {
        yield_to_window();
        const std::unique_ptr<TuningEngine> engine = load();
        // Joined before the engine goes.
        const std::jthread answering([this, quit, &engine] { answer_all(engine.get(), quit); });
        while (const std::optional<Job> job = next_job(quit)) {
            if (engine)
                run(*engine, *job, quit);
            else
                end_run(message::Failed{ load_failure });
        }
    }

    std::unique_ptr<TuningEngine> load()
    {
        try {
            std::unique_ptr<TuningEngine> engine = loader();
            if (engine) {
                push(message::EngineReady{ engine->device_name() });
                return engine;
            }
            load_failure = "The tensor library could not be loaded.";
        } catch (const std::exception& cause) {
            load_failure = sentence(cause);
        } catch (...) {
            load_failure = "The tensor library could not be loaded.";
        }
        // Runs that wait already fail one by one, with the same words.
        const std::lock_guard lock(mutex);
        if (jobs.empty())
            messages.push(message::Failed{ load_failure });
        return nullptr;
    }

    std::optional<Job> next_job(std::stop_token quit)
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, quit, [this] { return !jobs.empty(); });
        if (quit.stop_requested())
            return std::nullopt;
        Job job = std::move(jobs.front());
        jobs.pop_front();
        active = std::make_shared<Active>(&turns, job.processes > 1);
        return job;
    }

    void run(TuningEngine& engine, const Job& job, std::stop_token quit)
    {
        const std::shared_ptr<Active> held = active; // only this thread changes `active`
        const std::stop_callback leave(quit, [&held] { held->stop.request_stop(); });
        WorkerMessage end = message::Failed{ unknown_reason };
        try {
            end = message::Ended{ held->shared ? share(job, *held) : compute(engine, job, *held) };
        } catch (const std::exception& cause) {
            end = message::Failed{ sentence(cause) };
        } catch (...) {
            // `end` says that the reason is unknown.
        }
        end_run(std::move(end));
    }

    RunState compute(TuningEngine& engine, const Job& job, Active& held)
    {
        const RunTurn turn(turns);
        const std::stop_token stop = held.stop.get_token();
        if (const auto* series = std::get_if<ObserveRequest>(&job.run))
            return engine.observe(*series, *this, held.control, stop);
        const auto* begun = std::get_if<RunId>(&job.run);
        return begun ? engine.resume(job.file, *begun, *this, held.control, stop)
                     : engine.tune(
                         std::get<RunConfig>(job.run), job.file, *this, held.control, stop);
    }

    // Questions need not wait for what other processes compute.
    RunState share(const Job& job, Active& held)
    {
        SharedJob shared{ command_line_program(), job.file, RunId{}, job.processes };
        if (const auto* begun = std::get_if<RunId>(&job.run))
            shared.run = *begun;
        else
            shared.run = std::get<RunConfig>(job.run);
        return run_in_processes(
            shared, *this, held.stop.get_token(), held.leave.get_token());
    }

    void end_run(WorkerMessage end)
    {
        const std::lock_guard lock(mutex);
        active.reset();
        --unfinished;
        messages.push(std::move(end));
    }

    // On the thread that answers.

    void answer_all(TuningEngine* engine, std::stop_token quit)
    {
        while (const std::shared_ptr<QuestionDesk::Ticket> ticket = desk.next(quit)) {
            const std::stop_callback leave(quit, [&ticket] { ticket->stop.request_stop(); });
            if (std::optional<WorkerMessage> reply = answer(engine, *ticket))
                desk.deliver(*ticket, [&] { push(std::move(*reply)); });
        }
    }

    // Nothing where the question was called off.
    std::optional<WorkerMessage> answer(TuningEngine* engine, const QuestionDesk::Ticket& ticket)
    {
        if (!engine)
            return message::QuestionFailed{ ticket.id, load_failure };
        const std::stop_token stop = ticket.stop.get_token();
        if (!turns.begin_answer(stop))
            return std::nullopt;
        auto told = std::chrono::steady_clock::now();
        const auto progress = [&](const std::string& what, int done, int total) {
            if (const auto now = std::chrono::steady_clock::now(); now - told > progress_interval) {
                told = now;
                desk.deliver(ticket, [&] {
                    push(message::Answering{ ticket.id, what, done, total });
                });
            }
            if (!turns.continue_answer(stop))
                throw Cancelled("The question was called off.");
        };
        std::optional<WorkerMessage> reply;
        try {
            reply = message::Answered{ ticket.id, engine->answer(ticket.question, progress, stop) };
        } catch (const Cancelled&) {
            // Who called it off waits for no reply.
        } catch (const std::exception& cause) {
            reply = message::QuestionFailed{ ticket.id, sentence(cause) };
        } catch (...) {
            reply = message::QuestionFailed{ ticket.id, unknown_reason };
        }
        turns.end_answer();
        return reply;
    }

    void queue(Job job)
    {
        {
            const std::lock_guard lock(mutex);
            jobs.push_back(std::move(job));
            ++unfinished;
        }
        changed.notify_one();
    }

    void push(WorkerMessage message)
    {
        const std::lock_guard lock(mutex);
        messages.push(std::move(message));
    }

    void preparing(const std::string& what) override { push(message::Preparing{ what }); }
    void started(RunId run, const std::string& device, int steps) override
    {
        push(message::Started{ run, device, steps });
    }
    void step_done(const StepRecord& step, double steps_per_second) override
    {
        push(message::StepDone{ step, steps_per_second });
    }
    void iteration_committed(const IterationRecord& iteration) override
    {
        push(message::IterationCommitted{ iteration });
    }
    void evaluated(const std::vector<EvaluationRecord>& evaluations) override
    {
        push(message::Evaluated{ evaluations });
    }
    void marked(const MarkRecord& mark) override { push(message::Marked{ mark }); }
    void noted(const std::string& sentence) override { push(message::Noted{ sentence }); }

    EngineLoader loader;
    std::string load_failure; // written before the answering thread begins
    QuestionDesk desk;
    TurnTaking turns;

    mutable std::mutex mutex; // guards what follows
    std::condition_variable_any changed;
    std::deque<Job> jobs;
    std::shared_ptr<Active> active;
    int unfinished = 0; // runs queued or under way
    MessageQueue messages;

    std::jthread thread; // last, so that it ends before what it uses
};

Worker::Worker(EngineLoader loader)
    : impl_(std::make_unique<Impl>(std::move(loader)))
{
}

Worker::~Worker() = default;

void Worker::start(const RunConfig& config, const std::filesystem::path& file, int processes)
{
    impl_->queue({ file, config, processes });
}

void Worker::resume_run(const std::filesystem::path& file, RunId run, int processes)
{
    impl_->queue({ file, run, processes });
}

void Worker::observe(const ObserveRequest& request)
{
    impl_->queue({ request.file, request });
}

void Worker::pause()
{
    const std::lock_guard lock(impl_->mutex);
    if (impl_->active && !impl_->active->shared)
        impl_->active->control.pause();
}

void Worker::resume()
{
    const std::lock_guard lock(impl_->mutex);
    if (impl_->active)
        impl_->active->control.resume();
}

void Worker::stop()
{
    const std::lock_guard lock(impl_->mutex);
    if (impl_->active) {
        impl_->active->stop.request_stop();
        return;
    }
    for (; !impl_->jobs.empty(); impl_->jobs.pop_front()) {
        --impl_->unfinished;
        impl_->messages.push(message::Ended{ RunState::stopped });
    }
}

void Worker::leave()
{
    const std::lock_guard lock(impl_->mutex);
    if (impl_->active)
        impl_->active->leave.request_stop();
}

QuestionId Worker::ask(const std::string& asker, Question question)
{
    return impl_->desk.ask(asker, std::move(question));
}

void Worker::withdraw(const std::string& asker)
{
    impl_->desk.withdraw(asker);
}

bool Worker::busy() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->unfinished > 0;
}

bool Worker::paused() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->active && impl_->active->control.paused();
}

std::vector<WorkerMessage> Worker::drain()
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->messages.take();
}

} // namespace circuitloom
