#include "core/discovery/memory.h"

#include "core/run/held_at_once.h"
#include "core/architecture/model_size.h"
#include "core/model/device.h"

#include <algorithm>

namespace circuitloom {

namespace {

constexpr std::int64_t most_on_cpu = std::int64_t{ 256 } << 20;

} // namespace

DiscoveryMemory divide_memory(const ModelConfig& config, torch::Device device, std::int64_t bytes,
    int batch, std::int64_t positions, std::int64_t element)
{
    if (bytes == 0) {
        bytes = free_memory(device) / 2;
        if (device.is_cpu())
            bytes = std::min(bytes, most_on_cpu);
    }
    const std::int64_t example = kept_per_token(config, positions) * positions * element;
    const auto fitting = std::clamp<std::int64_t>(bytes / 2 / example, 1, batch);
    return { static_cast<int>(fitting), std::max(bytes / 4, bytes - fitting * example) };
}

std::int64_t predicted_memory(const ModelConfig& config, const ComputationalGraph& graph,
    const DiscoveryMemory& division, std::int64_t positions, std::int64_t scored_rows,
    std::int64_t element)
{
    const std::int64_t tokens = division.batch * positions;
    const std::int64_t passes = kept_per_token(config, positions) * tokens * element;
    const std::int64_t one_row = scoring_row(config, graph) * element;
    const std::int64_t scoring
        = std::min(division.scoring, one_row * std::min(scored_rows, tokens));
    // StreamGeometry's copies of what the readers read through, after the norms' weights.
    std::int64_t copies = read_through_entries(config, graph.options()) * element;
    if (copies > kept_read_through)
        copies /= config.layers;
    const std::int64_t sums = std::int64_t{ graph.downstream_count() }
        * (graph.upstream_count() + config.d_model) * element;
    return passes + scoring + copies + sums;
}

} // namespace circuitloom
