#pragma once

#include "core/architecture/model_config.h"

#include <cstdint>

namespace circuitloom {

/// Entries of all weights of this architecture.
std::int64_t parameter_count(const ModelConfig& config);
/// Numbers that a forward pass keeps for its backward pass, for each token of a text of
/// `positions` tokens; without the logits.
std::int64_t kept_per_token(const ModelConfig& config, std::int64_t positions);
/// Numbers that a forward pass without a backward pass holds at a time, for each token.
std::int64_t passed_per_token(const ModelConfig& config, std::int64_t positions);

} // namespace circuitloom
