#include "core/architecture/model_size.h"

#include <algorithm>

namespace circuitloom {

std::int64_t entry_count(const ModelConfig& config, const WeightPlace& place)
{
    const std::vector<std::int64_t> shape = weight_shape(config, place);
    std::int64_t count = shape.empty() ? 0 : 1;
    for (const std::int64_t size : shape)
        count *= size;
    return count;
}

std::int64_t parameter_count(const ModelConfig& config)
{
    std::int64_t count = 0;
    for (const ModelPart part : model_parts)
        count += entry_count(config, part);
    std::int64_t layer = 0; // all are alike
    for (std::size_t part = 0; part < layer_part_count; ++part)
        layer += entry_count(config, ParameterPlace{ 0, static_cast<LayerPart>(part) });
    return count + config.layers * layer;
}

std::int64_t kept_per_token(const ModelConfig& config, std::int64_t positions)
{
    const std::int64_t queries = std::int64_t{ config.heads } * config.head_dim;
    const std::int64_t qkv = queries + 2 * std::int64_t{ config.kv_heads } * config.head_dim;
    const std::int64_t mlp_in = (config.gated_mlp ? 2 : 1) * std::int64_t{ config.mlp_width };
    // Inputs, outputs and norms of both halves; q, k and v as they are and turned for the products;
    // the pattern before and after the softmax; z twice; the MLP before and after its activation.
    std::int64_t layer = 6 * std::int64_t{ config.d_model } + qkv + 3 * queries + 2 * queries
        + std::int64_t{ 2 } * config.heads * positions + 2 * mlp_in + config.mlp_width;
    if (config.attention_cap > 0)
        layer += std::int64_t{ 2 } * config.heads * positions;
    // The norms of the outputs, and what the nodes write from at the norms' scales.
    if (config.output_norms)
        layer += 4 * std::int64_t{ config.d_model } + queries + config.mlp_width;
    return config.layers * layer;
}

std::int64_t kept_inputs_per_token(const ModelConfig& config)
{
    return std::int64_t{ config.layers } * config.d_model;
}

std::int64_t recomputed_per_token(const ModelConfig& config, std::int64_t positions)
{
    return kept_per_token(config, positions) / config.layers;
}

std::int64_t passed_per_token(const ModelConfig& config, std::int64_t positions)
{
    const std::int64_t queries = std::int64_t{ config.heads } * config.head_dim;
    const std::int64_t qkv = queries + 2 * std::int64_t{ config.kv_heads } * config.head_dim;
    const std::int64_t mlp_in = (config.gated_mlp ? 2 : 1) * std::int64_t{ config.mlp_width };
    // The block's tensors live until its end, those of the attention only within it.
    const std::int64_t block = 5 * std::int64_t{ config.d_model } + qkv;
    const std::int64_t attention = 3 * queries + std::int64_t{ 2 } * config.heads * positions;
    const std::int64_t mlp = queries + mlp_in + 2 * std::int64_t{ config.mlp_width };
    return block + std::max(attention, mlp);
}

std::int64_t read_through_entries(const ModelConfig& config, const GraphOptions& graph)
{
    const std::int64_t heads = config.heads + 2 * std::int64_t{ config.kv_heads };
    const std::int64_t neurons = graph.mlp_group_size == 0
        ? 0
        : (config.gated_mlp ? 2 : 1) * std::int64_t{ config.mlp_width };
    return std::int64_t{ config.layers } * config.d_model * (heads * config.head_dim + neurons);
}

} // namespace circuitloom
