#include "core/architecture/families/config_fields.h"
#include "core/architecture/families/llama_layout.h"

#include <algorithm>

namespace circuitloom {

namespace {

constexpr LlamaDefaults qwen2_defaults{ .kv_heads = 32, .max_positions = 32768 };
constexpr LlamaDefaults qwen3_defaults{ .head_dim = 128, .kv_heads = 32, .max_positions = 32768 };

// `layer_types` says which layers have the window; older files have it from layer
// max_window_layers on.
void read_windows(const JsonObject& json, ModelConfig& config)
{
    if (!json.boolean_or("use_sliding_window", false) || !json.has("sliding_window"))
        return;
    const int window = read_size(json, "sliding_window", max_position_count);
    const auto layers = static_cast<std::size_t>(config.layers);
    if (json.has("layer_types")) {
        read_layer_types(json, window, config);
    } else {
        config.attention_windows.assign(layers, 0);
        const auto first = json.integer_or("max_window_layers", 28, 0, max_layers);
        for (auto layer = static_cast<std::size_t>(first); layer < layers; ++layer)
            config.attention_windows[layer] = window;
    }
    if (std::ranges::count(config.attention_windows, 0) == config.layers)
        config.attention_windows.clear();
}

void write_windows(const ModelConfig& config, nlohmann::ordered_json& json)
{
    const auto& windows = config.attention_windows;
    const auto first
        = std::ranges::find_if(windows, [](int window) { return window > 0; }) - windows.begin();
    json["use_sliding_window"] = !windows.empty();
    json["sliding_window"] = nullptr;
    if (windows.empty())
        return;
    json["sliding_window"] = windows[static_cast<std::size_t>(first)];
    json["max_window_layers"] = first;
    json["layer_types"] = layer_types_json(config);
}

ModelConfig read_qwen2(const JsonObject& json)
{
    ModelConfig config = read_llama_layout(json, ModelFamily::qwen2, qwen2_defaults);
    config.attention_bias = true;
    read_windows(json, config);
    return config;
}

nlohmann::ordered_json write_qwen2(const ModelConfig& config)
{
    nlohmann::ordered_json json = write_llama_layout(config, "Qwen2ForCausalLM");
    write_windows(config, json);
    return json;
}

ModelConfig read_qwen3(const JsonObject& json)
{
    ModelConfig config = read_llama_layout(json, ModelFamily::qwen3, qwen3_defaults);
    config.qk_norm = true;
    config.attention_bias = json.boolean_or("attention_bias", false);
    config.output_bias = config.attention_bias;
    read_windows(json, config);
    return config;
}

nlohmann::ordered_json write_qwen3(const ModelConfig& config)
{
    nlohmann::ordered_json json = write_llama_layout(config, "Qwen3ForCausalLM");
    json["attention_bias"] = config.attention_bias;
    write_windows(config, json);
    return json;
}

} // namespace

const Family qwen2_family{ "qwen2", read_qwen2, write_qwen2, llama_layout_tensors };
const Family qwen3_family{ "qwen3", read_qwen3, write_qwen3, llama_layout_tensors };

} // namespace circuitloom
