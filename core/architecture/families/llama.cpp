#include "core/architecture/families/llama_layout.h"

namespace circuitloom {

namespace {

ModelConfig read(const JsonObject& json)
{
    ModelConfig config = read_llama_layout(json, ModelFamily::llama);
    config.attention_bias = json.boolean_or("attention_bias", false);
    config.output_bias = config.attention_bias;
    config.mlp_bias = json.boolean_or("mlp_bias", false);
    return config;
}

nlohmann::ordered_json write(const ModelConfig& config)
{
    nlohmann::ordered_json json = write_llama_layout(config, "LlamaForCausalLM");
    json["attention_bias"] = config.attention_bias;
    json["mlp_bias"] = config.mlp_bias;
    return json;
}

} // namespace

const Family llama_family{ "llama", read, write, llama_layout_tensors };

} // namespace circuitloom
