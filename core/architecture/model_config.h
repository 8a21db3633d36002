#pragma once

#include "core/graph/computational_graph.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// Architectures by the names of Hugging Face's transformers; `llama` is also SmolLM2's.
enum class ModelFamily
{
    gpt2,
    llama,
    mistral,
    qwen2,
    qwen3,
    gpt_neox,
    gpt_neo
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

enum class RopeKind
{
    unscaled,
    linear, ///< every angle divided by `factor`
    llama3 ///< slow frequencies divided by `factor`, quick ones kept, a ramp between
};
/// How the rotary angles of a model were stretched for longer texts than it was first trained on.
struct RopeScaling
{
    RopeKind kind = RopeKind::unscaled;
    double factor = 1;
    /// llama3: a frequency is slow (quick) where it turns less (more) often than this over
    /// `original_positions`.
    double slow_turns = 1;
    double quick_turns = 4;
    int original_positions = 0;
    bool operator==(const RopeScaling&) const = default;
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
    RopeScaling rope_scaling;
    int rotary_dim = 0; ///< only so many coordinates of q and k are turned, the first; 0 for all
    bool qk_norm = false; ///< RMS norm of each head's q and k, before they are turned
    double attention_scale = 0; ///< q·k is multiplied by it; 0 for 1/√head_dim
    bool scale_by_layer = false; ///< q·k is also divided by the layer's number, from 1
    /// Per layer, how many positions a position attends to, itself included; 0 for all before it.
    /// Empty where no layer has a limit.
    std::vector<int> attention_windows;
    bool parallel_blocks = false; ///< attention and MLP of a layer read the same stream
    Activation activation = Activation::gelu_tanh;
    bool gated_mlp = false; ///< act(x W_gate) ∘ (x W_in), as in SwiGLU
    bool attention_bias = true; ///< q, k, v
    bool output_bias = true; ///< W_O
    bool mlp_bias = true;
    bool tied_unembedding = true;
    int bos_token = -1; ///< -1 for none
    int eos_token = -1;

    bool operator==(const ModelConfig&) const = default;

    GraphShape graph_shape() const
    {
        return { layers, heads, kv_heads, mlp_width, parallel_blocks };
    }
    int attention_window(int layer) const
    {
        return attention_windows.empty() ? 0 : attention_windows[static_cast<std::size_t>(layer)];
    }
    int turned_dim() const { return rotary_dim > 0 ? rotary_dim : head_dim; }
    /// What q·k is multiplied by.
    double score_scale(int layer) const;
};

/// Throws InputError naming `origin`, the field and what is supported, for unknown families,
/// missing or absurd sizes (a file is untrusted: every size has an upper limit) and parts that
/// this version does not compute.
ModelConfig parse_model_config(std::string_view config_json, std::string_view origin);
/// config.json as Hugging Face's transformers reads it, for weights stored as `dtype`.
std::string model_config_json(const ModelConfig& config, std::string_view dtype = "float32");

/// config.json's `model_type`.
std::string_view family_name(ModelFamily family);

} // namespace circuitloom
