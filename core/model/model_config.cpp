#include "core/model/model_config.h"

#include "core/base/error.h"
#include "core/formats/json_input.h"

#include <array>
#include <utility>

namespace circuitloom {

namespace {

constexpr int max_layers = 1024;
constexpr int max_heads = 1024;
constexpr int max_head_dim = 4096;
constexpr int max_width = 1 << 17;
constexpr int max_mlp_width = 1 << 20;
constexpr int max_vocabulary = 1 << 21;
constexpr int max_position_count = 1 << 24;

/// Hugging Face's names; the first of each kind is the one written.
constexpr std::array<std::pair<std::string_view, Activation>, 7> activations = { {
    { "gelu_new", Activation::gelu_tanh },
    { "gelu_pytorch_tanh", Activation::gelu_tanh },
    { "gelu_fast", Activation::gelu_tanh },
    { "gelu", Activation::gelu },
    { "silu", Activation::silu },
    { "swish", Activation::silu },
    { "relu", Activation::relu },
} };

Activation read_activation(const JsonObject& json, const char* field, const char* otherwise)
{
    const std::string name = json.text_or(field, otherwise);
    for (const auto& [known, activation] : activations)
        if (known == name)
            return activation;
    json.fail(
        field, "is " + name + "; gelu_new, gelu_pytorch_tanh, gelu, silu and relu are supported");
}

std::string activation_name(Activation activation)
{
    for (const auto& [name, known] : activations)
        if (known == activation)
            return std::string(name);
    return {};
}

int read_size(const JsonObject& json, const char* field, int most)
{
    return static_cast<int>(json.integer(field, 1, most));
}

/// A token id; the first of a list; -1 where there is none or the vocabulary has no such token
/// (configurations of small models keep the large ones' default).
int read_token(const JsonObject& json, const char* field, int vocabulary)
{
    const nlohmann::json* value = json.find(field);
    if (value && value->is_array())
        value = value->empty() ? nullptr : &value->front();
    if (!value)
        return -1;
    if (!value->is_number_integer())
        json.fail(field, "must be a token id");
    const auto token = value->get<std::int64_t>();
    return token >= 0 && token < vocabulary ? static_cast<int>(token) : -1;
}

void read_common(const JsonObject& json, ModelConfig& config)
{
    config.vocabulary = read_size(json, "vocab_size", max_vocabulary);
    config.bos_token = read_token(json, "bos_token_id", config.vocabulary);
    config.eos_token = read_token(json, "eos_token_id", config.vocabulary);
    if (json.has("quantization_config"))
        json.fail("quantization_config", "is given; quantized models are not supported");
}

ModelConfig read_gpt2(const JsonObject& json)
{
    ModelConfig config;
    config.family = ModelFamily::gpt2;
    read_common(json, config);
    config.layers = read_size(json, "n_layer", max_layers);
    config.heads = read_size(json, "n_head", max_heads);
    config.kv_heads = config.heads;
    config.d_model = read_size(json, "n_embd", max_width);
    if (config.d_model % config.heads != 0)
        json.fail("n_embd", "must be a multiple of n_head");
    config.head_dim = config.d_model / config.heads;
    config.mlp_width = static_cast<int>(
        json.integer_or("n_inner", std::int64_t{ 4 } * config.d_model, 1, max_mlp_width));
    config.max_positions
        = read_size(json, json.has("n_positions") ? "n_positions" : "n_ctx", max_position_count);
    config.norm_epsilon = json.number_or("layer_norm_epsilon", 1e-5, 0, 1);
    config.activation = read_activation(json, "activation_function", "gelu_new");
    config.tied_unembedding = json.boolean_or("tie_word_embeddings", true);
    if (!json.boolean_or("scale_attn_weights", true))
        json.fail("scale_attn_weights", "is false, which is not supported");
    if (json.boolean_or("scale_attn_by_inverse_layer_idx", false))
        json.fail("scale_attn_by_inverse_layer_idx", "is true, which is not supported");
    if (json.boolean_or("add_cross_attention", false))
        json.fail("add_cross_attention", "is true, which is not supported");
    return config;
}

/// Rotary embeddings: `rope_theta` and `rope_scaling`, or both in `rope_parameters`.
double read_rope(const JsonObject& json)
{
    constexpr double most = 1e12;
    double theta = json.number_or("rope_theta", 10000.0, 1, most);
    for (const char* field : { "rope_scaling", "rope_parameters" }) {
        if (!json.has(field))
            continue;
        const JsonObject rope = json.object(field);
        const std::string kind = rope.text_or("rope_type", rope.text_or("type", "default"));
        if (kind != "default")
            json.fail(
                field, "asks for " + kind + " rotary embeddings; only default ones are supported");
        theta = rope.number_or("rope_theta", theta, 1, most);
    }
    if (json.number_or("partial_rotary_factor", 1, 0, 1) != 1)
        json.fail("partial_rotary_factor", "is not 1, which is not supported");
    return theta;
}

ModelConfig read_llama(const JsonObject& json)
{
    ModelConfig config;
    config.family = ModelFamily::llama;
    config.norm = NormKind::rms_norm;
    config.position = PositionKind::rotary;
    config.gated_mlp = true;
    read_common(json, config);
    config.layers = read_size(json, "num_hidden_layers", max_layers);
    config.heads = read_size(json, "num_attention_heads", max_heads);
    config.kv_heads
        = static_cast<int>(json.integer_or("num_key_value_heads", config.heads, 1, config.heads));
    if (config.heads % config.kv_heads != 0)
        json.fail("num_key_value_heads", "must divide num_attention_heads");
    config.d_model = read_size(json, "hidden_size", max_width);
    if (!json.has("head_dim") && config.d_model % config.heads != 0)
        json.fail(
            "hidden_size", "must be a multiple of num_attention_heads where head_dim is absent");
    config.head_dim = static_cast<int>(
        json.integer_or("head_dim", config.d_model / config.heads, 1, max_head_dim));
    if (config.head_dim % 2 != 0)
        json.fail(json.has("head_dim") ? "head_dim" : "hidden_size",
            "gives heads of an odd width, which rotary embeddings cannot turn");
    config.mlp_width = read_size(json, "intermediate_size", max_mlp_width);
    config.max_positions = read_size(json, "max_position_embeddings", max_position_count);
    config.norm_epsilon = json.number_or("rms_norm_eps", 1e-6, 0, 1);
    config.rope_theta = read_rope(json);
    config.activation = read_activation(json, "hidden_act", "silu");
    config.attention_bias = json.boolean_or("attention_bias", false);
    config.output_bias = config.attention_bias;
    config.mlp_bias = json.boolean_or("mlp_bias", false);
    config.tied_unembedding = json.boolean_or("tie_word_embeddings", false);
    return config;
}

nlohmann::ordered_json token_or_null(int token)
{
    return token < 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(token);
}

nlohmann::ordered_json gpt2_json(const ModelConfig& config)
{
    return {
        { "architectures", { "GPT2LMHeadModel" } },
        { "model_type", "gpt2" },
        { "n_layer", config.layers },
        { "n_head", config.heads },
        { "n_embd", config.d_model },
        { "n_inner", config.mlp_width },
        { "n_positions", config.max_positions },
        { "n_ctx", config.max_positions },
        { "activation_function", activation_name(config.activation) },
        { "layer_norm_epsilon", config.norm_epsilon },
    };
}

nlohmann::ordered_json llama_json(const ModelConfig& config)
{
    return {
        { "architectures", { "LlamaForCausalLM" } },
        { "model_type", "llama" },
        { "num_hidden_layers", config.layers },
        { "num_attention_heads", config.heads },
        { "num_key_value_heads", config.kv_heads },
        { "head_dim", config.head_dim },
        { "hidden_size", config.d_model },
        { "intermediate_size", config.mlp_width },
        { "max_position_embeddings", config.max_positions },
        { "hidden_act", activation_name(config.activation) },
        { "rms_norm_eps", config.norm_epsilon },
        { "rope_theta", config.rope_theta },
        { "attention_bias", config.attention_bias },
        { "mlp_bias", config.mlp_bias },
    };
}

} // namespace

ModelConfig parse_model_config(std::string_view config_json, std::string_view origin)
{
    const nlohmann::json parsed = parse_json(config_json, origin);
    const JsonObject json(parsed, std::string(origin));
    const std::string type = json.text("model_type");
    if (type == family_name(ModelFamily::gpt2))
        return read_gpt2(json);
    if (type == family_name(ModelFamily::llama))
        return read_llama(json);
    json.fail("model_type", "is " + type + "; gpt2 and llama are supported");
}

std::string model_config_json(const ModelConfig& config)
{
    nlohmann::ordered_json json
        = config.family == ModelFamily::gpt2 ? gpt2_json(config) : llama_json(config);
    json["vocab_size"] = config.vocabulary;
    json["tie_word_embeddings"] = config.tied_unembedding;
    json["bos_token_id"] = token_or_null(config.bos_token);
    json["eos_token_id"] = token_or_null(config.eos_token);
    json["torch_dtype"] = "float32";
    return json.dump(2) + "\n";
}

std::string_view family_name(ModelFamily family)
{
    return family == ModelFamily::gpt2 ? "gpt2" : "llama";
}

} // namespace circuitloom
