#include "core/model/weights.h"

#include "core/model/spread_blocks.h"

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
    add(weights.unembedding_bias);
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

torch::Tensor& Weights::at(const WeightPlace& place)
{
    if (const auto* in_layer = std::get_if<ParameterPlace>(&place))
        return at(in_layer->layer, in_layer->part);
    switch (std::get<ModelPart>(place)) {
    case ModelPart::token_embedding:
        return token_embedding;
    case ModelPart::position_embedding:
        return position_embedding;
    case ModelPart::final_norm_weight:
        return final_norm_weight;
    case ModelPart::final_norm_bias:
        return final_norm_bias;
    case ModelPart::unembedding_bias:
        return unembedding_bias;
    case ModelPart::unembedding:
        break;
    }
    return unembedding;
}

Weights empty_weights(
    const ModelConfig& config, torch::Device device, torch::Dtype dtype, SpreadBlocks* spread)
{
    const auto options = torch::TensorOptions().device(device).dtype(dtype);
    Weights weights;
    weights.layers.resize(static_cast<std::size_t>(config.layers));
    const auto make = [&](const WeightPlace& place) {
        const auto shape = weight_shape(config, place);
        if (!shape.empty())
            weights.at(place) = torch::empty(shape, options);
    };
    for (const auto part : model_parts)
        make(part);
    if (spread) {
        spread->place(weights, config, device, dtype);
        return weights;
    }
    for (int layer = 0; layer < config.layers; ++layer)
        for (std::size_t part = 0; part < layer_part_count; ++part)
            make(ParameterPlace{ layer, static_cast<LayerPart>(part) });
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
        for (const LayerPart norm : { LayerPart::attention_norm_weight, LayerPart::mlp_norm_weight,
                 LayerPart::query_norm_weight, LayerPart::key_norm_weight,
                 LayerPart::attention_post_norm_weight, LayerPart::mlp_post_norm_weight })
            if (weights.at(layer, norm).defined())
                weights.at(layer, norm).fill_(config.norm_adds_one ? 0 : 1);
    }
    weights.final_norm_weight.fill_(config.norm_adds_one ? 0 : 1);
    return weights;
}

} // namespace circuitloom
