#include "core/architecture/families/config_fields.h"

#include <algorithm>
#include <array>
#include <utility>

namespace circuitloom {

namespace {

constexpr int max_vocabulary = 1 << 21;

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

} // namespace

int read_size(const JsonObject& json, const char* field, int most)
{
    return static_cast<int>(json.integer(field, 1, most));
}

int read_positions(const JsonObject& json, int otherwise)
{
    return static_cast<int>(
        json.integer_or("max_position_embeddings", otherwise, 1, max_position_count));
}

void read_layer_types(const JsonObject& json, int window, ModelConfig& config)
{
    const auto layers = static_cast<std::size_t>(config.layers);
    const nlohmann::json& types = json.array("layer_types");
    if (types.size() != layers)
        json.fail("layer_types", "must have one entry for each layer");
    config.attention_windows.assign(layers, 0);
    for (std::size_t layer = 0; layer < layers; ++layer) {
        if (types[layer] == "sliding_attention")
            config.attention_windows[layer] = window;
        else if (types[layer] != "full_attention")
            json.fail(
                "layer_types", "has an entry that is neither full_attention nor sliding_attention");
    }
    if (std::ranges::count(config.attention_windows, 0) == config.layers)
        config.attention_windows.clear();
}

nlohmann::ordered_json layer_types_json(const ModelConfig& config)
{
    auto types = nlohmann::ordered_json::array();
    for (int layer = 0; layer < config.layers; ++layer)
        types.push_back(
            config.attention_window(layer) > 0 ? "sliding_attention" : "full_attention");
    return types;
}

void refuse_flag(const JsonObject& json, const char* field, const std::string& what)
{
    if (json.boolean_or(field, false))
        json.fail(field, "is true: " + what);
}

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

void read_vocabulary(const JsonObject& json, ModelConfig& config)
{
    config.vocabulary = read_size(json, "vocab_size", max_vocabulary);
    config.bos_token = read_token(json, "bos_token_id", config.vocabulary);
    config.eos_token = read_token(json, "eos_token_id", config.vocabulary);
    if (json.has("quantization_config"))
        json.fail("quantization_config", "is given; quantized checkpoints are not supported");
}

int divided_width(const JsonObject& json, const char* width_field, const ModelConfig& config)
{
    if (config.d_model % config.heads != 0)
        json.fail(width_field,
            "must be a multiple of the number of heads, " + std::to_string(config.heads));
    return config.d_model / config.heads;
}

void read_ungrouped_heads(const JsonObject& json, const char* layers_field, const char* heads_field,
    const char* width_field, ModelConfig& config)
{
    config.layers = read_size(json, layers_field, max_layers);
    config.heads = config.kv_heads = read_size(json, heads_field, max_heads);
    config.d_model = read_size(json, width_field, max_width);
    config.head_dim = divided_width(json, width_field, config);
}

int read_mlp_width(const JsonObject& json, const char* field, const ModelConfig& config)
{
    return static_cast<int>(
        json.integer_or(field, std::int64_t{ 4 } * config.d_model, 1, max_mlp_width));
}

} // namespace circuitloom
