#include "core/architecture/families/config_fields.h"
#include "core/architecture/families/llama_layout.h"

namespace circuitloom {

namespace {

// What transformers takes where config.json does not mention the field; null means no window.
constexpr int default_window = 4096;

ModelConfig read(const JsonObject& json)
{
    ModelConfig config = read_llama_layout(
        json, ModelFamily::mistral, { .kv_heads = 8, .max_positions = 4096 * 32 });
    const int window = json.has("sliding_window")
        ? read_size(json, "sliding_window", max_position_count)
        : json.mentions("sliding_window") ? 0
                                          : default_window;
    if (window > 0)
        config.attention_windows.assign(static_cast<std::size_t>(config.layers), window);
    return config;
}

nlohmann::ordered_json write(const ModelConfig& config)
{
    nlohmann::ordered_json json = write_llama_layout(config, "MistralForCausalLM");
    json["sliding_window"] = nullptr;
    if (!config.attention_windows.empty())
        json["sliding_window"] = config.attention_windows.front();
    return json;
}

} // namespace

const Family mistral_family{ "mistral", read, write, llama_layout_tensors };

} // namespace circuitloom
