#include "core/tuning/tuning_engine.h"

#include "core/base/error.h"
#include "core/model/device.h"
#include "core/store/upgrade.h"
#include "core/tuning/failure.h"
#include "core/tuning/run_loop.h"
#include "core/tuning/run_preparation.h"

#include <utility>

namespace circuitloom {

namespace {

// Whatever is thrown becomes one of our errors.
template <class Action>
RunState in_words(Action&& action)
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
    const std::string notice = upgrade_notice(file);
    if (!notice.empty())
        observer.preparing(notice);
}

// The run, if it can be gone on with; asked before the model is loaded for nothing.
RunSummary resumable_run(const std::filesystem::path& file, RunId id, RunObserver& observer)
{
    const ExperimentReader reader(file);
    RunSummary run = reader.run(id);
    const std::string name = "Run " + std::to_string(id.value) + " of " + file.string();
    if (run.state == RunState::finished)
        throw InputError(name + " is finished; there is nothing to go on with.");
    if (run.state == RunState::running || run.state == RunState::paused)
        throw InputError(name + " is going on; stop it where it runs first.");
    if (reader.checkpoints(id).empty())
        observer.preparing(name + " has no checkpoint, so it begins anew");
    return run;
}

class LibTorchEngine : public TuningEngine
{
public:
    RunState tune(const RunConfig& config, const std::filesystem::path& file, RunObserver& observer,
        RunControl& control, std::stop_token stop) override
    {
        return in_words([&] {
            PreparedRun prepared = prepare_run(config, observer);
            announce_upgrade(file, observer);
            RunLoop loop(std::move(prepared), file, observer);
            return loop.run(control, stop);
        });
    }

    RunState resume(const std::filesystem::path& file, RunId run, RunObserver& observer,
        RunControl& control, std::stop_token stop) override
    {
        return in_words([&] {
            const RunSummary begun = resumable_run(file, run, observer);
            PreparedRun prepared
                = prepare_run(run_config_from_json(begun.description.configuration), observer);
            if (prepared.description.model_fingerprint != begun.description.model_fingerprint)
                throw InputError("The model " + begun.description.model + " is not the one that "
                    + "run " + std::to_string(run.value) + " began with: its files have changed.");
            announce_upgrade(file, observer);
            RunLoop loop(std::move(prepared), file, run, observer);
            return loop.run(control, stop);
        });
    }

    std::string device_name() const override { return device_description(pick_device("auto")); }
};

} // namespace

std::unique_ptr<TuningEngine> make_tuning_engine()
{
    return std::make_unique<LibTorchEngine>();
}

} // namespace circuitloom
