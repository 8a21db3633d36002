#include "core/architecture/families/config_fields.h"
#include "core/architecture/families/llama_layout.h"

#include <algorithm>

namespace circuitloom {

namespace {

constexpr LlamaDefaults defaults{ .kv_heads = 4, .max_positions = 32768, .tied = true };

// `no_rope_layers` has 1 for a layer that is turned, despite its name.
void read_turned_layers(const JsonObject& json, ModelConfig& config)
{
    const auto layers = static_cast<std::size_t>(config.layers);
    if (json.has("no_rope_layers")) {
        for (const nlohmann::json& turned : json.array("no_rope_layers")) {
            if (turned != 0 && turned != 1)
                json.fail("no_rope_layers", "has an entry that is neither 0 nor 1");
            config.turned_layers.push_back(turned.get<int>());
        }
        if (config.turned_layers.size() != layers)
            json.fail("no_rope_layers", "must have one entry for each layer");
    } else {
        const auto every = json.integer_or("no_rope_layer_interval", 4, 1, max_layers);
        for (std::size_t layer = 1; layer <= layers; ++layer)
            config.turned_layers.push_back(layer % static_cast<std::size_t>(every) != 0 ? 1 : 0);
    }
    if (std::ranges::count(config.turned_layers, 1) == config.layers)
        config.turned_layers.clear();
}

void read_windows(const JsonObject& json, ModelConfig& config)
{
    if (!json.has("sliding_window"))
        return;
    const int window = read_size(json, "sliding_window", max_position_count);
    if (json.has("layer_types")) {
        read_layer_types(json, window, config);
    } else if (json.boolean_or("use_sliding_window", false) && !config.turned_layers.empty()) {
        for (const int turned : config.turned_layers)
            config.attention_windows.push_back(turned != 0 ? 0 : window);
    }
}

ModelConfig read(const JsonObject& json)
{
    ModelConfig config = read_llama_layout(json, ModelFamily::smollm3, defaults);
    read_llama_biases(json, config);
    read_turned_layers(json, config);
    read_windows(json, config);
    return config;
}

nlohmann::ordered_json write(const ModelConfig& config)
{
    nlohmann::ordered_json json = write_llama_layout(config, "SmolLM3ForCausalLM");
    json["attention_bias"] = config.attention_bias;
    json["mlp_bias"] = config.mlp_bias;
    json["no_rope_layers"] = config.turned_layers.empty()
        ? std::vector<int>(static_cast<std::size_t>(config.layers), 1)
        : config.turned_layers;
    json["use_sliding_window"] = !config.attention_windows.empty();
    json["sliding_window"] = nullptr;
    if (!config.attention_windows.empty())
        json["sliding_window"] = *std::ranges::max_element(config.attention_windows);
    json["layer_types"] = layer_types_json(config);
    return json;
}

} // namespace

const Family smollm3_family{ "smollm3", read, write, llama_layout_tensors };

} // namespace circuitloom
