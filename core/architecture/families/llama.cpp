#include "core/architecture/families/llama_layout.h"

namespace circuitloom {

namespace {

ModelConfig read(const JsonObject& json)
{
    ModelConfig config = read_llama_layout(json, ModelFamily::llama);
    read_llama_biases(json, config);
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
