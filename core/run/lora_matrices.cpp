#include "core/run/lora_matrices.h"

namespace circuitloom {

std::vector<LoraMatrix> lora_matrices(const ModelConfig& config, const LoraTargets& targets)
{
    using enum LayerPart;
    const std::int64_t width = config.d_model;
    const std::int64_t queries = std::int64_t{ config.heads } * config.head_dim;
    const std::int64_t keys = std::int64_t{ config.kv_heads } * config.head_dim;
    const std::int64_t hidden = config.mlp_width;
    std::vector<LoraMatrix> matrices;
    if (targets.query)
        matrices.push_back({ qkv_weight, width, 0, queries });
    if (targets.key)
        matrices.push_back({ qkv_weight, width, queries, keys });
    if (targets.value)
        matrices.push_back({ qkv_weight, width, queries + keys, keys });
    if (targets.output)
        matrices.push_back({ output_weight, queries, 0, width });
    if (targets.mlp) {
        matrices.push_back({ mlp_in_weight, width, 0, hidden });
        if (config.gated_mlp)
            matrices.push_back({ mlp_in_weight, width, hidden, hidden });
        matrices.push_back({ mlp_out_weight, hidden, 0, width });
    }
    return matrices;
}

std::int64_t lora_entries_per_rank(const ModelConfig& config, const LoraTargets& targets)
{
    std::int64_t entries = 0;
    for (const LoraMatrix& matrix : lora_matrices(config, targets))
        entries += matrix.rows + matrix.columns;
    return entries * config.layers;
}

} // namespace circuitloom
