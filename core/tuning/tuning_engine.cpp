#include "core/tuning/tuning_engine.h"

#include "core/base/error.h"
#include "core/model/device.h"
#include "core/store/upgrade.h"
#include "core/tuning/failure.h"
#include "core/tuning/run_loop.h"

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

// Before the model is loaded for nothing.
void require_resumable(const RunSummary& run, const std::filesystem::path& file)
{
    const std::string name = "Run " + std::to_string(run.id.value) + " of " + file.string();
    if (run.state == RunState::finished)
        throw InputError(name + " is finished; there is nothing to go on with.");
    if (run.state == RunState::running || run.state == RunState::paused)
        throw InputError(name + " is going on; stop it where it runs first.");
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
            const RunSummary begun = ExperimentReader(file).run(run);
            require_resumable(begun, file);
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
