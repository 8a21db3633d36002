#pragma once

#include "core/architecture/rope_scaling.h"
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
    gpt_neo,
    gptj,
    opt,
    phi3,
    granite,
    smollm3,
    gemma,
    gemma2,
    gemma3, ///< its text model
    olmo2
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
    int max_positions = 0; ///< tokens of the longest text

    NormKind norm = NormKind::layer_norm;
    double norm_epsilon = 1e-5;
    bool norm_adds_one = false; ///< RMS norms multiply by 1 + their weight
    bool input_norms = true; ///< attention and MLP read the stream through a norm
    bool shared_norm = false; ///< the same one for both; in parallel blocks
    bool output_norms = false; ///< what they write passes through a norm of its own
    PositionKind position = PositionKind::learned;
    int position_offset = 0; ///< so many of the learned positions come before the first token's
    double rope_theta = 10000.0;
    RopeScaling rope_scaling;
    int rotary_dim = 0; ///< only so many coordinates of q and k are turned, the first; 0 for all
    bool rotary_neighbours = false; ///< pairs are (2i, 2i + 1), not (i, i + turned / 2)
    /// The base in layers with a window, which are not scaled; 0 where all layers are alike.
    double local_rope_theta = 0;
    std::vector<int> turned_layers; ///< per layer 0 where nothing is turned, else 1; empty: all are
    bool qk_norm = false; ///< RMS norm of each head's q and k, before they are turned
    bool qk_norm_joint = false; ///< over the q (and k) of all heads together instead
    double attention_scale = 0; ///< q·k is multiplied by it; 0 for 1/√head_dim
    bool scale_by_layer = false; ///< q·k is also divided by the layer's number, from 1
    double attention_cap = 0; ///< a score s becomes cap tanh(s / cap); 0 for none
    /// Per layer, how many positions a position attends to, itself included; 0 for all before it.
    /// Empty where no layer has a limit.
    std::vector<int> attention_windows;
    bool parallel_blocks = false; ///< attention and MLP of a layer read the same stream
    Activation activation = Activation::gelu_tanh;
    bool gated_mlp = false; ///< act(x W_gate) ∘ (x W_in), as in SwiGLU
    bool attention_bias = true; ///< q, k, v
    bool output_bias = true; ///< W_O
    bool mlp_bias = true;
    double embedding_scale = 1; ///< the token's embedding is multiplied by it
    double residual_scale = 1; ///< what attention and MLP add to the stream is multiplied by it
    bool tied_unembedding = true;
    bool unembedding_bias = false;
    double logit_divisor = 1;
    double logit_cap = 0; ///< a logit x becomes cap tanh(x / cap); 0 for none
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
    bool turns(int layer) const
    {
        return position == PositionKind::rotary
            && (turned_layers.empty() || turned_layers[static_cast<std::size_t>(layer)] != 0);
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
