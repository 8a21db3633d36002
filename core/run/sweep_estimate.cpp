#include "core/run/sweep_estimate.h"

#include "core/run/seed_groups.h"

#include <algorithm>
#include <vector>

namespace circuitloom {

SweepEstimate estimate_sweep(
    std::span<const RunConfig> runs, const ModelConfig& model, const TaskSize& task)
{
    SweepEstimate all;
    std::vector<RepeatedRun> repeated;
    for (const RunConfig& run : runs)
        repeated.push_back({ &run });
    for (const auto& group : same_but_for_seed(repeated)) {
        const RunEstimate one = estimate_run(runs[group.front()], model, task);
        all.memory = std::max(all.memory, one.memory.total());
        all.file += (one.file + one.finished) * static_cast<std::int64_t>(group.size());
        all.meanwhile = std::max(all.meanwhile, one.checkpoints - one.finished);
    }
    return all;
}

std::optional<TimeEstimate> estimate_sweep_time(
    std::span<const RunConfig> runs, const TaskSize& task, std::span<const TimedRun> timed)
{
    TimeEstimate all;
    for (const RunConfig& run : runs) {
        const std::optional<int> steps = planned_steps(run, task);
        const auto one = steps ? estimate_time(run, *steps, timed) : std::nullopt;
        if (!one)
            return std::nullopt;
        all.seconds += one->seconds;
        for (const std::string& name : one->differing)
            if (std::ranges::find(all.differing, name) == all.differing.end())
                all.differing.push_back(name);
        all.run = one->run;
    }
    return all;
}

} // namespace circuitloom
