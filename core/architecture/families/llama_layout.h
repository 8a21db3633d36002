#pragma once

#include "core/architecture/families/family.h"

namespace circuitloom {

/// What Llama and the families that grew out of it share: pre-norm blocks with RMS norms, rotary
/// positions, grouped-query attention and a gated MLP.

/// What transformers takes where config.json does not say.
struct LlamaDefaults
{
    int head_dim = 0; ///< 0 for hidden_size / num_attention_heads
    int kv_heads = 0; ///< 0 for num_attention_heads, which null means too
    int max_positions = 2048;
    double rope_theta = 10000;
    double norm_epsilon = 1e-6;
    bool tied = false;
    const char* activation_field = "hidden_act";
    const char* activation = "silu";
};

/// The fields that all of them have; `attention_bias` and `mlp_bias` are left false. Rotary
/// positions come from read_llama_rope().
ModelConfig read_llama_sizes(
    const JsonObject& json, ModelFamily family, const LlamaDefaults& defaults);
/// The share of a head that is turned may be less than 1 only where `partial`.
void read_llama_rope(
    const JsonObject& json, const LlamaDefaults& defaults, bool partial, ModelConfig& config);
/// Both, with whole heads turned.
ModelConfig read_llama_layout(
    const JsonObject& json, ModelFamily family, const LlamaDefaults& defaults = {});
/// `attention_bias`, which W_O has too, and `mlp_bias`.
void read_llama_biases(const JsonObject& json, ModelConfig& config);

nlohmann::ordered_json write_llama_layout(const ModelConfig& config, const char* architecture);
std::vector<StoredTensor> llama_layout_tensors(const ModelConfig& config);

} // namespace circuitloom
