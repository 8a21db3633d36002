#include "core/engine/tuning_engine.h"

#include "core/base/error.h"
#include "core/base/number_text.h"
#include "core/distributed/ranks.h"
#include "core/engine/answers.h"
#include "core/engine/observe.h"
#include "core/engine/shared_run.h"
#include "core/model/device.h"
#include "core/run/block_sharding.h"
#include "core/run/imported_run.h"
#include "core/run/observed_run.h"
#include "core/run/run_estimate.h"
#include "core/run/silent_observer.h"
#include "core/store/journal.h"
#include "core/store/upgrade.h"
#include "core/tuning/failure.h"
#include "core/tuning/run_loop.h"
#include "core/tuning/run_place.h"
#include "core/tuning/run_preparation.h"
#include "core/tuning/same_data.h"

#include <functional>
#include <utility>

namespace circuitloom {

namespace {

// Whatever is thrown becomes one of our errors.
template <class Action>
auto in_words(Action&& action)
{
    try {
        return action();
    } catch (const Error&) {
        throw;
    } catch (...) {
        throw ResourceError(failure_in_words());
    }
}

void announce_upgrade(const std::filesystem::path& file, RunObserver& observer)
{
    for (const std::string& notice : { upgrade_notice(file), journal_notice(file) })
        if (!notice.empty())
            observer.preparing(notice);
}

std::string megabytes(std::int64_t bytes)
{
    return fixed(static_cast<double>(bytes) / 1e6, 1) + " MB";
}

void announce_size(const PreparedRun& run, RunObserver& observer)
{
    TaskSize task;
    task.examples = static_cast<int>(run.task.examples.size());
    const RunEstimate size = estimate_run(run.config, run.model.config(), task);
    observer.preparing("The file grows by about " + megabytes(size.file)
        + " of circuits and figures, and up to " + megabytes(size.checkpoints)
        + " of checkpoints, of which up to " + megabytes(size.finished)
        + " stay once the run is finished.");
}

// The run, if it can be gone on with; asked before the model is loaded for nothing.
RunSummary resumable_run(const std::filesystem::path& file, RunId id, RunObserver& observer)
{
    const ExperimentReader reader(file);
    RunSummary run = reader.run(id);
    require_tuned(run.description);
    const std::string name = "Run " + std::to_string(id.value) + " of " + file.string();
    if (run.state == RunState::finished)
        throw InputError(name + " is finished; there is nothing to go on with.");
    if (is_under_way(run.state))
        throw InputError(name + " is going on; stop it where it runs first.");
    if (reader.checkpoints(id).empty())
        observer.preparing(name + " has no checkpoint, so it begins anew.");
    return run;
}

/// The run that a loop trains.
class LoopInTraining : public LiveRun
{
public:
    LoopInTraining(const RunLoop& loop, std::filesystem::path file)
        : loop_(loop)
        , file_(std::move(file))
    {
    }

    bool is(const std::filesystem::path& file, RunId run) const override
    {
        std::error_code error;
        return loop_.id() == run && std::filesystem::equivalent(file, file_, error);
    }
    int steps_taken() const override { return loop_.steps_taken(); }
    const Transformer& model() const override { return loop_.model(); }

private:
    const RunLoop& loop_;
    std::filesystem::path file_;
};

/// The processes of one run, which hear why one of them ends before its first step.
class Together
{
public:
    explicit Together(const ProcessPlace& place)
        : ranks_(place)
    {
    }

    /// What the first process is to tune, in all of them, as the user gave it.
    RunConfig agree(const RunConfig& config)
    {
        if (ranks_.alone())
            return config;
        return run_config_from_json(
            ranks_.of_first("configuration", ranks_.is_first() ? to_json(config) : ""));
    }

    /// Where this process computes. All have looked at the memory before any fills it.
    RunPlace place(const RunConfig& agreed)
    {
        if (ranks_.alone())
            return {};
        RunPlace place = run_place(agreed, ranks_.place(), usable_cards());
        place.free = free_memory(pick_device(place.device_of(agreed)));
        ranks_.meet("measured");
        return place;
    }

    PreparedRun prepare(const RunConfig& config, RunObserver& observer)
    {
        const RunConfig agreed = agree(config);
        return prepare_run(agreed, observer, place(agreed));
    }

