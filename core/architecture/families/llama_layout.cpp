#include "core/architecture/families/llama_layout.h"

#include "core/architecture/families/config_fields.h"
#include "core/architecture/families/rope_fields.h"
#include "core/architecture/families/tensor_list.h"

namespace circuitloom {

ModelConfig read_llama_sizes(
    const JsonObject& json, ModelFamily family, const LlamaDefaults& defaults)
{
    ModelConfig config;
    config.family = family;
    config.norm = NormKind::rms_norm;
    config.gated_mlp = true;
    config.attention_bias = config.output_bias = config.mlp_bias = false;
    read_vocabulary(json, config);
    config.layers = read_size(json, "num_hidden_layers", max_layers);
    config.heads = read_size(json, "num_attention_heads", max_heads);
    const bool usual = defaults.kv_heads > 0 && !json.mentions("num_key_value_heads")
        && config.heads % defaults.kv_heads == 0;
    config.kv_heads = static_cast<int>(json.integer_or(
        "num_key_value_heads", usual ? defaults.kv_heads : config.heads, 1, config.heads));
    if (config.heads % config.kv_heads != 0)
        json.fail("num_key_value_heads", "must divide num_attention_heads");
    config.d_model = read_size(json, "hidden_size", max_width);
    if (json.has("head_dim"))
        config.head_dim = read_size(json, "head_dim", max_head_dim);
    else
        config.head_dim = defaults.head_dim > 0 ? defaults.head_dim
                                                : divided_width(json, "hidden_size", config);
    config.mlp_width = read_size(json, "intermediate_size", max_mlp_width);
    config.max_positions = read_positions(json, defaults.max_positions);
    config.norm_epsilon = json.number_or("rms_norm_eps", defaults.norm_epsilon, 0, 1);
    config.activation = read_activation(json, defaults.activation_field, defaults.activation);
    config.tied_unembedding = json.boolean_or("tie_word_embeddings", defaults.tied);
    return config;
}

void read_llama_rope(
    const JsonObject& json, const LlamaDefaults& defaults, bool partial, ModelConfig& config)
{
    read_rope(json, json.number_or("rope_theta", defaults.rope_theta, 1, 1e12),
        json.number_or("partial_rotary_factor", 1, 0, 1), config);
    if (config.rotary_dim != 0 && !partial)
        json.fail("partial_rotary_factor", "is not 1, which this family does not have");
}

ModelConfig read_llama_layout(
    const JsonObject& json, ModelFamily family, const LlamaDefaults& defaults)
{
    ModelConfig config = read_llama_sizes(json, family, defaults);
    read_llama_rope(json, defaults, false, config);
    return config;
}

void read_llama_biases(const JsonObject& json, ModelConfig& config)
{
    config.attention_bias = json.boolean_or("attention_bias", false);
    config.output_bias = config.attention_bias;
    config.mlp_bias = json.boolean_or("mlp_bias", false);
}

nlohmann::ordered_json write_llama_layout(const ModelConfig& config, const char* architecture)
{
    return {
        { "architectures", { architecture } },
        { "num_hidden_layers", config.layers },
        { "num_attention_heads", config.heads },
        { "num_key_value_heads", config.kv_heads },
        { "head_dim", config.head_dim },
        { "hidden_size", config.d_model },
        { "intermediate_size", config.mlp_width },
        { "max_position_embeddings", stored_positions(config) },
        { "hidden_act", activation_name(config.activation) },
        { "rms_norm_eps", config.norm_epsilon },
        { "rope_theta", config.rope_theta },
        { "rope_scaling", rope_scaling_json(config) },
    };
}

std::vector<StoredTensor> llama_layout_tensors(const ModelConfig& config)
{
    const std::int64_t hidden = config.mlp_width;
    TensorList list(config);
    list.add("model.embed_tokens.weight", ModelPart::token_embedding);
    for (int layer = 0; layer < config.layers; ++layer) {
        using enum LayerPart;
        const std::string block = "model.layers." + std::to_string(layer) + ".";
        const std::string attention = block + "self_attn.";
        list.in_layer(layer);
        list.add(block + "input_layernorm.weight", attention_norm_weight);
        list.add_query_key_value(attention);
        list.add(attention + "q_norm.weight", query_norm_weight);
        list.add(attention + "k_norm.weight", key_norm_weight);
        list.add_linear(attention + "o_proj", output_weight, output_bias);
        // Where the outputs have norms too, this name is the attention's.
        list.add(block + "post_attention_layernorm.weight",
            config.output_norms ? attention_post_norm_weight : mlp_norm_weight);
        if (config.output_norms) {
            list.add(block + "pre_feedforward_layernorm.weight", mlp_norm_weight);
            list.add(block + "post_feedforward_layernorm.weight", mlp_post_norm_weight);
        }
        list.add_linear(block + "mlp.gate_proj", mlp_in_weight, mlp_in_bias, 0, hidden);
        list.add_linear(block + "mlp.up_proj", mlp_in_weight, mlp_in_bias, hidden, hidden);
        list.add_linear(block + "mlp.down_proj", mlp_out_weight, mlp_out_bias);
    }
    list.add("model.norm.weight", ModelPart::final_norm_weight);
    list.add("lm_head.weight", ModelPart::unembedding, true);
    return list.take();
}

} // namespace circuitloom
