#pragma once

#include "core/model/model_config.h"
#include "core/model/weights.h"

#include <cstdint>
#include <string>
#include <vector>

namespace circuitloom {

/// How one tensor of a checkpoint maps onto ours: columns [column, column + columns) of `*tensor`
/// (of a vector: its entries), transposed where the checkpoint stores [out, in].
struct StoredTensor
{
    std::string name; ///< as Hugging Face's transformers writes it
    torch::Tensor* tensor = nullptr;
    std::int64_t column = 0;
    std::int64_t columns = 0;
    bool transposed = false;
};

/// Every tensor of a checkpoint of this family, pointing into `weights`.
std::vector<StoredTensor> stored_tensors(const ModelConfig& config, Weights& weights);

} // namespace circuitloom
