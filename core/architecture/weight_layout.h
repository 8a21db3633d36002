#pragma once

#include "core/architecture/model_config.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace circuitloom {

/// The tensors of one block. Matrices are [in, out], so that y = x W + b for every family.
enum class LayerPart
{
    attention_norm_weight, ///< [d_model]
    attention_norm_bias, ///< [d_model]
    qkv_weight, ///< [d_model, (heads + 2 kv_heads) head_dim]: all q, then k, then v
    qkv_bias,
    query_norm_weight, ///< [head_dim], or of all heads together
    key_norm_weight, ///< likewise
    output_weight, ///< W_O, [heads head_dim, d_model]
    output_bias, ///< b_O, [d_model]
    mlp_norm_weight,
    mlp_norm_bias,
    mlp_in_weight, ///< W_in, [d_model, mlp_width]; with a gate [d_model, 2 mlp_width], gate first
    mlp_in_bias,
    mlp_out_weight, ///< W_out, [mlp_width, d_model]
    mlp_out_bias, ///< [d_model]
    attention_post_norm_weight, ///< [d_model]: of the norm that attention writes through
    mlp_post_norm_weight, ///< [d_model]
};
inline constexpr std::size_t layer_part_count = 16;

/// The tensors outside the blocks.
enum class ModelPart
{
    token_embedding, ///< [vocabulary, d_model]
    position_embedding, ///< [position_offset + max_positions, d_model]
    final_norm_weight, ///< [d_model]
    final_norm_bias, ///< [d_model]
    unembedding, ///< [d_model, vocabulary]; absent where tied
    unembedding_bias, ///< [vocabulary]
};
inline constexpr ModelPart model_parts[]
    = { ModelPart::token_embedding, ModelPart::position_embedding, ModelPart::final_norm_weight,
          ModelPart::final_norm_bias, ModelPart::unembedding, ModelPart::unembedding_bias };

/// One of a block's.
struct ParameterPlace
{
    int layer = -1;
    LayerPart part = {};
    auto operator<=>(const ParameterPlace&) const = default;
};
/// Where one tensor of a model belongs.
using WeightPlace = std::variant<ModelPart, ParameterPlace>;

/// The shape of that tensor; empty where this architecture has none.
std::vector<std::int64_t> weight_shape(const ModelConfig& config, const WeightPlace& place);

/// How one tensor of a checkpoint maps onto ours: columns [column, column + columns) of it (of a
/// vector: its entries).
struct StoredTensor
{
    std::string name; ///< as Hugging Face's transformers writes it
    WeightPlace place;
    std::int64_t column = 0;
    std::int64_t columns = 0;
    bool transposed = false; ///< the checkpoint stores [out, in]
    /// The outputs lie head by head, each head's q, k and v together: (head, qkv, coordinate)
    /// where ours are (qkv, head, coordinate).
    bool by_head = false;
};

/// Every tensor of a checkpoint of this family.
std::vector<StoredTensor> stored_tensors(const ModelConfig& config);
/// The shape that the checkpoint gives it.
std::vector<std::int64_t> stored_shape(const ModelConfig& config, const StoredTensor& tensor);

} // namespace circuitloom
