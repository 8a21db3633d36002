#include "core/run/block_sharding.h"

#include "core/base/error.h"
#include "core/run/tuning_methods.h"

namespace circuitloom {

bool shards_blocks(const RunConfig& config, int processes)
{
    return config.shard_blocks && processes > 1;
}

void require_processes(const RunConfig& config, int processes)
{
    if (config.shard_blocks && processes == 1)
        throw InputError("run.shard_blocks is true but the run is one process, which needs all blocks "
                         "itself. Set it to false, or let several processes share the run, by "
                         "circuitloom-cli tune --processes, torchrun, srun or mpirun, or in the "
                         "window's dialog.");
}

bool may_shard_blocks(const RunConfig& config)
{
    return tuning_method_info(config.method).part == TunedPart::circuit
        && config.discovery.metric != MetricKind::kl;
}

std::int64_t held_parameters(const RunConfig& config, const ModelConfig& model,
    std::int64_t parameters, std::int64_t outside, int processes)
{
    if (!shards_blocks(config, processes))
        return parameters;
    const std::int64_t block = (parameters - outside) / model.layers;
    const std::int64_t kept = (model.layers + processes - 1) / processes;
    return outside + (kept + 2) * block;
}

} // namespace circuitloom
