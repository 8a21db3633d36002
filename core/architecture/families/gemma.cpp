#include "core/architecture/families/config_fields.h"
#include "core/architecture/families/llama_layout.h"
#include "core/architecture/families/rope_fields.h"

#include <algorithm>
#include <cmath>

namespace circuitloom {

namespace {

constexpr const char* activation = "gelu_pytorch_tanh";
constexpr LlamaDefaults gemma_defaults{
    .head_dim = 256, .kv_heads = 16, .max_positions = 8192, .tied = true, .activation = activation
};
constexpr LlamaDefaults gemma2_defaults{ .head_dim = 256,
    .kv_heads = 4,
    .max_positions = 8192,
    .tied = true,
    .activation_field = "hidden_activation",
    .activation = activation };
constexpr LlamaDefaults gemma3_defaults{ .head_dim = 256,
    .kv_heads = 4,
    .max_positions = 131072,
    .rope_theta = 1e6,
    .tied = true,
    .activation_field = "hidden_activation",
    .activation = activation };
constexpr double local_theta = 1e4;
constexpr int default_window = 4096;
constexpr double most = 1e6;

/// What all three have.
void set_gemma(const JsonObject& json, ModelConfig& config)
{
    config.norm_adds_one = true;
    config.embedding_scale = std::sqrt(static_cast<double>(config.d_model));
    refuse_flag(json, "use_bidirectional_attention",
        "the model reads in both directions and predicts no next token");
}

ModelConfig read_gemma(const JsonObject& json)
{
    ModelConfig config = read_llama_layout(json, ModelFamily::gemma, gemma_defaults);
    set_gemma(json, config);
    // The first files say gelu and mean its approximation, as transformers has it.
    if (config.activation == Activation::gelu)
        config.activation = Activation::gelu_tanh;
    config.attention_bias = config.output_bias = json.boolean_or("attention_bias", false);
    return config;
}

nlohmann::ordered_json write_gemma(const ModelConfig& config)
{
    nlohmann::ordered_json json = write_llama_layout(config, "GemmaForCausalLM");
    json["hidden_act"] = activation_name(config.activation);
    if (config.activation == Activation::gelu_tanh)
        json["hidden_act"] = activation;
    json["attention_bias"] = config.attention_bias;
    return json;
}

/// What Gemma 2 and 3 have beside it. A cap that is null is none.
void set_later_gemma(const JsonObject& json, double attention_cap, double logit_cap, int pattern,
    ModelConfig& config)
{
    set_gemma(json, config);
    config.output_norms = true;
    refuse_flag(json, "attention_bias",
        "a bias before the norm through which attention writes has no share of its own in the "
        "graph");
    config.attention_scale
        = 1 / std::sqrt(json.number_or("query_pre_attn_scalar", 256, 1e-6, most));
    const auto cap = [&json](const char* field, double otherwise) {
        return json.mentions(field) && !json.has(field) ? 0
                                                        : json.number_or(field, otherwise, 0, most);
    };
    config.attention_cap = cap("attn_logit_softcapping", attention_cap);
    config.logit_cap = cap("final_logit_softcapping", logit_cap);
    if (json.mentions("sliding_window") && !json.has("sliding_window"))
        return;
    const int window = static_cast<int>(
        json.integer_or("sliding_window", default_window, 1, max_position_count));
    if (json.has("layer_types")) {
        read_layer_types(json, window, config);
        return;
    }
    for (int layer = 1; layer <= config.layers; ++layer)
        config.attention_windows.push_back(layer % pattern != 0 ? window : 0);
    if (std::ranges::count(config.attention_windows, 0) == config.layers)
        config.attention_windows.clear();
}

nlohmann::ordered_json write_later_gemma(const ModelConfig& config, const char* architecture)
{
    nlohmann::ordered_json json = write_llama_layout(config, architecture);
    json.erase("hidden_act");
    json["hidden_activation"] = config.activation == Activation::gelu_tanh
        ? std::string(activation)
        : activation_name(config.activation);
    json["query_pre_attn_scalar"] = 1 / (config.attention_scale * config.attention_scale);
    const double scalar = std::round(json["query_pre_attn_scalar"].get<double>());
    if (1 / std::sqrt(scalar) == config.attention_scale)
        json["query_pre_attn_scalar"] = static_cast<std::int64_t>(scalar);
    json["attn_logit_softcapping"] = nullptr;
    if (config.attention_cap > 0)
        json["attn_logit_softcapping"] = config.attention_cap;
    json["final_logit_softcapping"] = nullptr;
    if (config.logit_cap > 0)
        json["final_logit_softcapping"] = config.logit_cap;
    json["layer_types"] = layer_types_json(config);
    json["sliding_window"] = default_window;
    if (!config.attention_windows.empty())
        json["sliding_window"] = *std::ranges::max_element(config.attention_windows);
    return json;
}

ModelConfig read_gemma2(const JsonObject& json)
{
    ModelConfig config = read_llama_layout(json, ModelFamily::gemma2, gemma2_defaults);
    set_later_gemma(json, 50, 30, 2, config);
    return config;
}

nlohmann::ordered_json write_gemma2(const ModelConfig& config)
{
    return write_later_gemma(config, "Gemma2ForCausalLM");
}

// Layers with a window turn by a base of their own; only the others are stretched.
void read_gemma3_rope(const JsonObject& json, ModelConfig& config)
{
    const double theta = json.number_or("rope_theta", gemma3_defaults.rope_theta, 1, 1e12);
    double local = json.number_or("rope_local_base_freq", local_theta, 1, 1e12);
    const nlohmann::json* parameters = json.find("rope_parameters");
    const bool nested = parameters
        && (parameters->contains("full_attention") || parameters->contains("sliding_attention"));
    if (!nested) {
        read_rope(json, theta, 1, config);
    } else {
        const JsonObject by_kind = json.object("rope_parameters");
        if (by_kind.has("sliding_attention")) {
            const JsonObject sliding = by_kind.object("sliding_attention");
            if (sliding.text_or("rope_type", "default") != "default")
                sliding.fail("rope_type", "is not default, which layers with a window have");
            local = sliding.number_or("rope_theta", local, 1, 1e12);
        }
        const nlohmann::json none = nlohmann::json::object();
        const JsonObject full = by_kind.has("full_attention") ? by_kind.object("full_attention")
                                                              : JsonObject(none, by_kind.where());
        read_rope(json, full, theta, 1, config);
    }
    if (config.rotary_dim != 0)
        json.fail("partial_rotary_factor", "is not 1, which this family does not have");
    config.local_rope_theta = local;
}

ModelConfig read_gemma3(const JsonObject& json)
{
    ModelConfig config = read_llama_sizes(json, ModelFamily::gemma3, gemma3_defaults);
    read_gemma3_rope(json, config);
    const auto pattern = json.integer_or("sliding_window_pattern",
        json.integer_or("_sliding_window_pattern", 6, 1, max_layers), 1, max_layers);
    set_later_gemma(json, 0, 0, static_cast<int>(pattern), config);
    config.qk_norm = true;
    return config;
}

nlohmann::ordered_json write_gemma3(const ModelConfig& config)
{
    nlohmann::ordered_json json = write_later_gemma(config, "Gemma3ForCausalLM");
    json["rope_local_base_freq"] = config.local_rope_theta;
    return json;
}

} // namespace

const Family gemma_family{ "gemma", read_gemma, write_gemma, llama_layout_tensors };
const Family gemma2_family{ "gemma2", read_gemma2, write_gemma2, llama_layout_tensors };
const Family gemma3_family{ "gemma3_text", read_gemma3, write_gemma3, llama_layout_tensors };

} // namespace circuitloom
