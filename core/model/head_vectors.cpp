#include "core/model/head_vectors.h"

#include "core/model/norms.h"
#include "core/model/rotary.h"

namespace circuitloom {

HeadVectors head_vectors(const ModelConfig& config, const Weights& weights, int layer,
    const torch::Tensor& qkv, const torch::Tensor& rotation)
{
    const auto batch = qkv.size(0);
    const auto positions = qkv.size(1);
    const std::int64_t dim = config.head_dim;
    const std::int64_t heads = config.heads;
    const std::int64_t kv_heads = config.kv_heads;
    // Split at once, here and below: the parts' gradients are joined then, not padded and added.
    const auto parts = qkv.split_with_sizes({ heads * dim, kv_heads * dim, kv_heads * dim }, -1);
    const auto by_head = [&](const torch::Tensor& x) {
        return x.view({ batch, positions, x.size(-1) / dim, dim }).transpose(1, 2);
    };
    const auto normed = [&](const torch::Tensor& x, LayerPart weight) {
        return rms_norm(x, norm_multiplier(config, weights.at(layer, weight)), config.norm_epsilon);
    };
    auto q = parts[0];
    auto k = parts[1];
    if (config.qk_norm && config.qk_norm_joint) {
        q = normed(q, LayerPart::query_norm_weight);
        k = normed(k, LayerPart::key_norm_weight);
    }
    q = by_head(q);
    k = by_head(k);
    if (config.qk_norm && !config.qk_norm_joint) {
        q = normed(q, LayerPart::query_norm_weight);
        k = normed(k, LayerPart::key_norm_weight);
    }
    if (config.turns(layer)) {
        q = rotate(q, rotation, config.rotary_neighbours);
        k = rotate(k, rotation, config.rotary_neighbours);
    }
    return { q, k, by_head(parts[2]) };
}

torch::Tensor attend(
    const ModelConfig& config, int layer, const HeadVectors& vectors, const torch::Tensor& mask)
{
    const auto batch = vectors.query.size(0);
    const auto positions = vectors.query.size(2);
    const std::int64_t dim = config.head_dim;
    const std::int64_t heads = config.heads;
    const std::int64_t kv_heads = config.kv_heads;
    const std::int64_t sharing = heads / kv_heads;
    // Heads that share a key stand side by side, so they are rows of one product with it.
    const auto queries = vectors.query.reshape({ batch, kv_heads, sharing * positions, dim });
    auto scores
        = capped(torch::matmul(queries, vectors.key.transpose(2, 3)) * config.score_scale(layer),
            config.attention_cap);
    if (mask.defined())
        scores = (scores.view({ batch, kv_heads, sharing, positions, -1 }) + mask.unsqueeze(1))
                     .view(scores.sizes());
    return torch::matmul(torch::softmax(scores, -1), vectors.value)
        .view({ batch, heads, positions, dim })
        .transpose(1, 2)
        .reshape({ batch, positions, heads * dim });
}

torch::Tensor embedded_at(const ModelConfig& config, const Weights& weights,
    const torch::Tensor& ids, const torch::Tensor& positions)
{
    const auto x = token_embedding(config, weights, ids);
    if (config.position != PositionKind::learned)
        return x;
    return x + torch::embedding(weights.position_embedding, positions + config.position_offset);
}

torch::Tensor norm_multiplier(const ModelConfig& config, const torch::Tensor& weight)
{
    return config.norm_adds_one && weight.defined() ? 1 + widened(weight) : weight;
}

torch::Tensor capped(const torch::Tensor& x, double cap)
{
    return cap > 0 ? torch::tanh(x / cap) * cap : x;
}

torch::Tensor token_embedding(
    const ModelConfig& config, const Weights& weights, const torch::Tensor& ids)
{
    const auto x = torch::embedding(weights.token_embedding, ids);
    // The factor is rounded to the model's precision, as transformers has it.
    if (config.embedding_scale == 1)
        return x;
    return x * torch::full({}, config.embedding_scale, x.options().requires_grad(false));
}

} // namespace circuitloom
