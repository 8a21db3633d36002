#include "core/architecture/families/tensor_list.h"

#include <utility>

namespace circuitloom {

void TensorList::add(StoredTensor tensor)
{
    const auto shape = weight_shape(config_, tensor.place);
    if (shape.empty())
        return;
    if (tensor.columns == 0)
        tensor.columns = shape.back();
    tensors_.push_back(std::move(tensor));
}

void TensorList::add(const std::string& name, ModelPart part, bool transposed)
{
    add({ name, part, 0, 0, transposed });
}

void TensorList::add(const std::string& name, LayerPart part, bool transposed)
{
    add({ name, ParameterPlace{ layer_, part }, 0, 0, transposed });
}

void TensorList::add_linear(const std::string& name, LayerPart weight, LayerPart bias)
{
    add_linear(name, weight, bias, 0, 0);
}

void TensorList::add_linear(const std::string& name, LayerPart weight, LayerPart bias,
    std::int64_t column, std::int64_t columns)
{
    add({ name + ".weight", ParameterPlace{ layer_, weight }, column, columns, true });
    add({ name + ".bias", ParameterPlace{ layer_, bias }, column, columns });
}

void TensorList::add_query_key_value(const std::string& prefix)
{
    const std::int64_t queries = std::int64_t{ config_.heads } * config_.head_dim;
    const std::int64_t keys = std::int64_t{ config_.kv_heads } * config_.head_dim;
    using enum LayerPart;
    add_linear(prefix + "q_proj", qkv_weight, qkv_bias, 0, queries);
    add_linear(prefix + "k_proj", qkv_weight, qkv_bias, queries, keys);
    add_linear(prefix + "v_proj", qkv_weight, qkv_bias, queries + keys, keys);
}

void TensorList::add_norm(const std::string& name, LayerPart weight, LayerPart bias)
{
    add(name + ".weight", weight);
    add(name + ".bias", bias);
}

void TensorList::add_norm(const std::string& name, ModelPart weight, ModelPart bias)
{
    add(name + ".weight", weight);
    add(name + ".bias", bias);
}

void TensorList::add_linear_by_head(const std::string& name, LayerPart weight, LayerPart bias)
{
    add({ name + ".weight", ParameterPlace{ layer_, weight }, 0, 0, true, true });
    add({ name + ".bias", ParameterPlace{ layer_, bias }, 0, 0, false, true });
}

} // namespace circuitloom
