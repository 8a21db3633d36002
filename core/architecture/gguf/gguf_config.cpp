#include "core/architecture/gguf/gguf_config.h"

#include "core/architecture/families/refused.h"
#include "core/architecture/gguf/gguf_description.h"

#include <nlohmann/json.hpp>

#include <array>
#include <string_view>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

void refuse_experts(const GgufDescription& model)
{
    if (model.metadata().integer_or(model.key("expert_count"), 0, 0, most_gguf_width) > 0)
        model.metadata().fail(
            model.key("expert_count"), "is not 0; it is " + std::string(reason_refused("mixtral")));
}

void require_whole_heads_turned(const GgufDescription& model)
{
    if (model.rotary_width() != model.head_width())
        model.metadata().fail(model.key("rope.dimension_count"),
            "differs from the width of a head, which is not supported");
}

/// What Llama and those made after its pattern have in common.
Json llama_like(
    const GgufDescription& model, const char* model_type, const char* architecture)
{
    refuse_experts(model);
    Json config = {
        { "architectures", Json::array({ architecture }) },
        { "model_type", model_type },
        { "num_hidden_layers", model.layers() },
        { "num_attention_heads", model.heads() },
        { "num_key_value_heads", model.size_or("attention.head_count_kv", model.heads()) },
        { "head_dim", model.head_width() },
        { "hidden_size", model.width() },
        { "intermediate_size", model.size("feed_forward_length") },
        { "max_position_embeddings", model.size("context_length") },
        { "hidden_act", "silu" },
        { "rms_norm_eps",
            model.metadata().number(model.key("attention.layer_norm_rms_epsilon"), 0, 1) },
        { "rope_theta", model.rope_theta() },
    };
    if (const Json scaling = model.rope_scaling(); !scaling.is_null())
        config["rope_scaling"] = scaling;
    return config;
}

Json whole_heads(const GgufDescription& model, const char* model_type, const char* architecture)
{
    require_whole_heads_turned(model);
    return llama_like(model, model_type, architecture);
}

Json with_biases(const GgufDescription& model, Json config)
{
    config["attention_bias"] = model.has_tensor("blk.0.attn_q.bias");
    config["mlp_bias"] = model.has_tensor("blk.0.ffn_up.bias");
    return config;
}

Json llama(const GgufDescription& model)
{
    return with_biases(model, whole_heads(model, "llama", "LlamaForCausalLM"));
}

Json qwen2(const GgufDescription& model)
{
    return whole_heads(model, "qwen2", "Qwen2ForCausalLM");
}

Json qwen3(const GgufDescription& model)
{
    return whole_heads(model, "qwen3", "Qwen3ForCausalLM");
}

/// llama.cpp leaves every fourth layer without positions, as transformers does by default.
Json smollm3(const GgufDescription& model)
{
    return with_biases(model, whole_heads(model, "smollm3", "SmolLM3ForCausalLM"));
}

Json granite(const GgufDescription& model)
{
    Json config = with_biases(model, whole_heads(model, "granite", "GraniteForCausalLM"));
    const auto factor = [&](const char* name) {
        return model.metadata().number_or(model.key(name), 1, 1e-9, 1e6);
    };
    config["attention_multiplier"]
        = model.metadata().number(model.key("attention.scale"), 1e-9, 1e6);
    config["embedding_multiplier"] = factor("embedding_scale");
    config["residual_multiplier"] = factor("residual_scale");
    config["logits_scaling"] = factor("logit_scale");
    return config;
}

Json olmo2(const GgufDescription& model)
{
    if (const std::string window = model.key("attention.sliding_window");
        model.metadata().has(window))
        model.metadata().fail(
            window, "is given, so it is OLMo 3, " + std::string(reason_refused("olmo3")));
    return whole_heads(model, "olmo2", "Olmo2ForCausalLM");
}

/// 0 stands for none.
std::int64_t window_of(const GgufDescription& model, std::int64_t otherwise)
{
    return model.metadata().integer_or(
        model.key("attention.sliding_window"), otherwise, 0, most_gguf_width);
}

Json phi3(const GgufDescription& model)
{
    Json config = llama_like(model, "phi3", "Phi3ForCausalLM");
    config["partial_rotary_factor"] = static_cast<double>(model.rotary_width())
        / static_cast<double>(model.head_width());
    if (const std::int64_t window = window_of(model, 0); window > 0)
        config["sliding_window"] = window;
    // This family has it beside the rotary fields.
    constexpr const char* original = "original_max_position_embeddings";
    if (config.contains("rope_scaling") && config["rope_scaling"].contains(original))
        config[original] = config["rope_scaling"][original];
    return config;
}

Json gemma(const GgufDescription& model)
{
    Json config = whole_heads(model, "gemma", "GemmaForCausalLM");
    config["hidden_act"] = "gelu_pytorch_tanh";
    return config;
}

