#pragma once

#include "core/architecture/model_config.h"
#include "core/architecture/weight_layout.h"

#include <torch/types.h>

#include <array>
#include <cstdint>
#include <vector>

namespace circuitloom {

/// A model's parameters, of the shapes that weight_shape() gives. Tensors that the architecture
/// lacks are undefined.
struct Weights
{
    torch::Tensor token_embedding;
    torch::Tensor position_embedding;
    std::vector<std::array<torch::Tensor, layer_part_count>> layers;
    torch::Tensor final_norm_weight;
    torch::Tensor final_norm_bias;
    torch::Tensor unembedding;
    torch::Tensor unembedding_bias;

    torch::Tensor& at(const WeightPlace& place);
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

class SpreadBlocks;

/// Tensors of the right shapes, for `config`, uninitialised. Those of the blocks are placed by
/// `spread`, where it is given.
Weights empty_weights(const ModelConfig& config, torch::Device device, torch::Dtype dtype,
    SpreadBlocks* spread = nullptr);

/// Normal with deviation 0.02, the writers to the residual stream scaled by 1/√(2 layers), norms 1
/// and biases 0, as GPT-2 was. The same for the same seed.
Weights random_weights(const ModelConfig& config, std::uint64_t seed, torch::Dtype dtype);

} // namespace circuitloom
