#pragma once

#include "core/model/model_config.h"

#include <torch/types.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace circuitloom {

/// The tensors of one block. Matrices are [in, out], so that y = x W + b for every family.
enum class LayerPart
{
    attention_norm_weight, ///< [d_model]
    attention_norm_bias, ///< [d_model]
    qkv_weight, ///< [d_model, (heads + 2 kv_heads) head_dim]: all q, then k, then v
    qkv_bias,
    output_weight, ///< W_O, [heads head_dim, d_model]
    output_bias, ///< b_O, [d_model]
    mlp_norm_weight,
    mlp_norm_bias,
    mlp_in_weight, ///< W_in, [d_model, mlp_width]; with a gate [d_model, 2 mlp_width], gate first
    mlp_in_bias,
    mlp_out_weight, ///< W_out, [mlp_width, d_model]
    mlp_out_bias, ///< [d_model]
};
inline constexpr std::size_t layer_part_count = 12;

/// One parameter tensor by its place.
struct ParameterPlace
{
    int layer = -1; ///< -1 for those outside the blocks
    LayerPart part = {}; ///< for layer >= 0
    auto operator<=>(const ParameterPlace&) const = default;
};

/// A model's parameters. Tensors that the architecture lacks are undefined.
struct Weights
{
    torch::Tensor token_embedding; ///< [vocabulary, d_model]
    torch::Tensor position_embedding; ///< [max_positions, d_model]; learned positions only
    std::vector<std::array<torch::Tensor, layer_part_count>> layers;
    torch::Tensor final_norm_weight; ///< [d_model]
    torch::Tensor final_norm_bias;
    torch::Tensor unembedding; ///< [d_model, vocabulary]; undefined where tied

    torch::Tensor& at(int layer, LayerPart part)
    {
        return layers[static_cast<std::size_t>(layer)][static_cast<std::size_t>(part)];
    }
    const torch::Tensor& at(int layer, LayerPart part) const
    {
        return layers[static_cast<std::size_t>(layer)][static_cast<std::size_t>(part)];
    }

    /// Every defined tensor, in a fixed order.
    std::vector<torch::Tensor*> all();
    std::vector<const torch::Tensor*> all() const;
    /// Entries of every tensor together.
    std::int64_t count() const;
};

/// Tensors of the right shapes, for `config`, uninitialised.
Weights empty_weights(const ModelConfig& config, torch::Device device, torch::Dtype dtype);

/// Normal with deviation 0.02, the writers to the residual stream scaled by 1/√(2 layers), norms 1
/// and biases 0, as GPT-2 was. The same for the same seed.
Weights random_weights(const ModelConfig& config, std::uint64_t seed, torch::Dtype dtype);

} // namespace circuitloom
