#include "core/architecture/families/config_fields.h"
#include "core/architecture/families/llama_layout.h"

namespace circuitloom {

namespace {

constexpr LlamaDefaults defaults{ .norm_epsilon = 1e-5 };

// Attention and MLP read the stream as it is and write to it through a norm.
ModelConfig read(const JsonObject& json)
{
    ModelConfig config = read_llama_layout(json, ModelFamily::olmo2, defaults);
    config.input_norms = false;
    config.output_norms = true;
    config.qk_norm = config.qk_norm_joint = true;
    refuse_flag(json, "attention_bias",
        "a bias before the norm through which attention writes has no share of its own in the "
        "graph");
    return config;
}

nlohmann::ordered_json write(const ModelConfig& config)
{
    return write_llama_layout(config, "Olmo2ForCausalLM");
}

} // namespace

const Family olmo2_family{ "olmo2", read, write, llama_layout_tensors };

} // namespace circuitloom
