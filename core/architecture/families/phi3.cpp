#include "core/architecture/families/config_fields.h"
#include "core/architecture/families/llama_layout.h"
#include "core/architecture/families/tensor_list.h"

namespace circuitloom {

namespace {

constexpr LlamaDefaults defaults{ .max_positions = 4096, .norm_epsilon = 1e-5 };

ModelConfig read(const JsonObject& json)
{
    ModelConfig config = read_llama_sizes(json, ModelFamily::phi3, defaults);
    read_llama_rope(json, defaults, true, config);
    if (json.has("sliding_window")) {
        const int window = read_size(json, "sliding_window", max_position_count);
        config.attention_windows.assign(static_cast<std::size_t>(config.layers), window);
    }
    return config;
}

nlohmann::ordered_json write(const ModelConfig& config)
{
    nlohmann::ordered_json json = write_llama_layout(config, "Phi3ForCausalLM");
    json.erase("head_dim");
    json["partial_rotary_factor"] = static_cast<double>(config.turned_dim()) / config.head_dim;
    if (config.rope_scaling.kind == RopeKind::longrope)
        json["original_max_position_embeddings"] = config.rope_scaling.original_positions;
    json["sliding_window"] = nullptr;
    if (!config.attention_windows.empty())
        json["sliding_window"] = config.attention_windows.front();
    return json;
}

// q, k and v lie in one matrix, and so do the gate and W_in: in our order.
std::vector<StoredTensor> tensors(const ModelConfig& config)
{
    TensorList list(config);
    list.add("model.embed_tokens.weight", ModelPart::token_embedding);
    for (int layer = 0; layer < config.layers; ++layer) {
        using enum LayerPart;
        const std::string block = "model.layers." + std::to_string(layer) + ".";
        list.in_layer(layer);
        list.add(block + "input_layernorm.weight", attention_norm_weight);
        list.add_linear(block + "self_attn.qkv_proj", qkv_weight, qkv_bias);
        list.add_linear(block + "self_attn.o_proj", output_weight, output_bias);
        list.add(block + "post_attention_layernorm.weight", mlp_norm_weight);
        list.add_linear(block + "mlp.gate_up_proj", mlp_in_weight, mlp_in_bias);
        list.add_linear(block + "mlp.down_proj", mlp_out_weight, mlp_out_bias);
    }
    list.add("model.norm.weight", ModelPart::final_norm_weight);
    list.add("lm_head.weight", ModelPart::unembedding, true);
    return list.take();
}

} // namespace

const Family phi3_family{ "phi3", read, write, tensors };

} // namespace circuitloom
