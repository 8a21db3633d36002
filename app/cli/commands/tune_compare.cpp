#include "app/cli/commands/tune_compare.h"

#include "core/base/process_memory.h"
#include "core/engine/tuning_engine.h"

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

std::optional<std::vector<ComparedRun>> compare_methods(
    const std::vector<RunConfig>& configs, int seeds, const std::filesystem::path& file,
    TuningProgress& progress, std::stop_token stop)
{
    const auto engine = make_tuning_engine();
    std::vector<ComparedRun> runs;
    for (int i = 0; i < seeds; ++i)
        for (const RunConfig& config : configs) {
            RunConfig one = config;
            const TuningMethod method = config.method;
            one.seed = config.seed + static_cast<std::uint64_t>(i);
            one.name = std::string(method_name(method)) + ", seed " + std::to_string(one.seed);
            validate(one);
            restart_peak_resident_memory();
            RunControl control;
            const RunState state = engine->tune(one, file, progress, control, stop);
            if (state != RunState::finished)
                return std::nullopt;
            runs.push_back({ std::string(method_name(method)), one.seed, progress.run(),
                progress.seconds_per_step(), peak_resident_memory() });
        }
    return runs;
}

} // namespace circuitloom