    /// The run as `prepare` gives it. Once all have theirs, the first process opens its file by
    /// `begin`, while the others wait as long as for what was read; then the steps may begin.
    RunLoop loop(const std::function<PreparedRun()>& prepare,
        const std::function<RunBeginning(const PreparedRun&)>& begin)
    {
        RunBeginning beginning;
        try {
            PreparedRun prepared = prepare();
            require_same_data(prepared, ranks_);
            ranks_.meet("prepared");
            beginning = begin(prepared);
            ranks_.begin(prepared.model.device());
            return RunLoop(std::move(prepared), std::move(beginning), ranks_);
        } catch (const ProcessLost& cause) {
            beginning.output.fail(cause.what());
            throw;
        } catch (...) {
            const std::string reason = failure_in_words();
            beginning.output.fail(reason);
            ranks_.give_up(reason);
            throw;
        }
    }

private:
    Ranks ranks_;
};

class LibTorchEngine : public TuningEngine
{
public:
    explicit LibTorchEngine(ProcessPlace place, const EngineOptions& options = {})
        : place_(std::move(place))
        , models_(options.model_cache_bytes)
    {
    }

    RunState tune(const RunConfig& config, const std::filesystem::path& file, RunObserver& observer,
        RunControl& control, std::stop_token stop) override
    {
        return in_words([&] {
            require_processes(config, place_.size);
            Together together(place_);
            RunLoop loop = together.loop(
                [&] {
                    PreparedRun read = together.prepare(config, observer);
                    announce_size(read, observer);
                    announce_upgrade(file, observer);
                    return read;
                },
                [&](const PreparedRun& run) { return new_run(run, file, observer); });
            return train(loop, file, control, stop);
        });
    }

    RunState resume(const std::filesystem::path& file, RunId run, RunObserver& observer,
        RunControl& control, std::stop_token stop) override
    {
        return in_words([&] {
            Together together(place_);
            RunLoop loop = together.loop(
                [&] {
                    const RunSummary begun = resumable_run(file, run, observer);
                    PreparedRun read = together.prepare(config_of(begun.description), observer);
                    if (read.description.model_fingerprint != begun.description.model_fingerprint)
                        throw InputError("The model " + begun.description.model
                            + " is not the one that run " + std::to_string(run.value)
                            + " began with: its files have changed.");
                    announce_upgrade(file, observer);
                    return read;
                },
                [&](const PreparedRun& read) { return resumed_run(read, file, run, observer); });
            return train(loop, file, control, stop);
        });
    }

    RunState observe(const ObserveRequest& request, RunObserver& observer, RunControl& control,
        std::stop_token stop) override
    {
        return in_words(
            [&] { return circuitloom::observe(request, observer, control, std::move(stop)); });
    }

    Answer answer(
        const Question& question, const AnswerProgress& progress, std::stop_token stop) override
    {
        return in_words([&] {
            return circuitloom::answer(question, { models_, progress, stop, &live_ });
        });
    }

    std::string device_name() const override { return device_description(pick_device("auto")); }

private:
    RunState train(RunLoop& loop, const std::filesystem::path& file, RunControl& control,
        const std::stop_token& stop)
    {
        const LoopInTraining live(loop, file);
        // Questions have their turns within run() alone.
        struct Announced
        {
            const LiveRun*& place;
            ~Announced() { place = nullptr; }
        } const announced{ live_ };
        // A question asks for blocks when the other processes do not expect it.
        if (!loop.model().spread())
            live_ = &live;
        return loop.run(control, stop);
    }

    ProcessPlace place_;
    ModelSource models_; // of the thread that answers
    const LiveRun* live_ = nullptr; // written only while the run has its turn
};

} // namespace

std::unique_ptr<TuningEngine> make_tuning_engine(const EngineOptions& options)
{
    return std::make_unique<LibTorchEngine>(ProcessPlace{}, options);
}

std::unique_ptr<TuningEngine> make_shared_tuning_engine(const ProcessPlace& place)
{
    return std::make_unique<LibTorchEngine>(place);
}

RunState assist(const ProcessPlace& place, std::stop_token stop)
{
    return in_words([&] {
        Together together(place);
        SilentObserver nobody;
        RunLoop loop = together.loop([&] { return together.prepare({}, nobody); },
            [](const PreparedRun&) { return RunBeginning(); });
        RunControl control;
        return loop.run(control, std::move(stop));
    });
}

} // namespace circuitloom
