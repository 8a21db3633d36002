#include "core/model/ungrouped.h"

namespace circuitloom {

namespace {

// Entries of the last dimension: each of `groups` stretches of `width` stands `times` times.
torch::Tensor repeated(
    const torch::Tensor& x, std::int64_t groups, std::int64_t width, std::int64_t times)
{
    return x.unflatten(-1, { groups, width }).repeat_interleave(times, -2).flatten(-2);
}

} // namespace

Transformer ungrouped(const Transformer& model)
{
    const torch::NoGradGuard no_grad;
    ModelConfig config = model.config();
    const std::int64_t groups = config.kv_heads;
    const std::int64_t times = config.heads / config.kv_heads;
    const std::int64_t width = config.head_dim;
    Weights weights = model.weights();
    const auto repeat_shared = [&](torch::Tensor& qkv) {
        if (!qkv.defined())
            return;
        const auto parts = qkv.split_with_sizes(
            { config.heads * width, groups * width, groups * width }, -1);
        qkv = torch::cat({ parts[0], repeated(parts[1], groups, width, times),
                             repeated(parts[2], groups, width, times) },
            -1);
    };
    for (int layer = 0; times > 1 && layer < config.layers; ++layer) {
        repeat_shared(weights.at(layer, LayerPart::qkv_weight));
        repeat_shared(weights.at(layer, LayerPart::qkv_bias));
        // A norm over all keys together has a weight for each of them; its scale stays.
        auto& norm = weights.at(layer, LayerPart::key_norm_weight);
        if (norm.defined() && norm.size(0) == groups * width && groups > 1)
            norm = repeated(norm, groups, width, times);
    }
    config.kv_heads = config.heads;
    return Transformer(std::move(config), std::move(weights));
}

} // namespace circuitloom
