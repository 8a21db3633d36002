#include "core/architecture/gguf/gguf_names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace circuitloom {

namespace {

struct Renamed
{
    std::string_view gguf; ///< without `.weight` or `.bias`
    std::string_view hugging_face;
    GgufChange change = GgufChange::none;
};

/// One architecture: names outside the blocks, the prefix of a block, names inside it.
struct Names
{
    std::array<Renamed, 4> outside;
    std::string_view block;
    std::array<Renamed, 13> inside;
};

constexpr Names llama_names = {
    { {
        { "token_embd", "model.embed_tokens" },
        { "output_norm", "model.norm" },
        { "output", "lm_head" },
    } },
    "model.layers.",
    { {
        { "attn_norm", "input_layernorm" },
        { "attn_q", "self_attn.q_proj", GgufChange::rotary_queries },
        { "attn_k", "self_attn.k_proj", GgufChange::rotary_keys },
        { "attn_v", "self_attn.v_proj" },
        { "attn_output", "self_attn.o_proj" },
        { "ffn_norm", "post_attention_layernorm" },
        { "ffn_gate", "mlp.gate_proj" },
        { "ffn_up", "mlp.up_proj" },
        { "ffn_down", "mlp.down_proj" },
    } },
};

constexpr Names qwen_names = {
    llama_names.outside,
    llama_names.block,
    { {
        { "attn_norm", "input_layernorm" },
        { "attn_q", "self_attn.q_proj" },
        { "attn_k", "self_attn.k_proj" },
        { "attn_v", "self_attn.v_proj" },
        { "attn_output", "self_attn.o_proj" },
        { "attn_q_norm", "self_attn.q_norm" },
        { "attn_k_norm", "self_attn.k_norm" },
        { "ffn_norm", "post_attention_layernorm" },
        { "ffn_gate", "mlp.gate_proj" },
        { "ffn_up", "mlp.up_proj" },
        { "ffn_down", "mlp.down_proj" },
    } },
};

constexpr Names gpt2_names = {
    { {
        { "token_embd", "transformer.wte" },
        { "position_embd", "transformer.wpe" },
        { "output_norm", "transformer.ln_f" },
        { "output", "lm_head" },
    } },
    "transformer.h.",
    { {
        { "attn_norm", "ln_1" },
        { "attn_qkv", "attn.c_attn", GgufChange::transposed },
        { "attn_output", "attn.c_proj", GgufChange::transposed },
        { "ffn_norm", "ln_2" },
        { "ffn_up", "mlp.c_fc", GgufChange::transposed },
        { "ffn_down", "mlp.c_proj", GgufChange::transposed },
    } },
};

constexpr Names gptneox_names = {
    { {
        { "token_embd", "gpt_neox.embed_in" },
        { "output_norm", "gpt_neox.final_layer_norm" },
        { "output", "embed_out" },
    } },
    "gpt_neox.layers.",
    { {
        { "attn_norm", "input_layernorm" },
        { "attn_qkv", "attention.query_key_value", GgufChange::qkv_split },
        { "attn_output", "attention.dense" },
        { "ffn_norm", "post_attention_layernorm" },
        { "ffn_up", "mlp.dense_h_to_4h" },
        { "ffn_down", "mlp.dense_4h_to_h" },
    } },
};

// Of OLMo 2, no norm stands before attention and MLP; Gemma 2 and 3 have those of the same names too.
constexpr Names olmo2_names = {
    llama_names.outside,
    llama_names.block,
    { {
        { "attn_q", "self_attn.q_proj" },
        { "attn_k", "self_attn.k_proj" },
        { "attn_v", "self_attn.v_proj" },
        { "attn_output", "self_attn.o_proj" },
        { "attn_q_norm", "self_attn.q_norm" },
        { "attn_k_norm", "self_attn.k_norm" },
        { "post_attention_norm", "post_attention_layernorm" },
        { "post_ffw_norm", "post_feedforward_layernorm" },
        { "ffn_gate", "mlp.gate_proj" },
        { "ffn_up", "mlp.up_proj" },
        { "ffn_down", "mlp.down_proj" },
    } },
};

constexpr Names phi3_names = {
    llama_names.outside,
    llama_names.block,
    { {
        { "attn_norm", "input_layernorm" },
        { "attn_qkv", "self_attn.qkv_proj" },
        { "attn_output", "self_attn.o_proj" },
        { "ffn_norm", "post_attention_layernorm" },
        { "ffn_up", "mlp.gate_up_proj" },
        { "ffn_down", "mlp.down_proj" },
    } },
};

constexpr std::array<Renamed, 4> gemma_outside = { {
    { "token_embd", "model.embed_tokens" },
    { "output_norm", "model.norm", GgufChange::one_added },
    { "output", "lm_head" },
} };

constexpr Names gemma_names = {
    gemma_outside,
    llama_names.block,
    { {
        { "attn_norm", "input_layernorm", GgufChange::one_added },
        { "attn_q", "self_attn.q_proj" },
        { "attn_k", "self_attn.k_proj" },
        { "attn_v", "self_attn.v_proj" },
        { "attn_output", "self_attn.o_proj" },
        { "ffn_norm", "post_attention_layernorm", GgufChange::one_added },
        { "ffn_gate", "mlp.gate_proj" },
        { "ffn_up", "mlp.up_proj" },
        { "ffn_down", "mlp.down_proj" },
    } },
};

constexpr Names later_gemma_names = {
    gemma_outside,
    llama_names.block,
    { {
        { "attn_norm", "input_layernorm", GgufChange::one_added },
        { "attn_q", "self_attn.q_proj" },
        { "attn_k", "self_attn.k_proj" },
        { "attn_v", "self_attn.v_proj" },
        { "attn_output", "self_attn.o_proj" },
        { "attn_q_norm", "self_attn.q_norm", GgufChange::one_added },
        { "attn_k_norm", "self_attn.k_norm", GgufChange::one_added },
        { "post_attention_norm", "post_attention_layernorm", GgufChange::one_added },
        { "ffn_norm", "pre_feedforward_layernorm", GgufChange::one_added },
        { "post_ffw_norm", "post_feedforward_layernorm", GgufChange::one_added },
        { "ffn_gate", "mlp.gate_proj" },
        { "ffn_up", "mlp.up_proj" },
        { "ffn_down", "mlp.down_proj" },
    } },
};

const Names& names_of(std::string_view architecture)
{
    static constexpr std::array<std::pair<std::string_view, const Names*>, 9> others = { {
        { "qwen2", &qwen_names },
        { "qwen3", &qwen_names },
        { "phi3", &phi3_names },
        { "gemma", &gemma_names },
        { "gemma2", &later_gemma_names },
        { "gemma3", &later_gemma_names },
        { "olmo2", &olmo2_names },
        { "gpt2", &gpt2_names },
        { "gptneox", &gptneox_names },
    } };
    for (const auto& [name, names] : others)
        if (name == architecture)
            return *names;
    return llama_names; // of Granite and SmolLM3 too
}

template <std::size_t count>
const Renamed* find(const std::array<Renamed, count>& names, std::string_view stem)
{
    const auto* found = std::ranges::find(names, stem, &Renamed::gguf);
    return found == names.end() ? nullptr : found;
}

} // namespace

std::optional<GgufName> gguf_name(std::string_view architecture, std::string_view name)
{
    const Names& names = names_of(architecture);
    const std::size_t last_dot = name.rfind('.');
    if (last_dot == std::string_view::npos)
        return std::nullopt;
    const std::string_view suffix = name.substr(last_dot);
    if (suffix != ".weight" && suffix != ".bias")
        return std::nullopt;
    std::string_view stem = name.substr(0, last_dot);
    constexpr std::string_view block = "blk.";
    if (!stem.starts_with(block)) {
        const Renamed* found = stem.empty() ? nullptr : find(names.outside, stem);
        if (!found)
            return std::nullopt;
        return GgufName{ std::string(found->hugging_face) + std::string(suffix), found->change };
    }
    stem.remove_prefix(block.size());
    const std::size_t dot = stem.find('.');
    if (dot == std::string_view::npos || dot + 1 == stem.size())
        return std::nullopt;
    const Renamed* found = find(names.inside, stem.substr(dot + 1));
    if (!found)
        return std::nullopt;
    return GgufName{ std::string(names.block) + std::string(stem.substr(0, dot + 1))
            + std::string(found->hugging_face) + std::string(suffix),
        found->change };
}

} // namespace circuitloom
