#include "core/run/held_at_once.h"

#include <algorithm>

namespace circuitloom {

std::int64_t logit_rows_at_once(const ModelConfig& config, std::int64_t logits)
{
    return std::max<std::int64_t>(1, logits / std::int64_t{ config.vocabulary });
}

std::int64_t scoring_row(const ModelConfig& config, const ComputationalGraph& graph)
{
    const std::int64_t readers
        = std::max({ readers_at_once, config.heads + 2 * std::int64_t{ config.kv_heads },
            (config.gated_mlp ? 2 : 1) * std::int64_t{ graph.groups_per_mlp() } });
    return (graph.upstream_count() + 4 * std::int64_t{ config.layers } + readers) * config.d_model;
}

std::int64_t rows_at_once(const ModelConfig& config, const ComputationalGraph& graph,
    std::int64_t memory_bytes, std::int64_t element)
{
    return std::max<std::int64_t>(1, memory_bytes / (scoring_row(config, graph) * element));
}

} // namespace circuitloom
