#pragma once

#include "core/architecture/weight_layout.h"

#include <string>
#include <vector>

namespace circuitloom {

/// Collects a family's stored tensors; those that the architecture lacks are passed over.
class TensorList
{
public:
    explicit TensorList(const ModelConfig& config)
        : config_(config)
    {
    }

    /// Where the next tensors that are added by their part belong.
    void in_layer(int layer) { layer_ = layer; }
    void add(const std::string& name, ModelPart part, bool transposed = false);
    /// The whole of a part of the current layer.
    void add(const std::string& name, LayerPart part, bool transposed = false);
    /// `name`.weight, stored [out, in], and `name`.bias: all columns, or some of them.
    void add_linear(const std::string& name, LayerPart weight, LayerPart bias);
    void add_linear(const std::string& name, LayerPart weight, LayerPart bias, std::int64_t column,
        std::int64_t columns);
    /// `prefix`q_proj, k_proj and v_proj, which lie side by side in ours.
    void add_query_key_value(const std::string& prefix);
    /// `name`.weight and `name`.bias of a norm.
    void add_norm(const std::string& name, LayerPart weight, LayerPart bias);
    void add_norm(const std::string& name, ModelPart weight, ModelPart bias);
    /// As add_linear(), with the outputs head by head (StoredTensor::by_head).
    void add_linear_by_head(const std::string& name, LayerPart weight, LayerPart bias);

    std::vector<StoredTensor> take() { return std::move(tensors_); }

private:
    /// All columns where `columns` is 0.
    void add(StoredTensor tensor);

    const ModelConfig& config_;
    int layer_ = 0;
    std::vector<StoredTensor> tensors_;
};

} // namespace circuitloom
