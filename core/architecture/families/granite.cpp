#include "core/architecture/families/config_fields.h"
#include "core/architecture/families/llama_layout.h"

namespace circuitloom {

namespace {

constexpr double most = 1e6;
constexpr double least = 1e-9;

// The one thing beside Llama: four factors.
ModelConfig read(const JsonObject& json)
{
    ModelConfig config = read_llama_layout(json, ModelFamily::granite);
    read_llama_biases(json, config);
    const auto factor
        = [&json](const char* field) { return json.number_or(field, 1, least, most); };
    config.embedding_scale = factor("embedding_multiplier");
    config.residual_scale = factor("residual_multiplier");
    config.attention_scale = factor("attention_multiplier");
    config.logit_divisor = factor("logits_scaling");
    return config;
}

nlohmann::ordered_json write(const ModelConfig& config)
{
    nlohmann::ordered_json json = write_llama_layout(config, "GraniteForCausalLM");
    json["attention_bias"] = config.attention_bias;
    json["mlp_bias"] = config.mlp_bias;
    json["embedding_multiplier"] = config.embedding_scale;
    json["residual_multiplier"] = config.residual_scale;
    json["attention_multiplier"] = config.attention_scale;
    json["logits_scaling"] = config.logit_divisor;
    return json;
}

} // namespace

const Family granite_family{ "granite", read, write, llama_layout_tensors };

} // namespace circuitloom
