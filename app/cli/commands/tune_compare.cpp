#include "app/cli/commands/tune_compare.h"

#include "app/cli/commands/run_alone.h"
#include "core/base/process_memory.h"
#include "core/engine/tuning_engine.h"
#include "core/run/divergence.h"

#include <algorithm>

namespace circuitloom {

std::vector<TuningMethod> compared_methods(const std::vector<std::string>& names)
{
    std::vector<TuningMethod> methods{ TuningMethod::circuit };
    for (const std::string& name : names) {
        const TuningMethod method = tuning_method_named(name).method;
        if (std::ranges::find(methods, method) == methods.end())
            methods.push_back(method);
    }
    return methods;
}

namespace {

std::string failure_of(RunId run, const std::filesystem::path& file)
{
    return run.value > 0 && says_diverged(ExperimentReader(file).run(run).message) ? "diverged"
                                                                                  : "failed";
}

} // namespace

std::optional<std::vector<ComparedRun>> compare_methods(
    const std::vector<ComparedMethod>& methods, int seeds, const std::filesystem::path& file,
    TuningProgress& progress, std::stop_token stop)
{
    const auto engine = make_tuning_engine();
    std::vector<ComparedRun> runs;
    for (int i = 0; i < seeds; ++i)
        for (const ComparedMethod& compared : methods) {
            RunConfig one = compared.config;
            const std::string method(method_name(one.method));
            one.seed += static_cast<std::uint64_t>(i);
            one.name = method + ", seed " + std::to_string(one.seed);
            if (compared.diverges) {
                runs.push_back({ method, one.seed, {}, 0, 0, "diverged" });
                continue;
            }
            validate(one);
            restart_peak_resident_memory();
            RunControl control;
            const RunId before = progress.run();
            RunState state = RunState::failed;
            const bool ended = train_alone(progress, one.name,
                [&] { state = engine->tune(one, file, progress, control, stop); });
            const RunId run = progress.run() == before ? RunId{} : progress.run();
            if (!ended)
                runs.push_back({ method, one.seed, run, 0, 0, failure_of(run, file) });
            else if (state != RunState::finished)
                return std::nullopt;
            else
                runs.push_back({ method, one.seed, run, progress.seconds_per_step(),
                    peak_resident_memory(), {} });
        }
    return runs;
}

} // namespace circuitloom
