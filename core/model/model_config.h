#pragma once

#include "core/graph/computational_graph.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace circuitloom {

enum class ModelFamily
{
    gpt2,
    llama
};
enum class NormKind
{
    layer_norm,
    rms_norm
};
enum class PositionKind
{
    learned,
    rotary
};
enum class Activation
{
    gelu_tanh,
    gelu,
    silu,
    relu
};

/// One architecture in the terms in which families differ. Read from config.json; no weights.
struct ModelConfig
{
    ModelFamily family = ModelFamily::gpt2;
    int layers = 0;
    int heads = 0;
    int kv_heads = 0;
    int head_dim = 0;
    int d_model = 0;
    int mlp_width = 0;
    int vocabulary = 0;
    int max_positions = 0;

    NormKind norm = NormKind::layer_norm;
    double norm_epsilon = 1e-5;
    PositionKind position = PositionKind::learned;
    double rope_theta = 10000.0;
    Activation activation = Activation::gelu_tanh;
    bool gated_mlp = false; ///< act(x W_gate) ∘ (x W_in), as in SwiGLU
    bool attention_bias = true; ///< q, k, v
    bool output_bias = true; ///< W_O
    bool mlp_bias = true;
    bool tied_unembedding = true;
    int bos_token = -1; ///< -1 for none
    int eos_token = -1;

    bool operator==(const ModelConfig&) const = default;

    GraphShape graph_shape() const { return { layers, heads, kv_heads, mlp_width }; }
};

/// Throws InputError naming `origin`, the field and what is supported, for unknown families,
/// missing or absurd sizes (a file is untrusted: every size has an upper limit), scaled rotary
/// embeddings and other parts that this version does not compute.
ModelConfig parse_model_config(std::string_view config_json, std::string_view origin);
/// config.json as Hugging Face's transformers reads it.
std::string model_config_json(const ModelConfig& config);

std::string_view family_name(ModelFamily family);

} // namespace circuitloom
