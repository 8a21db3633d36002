#pragma once

#include "core/architecture/weight_layout.h"
#include "core/run/run_config.h"

#include <cstdint>
#include <vector>

namespace circuitloom {

/// A matrix that LoRA adds to: columns [column, column + columns) of one tensor of a block.
struct LoraMatrix
{
    LayerPart part;
    std::int64_t rows;
    std::int64_t column;
    std::int64_t columns;
};

/// Those of one block of such a model: queries, keys and values, and the gate, are matrices of
/// their own, whatever tensor they lie in.
std::vector<LoraMatrix> lora_matrices(const ModelConfig& config, const LoraTargets& targets);

/// The entries that each unit of rank adds, in all blocks together.
std::int64_t lora_entries_per_rank(const ModelConfig& config, const LoraTargets& targets);

} // namespace circuitloom
