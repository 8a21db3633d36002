#pragma once

#include "core/architecture/model_config.h"
#include "core/architecture/weight_layout.h"
#include "core/graph/computational_graph.h"

#include <cstdint>

namespace circuitloom {

/// Entries of that tensor; 0 where this architecture has none.
std::int64_t entry_count(const ModelConfig& config, const WeightPlace& place);
/// Entries of all weights of this architecture.
std::int64_t parameter_count(const ModelConfig& config);
/// Numbers that a forward pass keeps for its backward pass, for each token of a text of
/// `positions` tokens; without the logits.
std::int64_t kept_per_token(const ModelConfig& config, std::int64_t positions);
/// The same of a pass that computes its blocks anew in the backward pass: the inputs of all blocks,
/// and what is held of the one that is computed.
std::int64_t kept_inputs_per_token(const ModelConfig& config);
std::int64_t recomputed_per_token(const ModelConfig& config, std::int64_t positions);
/// Numbers that a forward pass without a backward pass holds at a time, for each token.
std::int64_t passed_per_token(const ModelConfig& config, std::int64_t positions);
/// Entries of the weights that the readers of such a graph read through, in all layers: W_Q, W_K
/// and W_V, and W_in where MLPs are split into groups.
std::int64_t read_through_entries(const ModelConfig& config, const GraphOptions& graph);

/// Bytes up to which a discovery keeps copies of these weights.
inline constexpr std::int64_t kept_read_through = std::int64_t{ 512 } << 20;

} // namespace circuitloom