/// Gemma 2 and 3. What scores are divided by is not in the file: it is a head's width but in the
/// largest model of each, which llama.cpp knows by its number of layers.
Json later_gemma(const GgufDescription& model, Json config, std::int64_t layers_of_largest)
{
    config.erase("hidden_act");
    config["hidden_activation"] = "gelu_pytorch_tanh";
    config["query_pre_attn_scalar"] = model.layers() == layers_of_largest
        ? model.width() / model.heads()
        : model.head_width();
    const auto cap = [&](const char* key, const char* field) {
        if (model.metadata().has(model.key(key)))
            config[field] = model.metadata().number(model.key(key), 0, 1e6);
    };
    cap("attn_logit_softcapping", "attn_logit_softcapping");
    cap("final_logit_softcapping", "final_logit_softcapping");
    return config;
}

Json gemma2(const GgufDescription& model)
{
    constexpr std::int64_t largest = 46;
    Json config
        = later_gemma(model, whole_heads(model, "gemma2", "Gemma2ForCausalLM"), largest);
    config["sliding_window"] = window_of(model, 4096);
    return config;
}

Json gemma3(const GgufDescription& model)
{
    constexpr std::int64_t largest = 62;
    Json config
        = later_gemma(model, whole_heads(model, "gemma3_text", "Gemma3ForCausalLM"), largest);
    config["rope_theta"] = model.metadata().number(model.key("rope.freq_base"), 1, 1e12);
    config["rope_local_base_freq"]
        = model.metadata().number_or(model.key("rope.freq_base_swa"), 10000, 1, 1e12);
    config["sliding_window"] = nullptr;
    if (const std::int64_t window = window_of(model, 0); window > 0)
        config["sliding_window"] = window;
    config["sliding_window_pattern"] = model.metadata().integer_or(
        model.key("attention.sliding_window_pattern"), 6, 1, 1024);
    return config;
}

Json gpt2(const GgufDescription& model)
{
    const std::int64_t context = model.size("context_length");
    return {
        { "architectures", Json::array({ "GPT2LMHeadModel" }) },
        { "model_type", "gpt2" },
        { "n_layer", model.layers() },
        { "n_head", model.heads() },
        { "n_embd", model.width() },
        { "n_inner", model.size("feed_forward_length") },
        { "n_positions", context },
        { "n_ctx", context },
        { "activation_function", "gelu_new" },
        { "layer_norm_epsilon",
            model.metadata().number(model.key("attention.layer_norm_epsilon"), 0, 1) },
    };
}

Json gptneox(const GgufDescription& model)
{
    if (!model.rope_scaling().is_null())
        model.metadata().fail(model.key("rope.scaling.type"), "is given, which is not supported");
    return {
        { "architectures", Json::array({ "GPTNeoXForCausalLM" }) },
        { "model_type", "gpt_neox" },
        { "num_hidden_layers", model.layers() },
        { "num_attention_heads", model.heads() },
        { "hidden_size", model.width() },
        { "intermediate_size", model.size("feed_forward_length") },
        { "max_position_embeddings", model.size("context_length") },
        { "hidden_act", "gelu" },
        { "layer_norm_eps",
            model.metadata().number(model.key("attention.layer_norm_epsilon"), 0, 1) },
        { "rotary_emb_base", model.rope_theta() },
        { "rotary_pct",
            static_cast<double>(model.rotary_width()) / static_cast<double>(model.head_width()) },
        { "use_parallel_residual",
            model.metadata().boolean_or(model.key("use_parallel_residual"), true) },
    };
}

struct Architecture
{
    std::string_view name; ///< llama.cpp's
    Json (*config)(const GgufDescription& model);
};

constexpr std::array architectures{ Architecture{ "llama", llama }, Architecture{ "qwen2", qwen2 },
    Architecture{ "qwen3", qwen3 }, Architecture{ "phi3", phi3 },
    Architecture{ "smollm3", smollm3 }, Architecture{ "granite", granite },
    Architecture{ "gemma", gemma }, Architecture{ "gemma2", gemma2 },
    Architecture{ "gemma3", gemma3 }, Architecture{ "olmo2", olmo2 },
    Architecture{ "gpt2", gpt2 }, Architecture{ "gptneox", gptneox } };

Json of_architecture(const GgufDescription& model)
{
    std::string names;
    for (const Architecture& one : architectures) {
        if (one.name == model.architecture())
            return one.config(model);
        names += (names.empty() ? "" : ", ") + std::string(one.name);
    }
    // llama.cpp's names are mostly those of transformers.
    const std::string_view reason = reason_refused(model.architecture());
    model.metadata().fail("general.architecture",
        "is " + model.architecture()
            + (reason.empty() ? ", which is not read from GGUF files" : ", " + std::string(reason))
            + "; " + names + " are supported there, other families as safetensors");
}

} // namespace

std::string gguf_config_json(const Gguf& file)
{
    const GgufDescription model(file);
    Json config = of_architecture(model);
    config["vocab_size"] = model.embedding().shape.front();
    config["tie_word_embeddings"] = model.tied();
    for (const auto& [field, key] : { std::pair{ "bos_token_id", "tokenizer.ggml.bos_token_id" },
             std::pair{ "eos_token_id", "tokenizer.ggml.eos_token_id" } })
        if (file.metadata().has(key))
            config[field] = file.metadata().integer(key, 0, UINT32_MAX);
    config["torch_dtype"] = "float32";
    return config.dump(2) + "\n";
}

} // namespace circuitloom
