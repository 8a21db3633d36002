#include "core/architecture/families/config_fields.h"

#include <array>
#include <utility>

namespace circuitloom {

namespace {

constexpr int max_vocabulary = 1 << 21;
constexpr double max_theta = 1e12;

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

RopeScaling read_scaling(const JsonObject& rope, int max_positions)
{
    RopeScaling scaling;
    const std::string kind = rope.text_or("rope_type", rope.text_or("type", "default"));
    if (kind == "default")
        return scaling;
    const auto number = [&rope](const char* field, double least) {
        rope.at(field);
        return rope.number_or(field, least, least, 1e6);
    };
    if (kind == "linear") {
        scaling.kind = RopeKind::linear;
        scaling.factor = number("factor", 1e-3);
        return scaling;
    }
    if (kind != "llama3")
        rope.fail("rope_type",
            "is " + kind + "; default, linear and llama3 rotary embeddings are supported");
    scaling.kind = RopeKind::llama3;
    scaling.factor = number("factor", 1e-3);
    scaling.slow_turns = number("low_freq_factor", 1e-3);
    scaling.quick_turns = number("high_freq_factor", 1e-3);
    if (scaling.quick_turns <= scaling.slow_turns)
        rope.fail("high_freq_factor", "must be greater than low_freq_factor");
    scaling.original_positions = static_cast<int>(
        rope.integer_or("original_max_position_embeddings", max_positions, 1, max_position_count));
    return scaling;
}

} // namespace

int read_size(const JsonObject& json, const char* field, int most)
{
    return static_cast<int>(json.integer(field, 1, most));
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

void read_rope(const JsonObject& json, double theta, double share, ModelConfig& config)
{
    config.position = PositionKind::rotary;
    config.rope_theta = theta;
    for (const char* field : { "rope_scaling", "rope_parameters" }) {
        if (!json.has(field))
            continue;
        const JsonObject rope = json.object(field);
        config.rope_theta = rope.number_or("rope_theta", config.rope_theta, 1, max_theta);
        share = rope.number_or("partial_rotary_factor", share, 0, 1);
        config.rope_scaling = read_scaling(rope, config.max_positions);
    }
    const int turned = static_cast<int>(config.head_dim * share);
    if (turned < 2 || turned % 2 != 0)
        json.fail(json.has("head_dim") ? "head_dim" : "hidden_size",
            "gives heads of which " + std::to_string(turned)
                + " coordinates are turned; rotary embeddings turn pairs");
    config.rotary_dim = turned == config.head_dim ? 0 : turned;
}

nlohmann::ordered_json rope_scaling_json(const ModelConfig& config)
{
    const RopeScaling& scaling = config.rope_scaling;
    switch (scaling.kind) {
    case RopeKind::unscaled:
        break;
    case RopeKind::linear:
        return { { "rope_type", "linear" }, { "factor", scaling.factor } };
    case RopeKind::llama3:
        return { { "rope_type", "llama3" }, { "factor", scaling.factor },
            { "low_freq_factor", scaling.slow_turns }, { "high_freq_factor", scaling.quick_turns },
            { "original_max_position_embeddings", scaling.original_positions } };
    }
    return {};
}

} // namespace circuitloom
