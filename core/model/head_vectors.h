#pragma once

#include "core/architecture/model_config.h"
#include "core/model/weights.h"

#include <torch/types.h>

namespace circuitloom {

/// q of every head and k and v of every key/value head, each [batch, head, position, head_dim], as
/// attention uses them: normed and turned where the family has it.
struct HeadVectors
{
    torch::Tensor query;
    torch::Tensor key;
    torch::Tensor value;
};

/// From LayerTaps::qkv of that layer. `rotation` is its PositionTables::rotations, or the
/// same for the positions of each text, [2, batch, 1, position, turned_dim / 2].
HeadVectors head_vectors(const ModelConfig& config, const Weights& weights, int layer,
    const torch::Tensor& qkv, const torch::Tensor& rotation);

/// z of the queries, [batch, position, heads head_dim]; there may be more keys and values than
/// queries, those of positions before. `mask`, [batch, 1, position, key], is added to the scores;
/// undefined adds nothing.
torch::Tensor attend(
    const ModelConfig& config, int layer, const HeadVectors& vectors, const torch::Tensor& mask);

/// Token + position embedding, [batch, position, d_model], of ids that stand at `positions` of
/// their texts, both int64 [batch, position].
torch::Tensor embedded_at(const ModelConfig& config, const Weights& weights,
    const torch::Tensor& ids, const torch::Tensor& positions);

/// What a norm with this stored weight multiplies by; undefined where that is.
torch::Tensor norm_multiplier(const ModelConfig& config, const torch::Tensor& weight);
/// cap tanh(x / cap); x itself where `cap` is 0.
torch::Tensor capped(const torch::Tensor& x, double cap);
/// The token's embedding alone, scaled where the family has it.
torch::Tensor token_embedding(
    const ModelConfig& config, const Weights& weights, const torch::Tensor& ids);

} // namespace circuitloom
