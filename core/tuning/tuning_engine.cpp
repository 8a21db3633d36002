#include "core/tuning/tuning_engine.h"

#include "core/base/error.h"
#include "core/model/device.h"
#include "core/tuning/run_loop.h"

#include <c10/util/Exception.h>

namespace circuitloom {

namespace {

class LibTorchEngine : public TuningEngine
{
public:
    RunState tune(const RunConfig& config, const std::filesystem::path& file, RunObserver& observer,
        RunControl& control, std::stop_token stop) override
    {
        try {
            RunLoop loop(prepare_run(config, observer), file, observer);
            return loop.run(control, stop);
        } catch (const c10::Error& failure) {
            // LibTorch's own text carries a backtrace; the first part says what happened.
            throw ResourceError(
                std::string("LibTorch could not go on: ") + failure.what_without_backtrace());
        }
    }

    std::string device_name() const override { return device_description(pick_device("auto")); }
};

} // namespace

std::unique_ptr<TuningEngine> make_tuning_engine()
{
    return std::make_unique<LibTorchEngine>();
}

} // namespace circuitloom
