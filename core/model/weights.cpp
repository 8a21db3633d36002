#include "core/model/weights.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

namespace circuitloom {

namespace {

template <class Tensor, class W>
std::vector<Tensor*> defined_tensors(W& weights)
{
    std::vector<Tensor*> found;
    const auto add = [&found](Tensor& tensor) {
        if (tensor.defined())
            found.push_back(&tensor);
    };
    add(weights.token_embedding);
    add(weights.position_embedding);
    for (auto& layer : weights.layers)
        for (auto& tensor : layer)
            add(tensor);
    add(weights.final_norm_weight);
    add(weights.final_norm_bias);
    add(weights.unembedding);
    return found;
}

} // namespace

std::vector<torch::Tensor*> Weights::all()
{
    return defined_tensors<torch::Tensor>(*this);
}

std::vector<const torch::Tensor*> Weights::all() const
{
    return defined_tensors<const torch::Tensor>(*this);
}

std::int64_t Weights::count() const
{
    std::int64_t entries = 0;
    for (const auto* tensor : all())
        entries += tensor->numel();
    return entries;
}

Weights empty_weights(const ModelConfig& config, torch::Device device, torch::Dtype dtype)
{
    const auto options = torch::TensorOptions().device(device).dtype(dtype);
    const auto make
        = [&options](std::vector<std::int64_t> shape) { return torch::empty(shape, options); };
    const std::int64_t d = config.d_model;
    const std::int64_t queries = std::int64_t{ config.heads } * config.head_dim;
    const std::int64_t qkv = queries + 2 * std::int64_t{ config.kv_heads } * config.head_dim;
    const std::int64_t hidden = config.mlp_width;
    const std::int64_t mlp_in = config.gated_mlp ? 2 * hidden : hidden;
    const bool norm_bias = config.norm == NormKind::layer_norm;

    Weights weights;
    weights.token_embedding = make({ config.vocabulary, d });
    if (config.position == PositionKind::learned)
        weights.position_embedding = make({ config.max_positions, d });
    weights.layers.resize(static_cast<std::size_t>(config.layers));
    for (int layer = 0; layer < config.layers; ++layer) {
        weights.at(layer, LayerPart::attention_norm_weight) = make({ d });
        weights.at(layer, LayerPart::qkv_weight) = make({ d, qkv });
        weights.at(layer, LayerPart::output_weight) = make({ queries, d });
        weights.at(layer, LayerPart::mlp_norm_weight) = make({ d });
        weights.at(layer, LayerPart::mlp_in_weight) = make({ d, mlp_in });
        weights.at(layer, LayerPart::mlp_out_weight) = make({ hidden, d });
        if (norm_bias) {
            weights.at(layer, LayerPart::attention_norm_bias) = make({ d });
            weights.at(layer, LayerPart::mlp_norm_bias) = make({ d });
        }
        if (config.attention_bias)
            weights.at(layer, LayerPart::qkv_bias) = make({ qkv });
        if (config.output_bias)
            weights.at(layer, LayerPart::output_bias) = make({ d });
        if (config.mlp_bias) {
            weights.at(layer, LayerPart::mlp_in_bias) = make({ mlp_in });
            weights.at(layer, LayerPart::mlp_out_bias) = make({ d });
        }
    }
    weights.final_norm_weight = make({ d });
    if (norm_bias)
        weights.final_norm_bias = make({ d });
    if (!config.tied_unembedding)
        weights.unembedding = make({ d, config.vocabulary });
    return weights;
}

Weights random_weights(const ModelConfig& config, std::uint64_t seed, torch::Dtype dtype)
{
    Weights weights = empty_weights(config, torch::kCPU, dtype);
    auto generator = at::detail::createCPUGenerator(seed);
    const double deviation = 0.02;
    const double residual = deviation / std::sqrt(2.0 * config.layers);
    for (auto* tensor : weights.all()) {
        if (tensor->dim() == 1)
            tensor->zero_();
        else
            tensor->normal_(0, deviation, generator);
    }
    for (int layer = 0; layer < config.layers; ++layer) {
        weights.at(layer, LayerPart::output_weight).normal_(0, residual, generator);
        weights.at(layer, LayerPart::mlp_out_weight).normal_(0, residual, generator);
        weights.at(layer, LayerPart::attention_norm_weight).fill_(1);
        weights.at(layer, LayerPart::mlp_norm_weight).fill_(1);
    }
    weights.final_norm_weight.fill_(1);
    return weights;
}

} // namespace circuitloom
