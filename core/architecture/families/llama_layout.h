#pragma once

#include "core/architecture/families/family.h"

namespace circuitloom {

/// What Llama and the families that grew out of it share: pre-norm blocks with RMS norms, rotary
/// positions, grouped-query attention and a gated MLP.

/// The fields that all of them have. `head_dim` is what the family takes where config.json gives
/// none; 0 for hidden_size / num_attention_heads.
ModelConfig read_llama_layout(const JsonObject& json, ModelFamily family, int head_dim = 0);
nlohmann::ordered_json write_llama_layout(const ModelConfig& config, const char* architecture);
std::vector<StoredTensor> llama_layout_tensors(const ModelConfig& config);

} // namespace circuitloom
