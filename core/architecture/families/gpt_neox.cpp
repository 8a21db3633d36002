#include "core/architecture/families/config_fields.h"
#include "core/architecture/families/family.h"
#include "core/architecture/families/rope_fields.h"
#include "core/architecture/families/tensor_list.h"

namespace circuitloom {

namespace {

ModelConfig read(const JsonObject& json)
{
    ModelConfig config;
    config.family = ModelFamily::gpt_neox;
    read_vocabulary(json, config);
    read_ungrouped_heads(json, "num_hidden_layers", "num_attention_heads", "hidden_size", config);
    config.mlp_width = read_size(json, "intermediate_size", max_mlp_width);
    config.max_positions = read_positions(json, 2048);
    config.norm_epsilon = json.number_or("layer_norm_eps", 1e-5, 0, 1);
    read_rope(json, json.number_or("rotary_emb_base", 10000.0, 1, 1e12),
        json.number_or("rotary_pct", 0.25, 0, 1), config);
    config.activation = read_activation(json, "hidden_act", "gelu");
    config.parallel_blocks = json.boolean_or("use_parallel_residual", true);
    config.attention_bias = json.boolean_or("attention_bias", true);
    config.output_bias = config.attention_bias;
    config.tied_unembedding = json.boolean_or("tie_word_embeddings", false);
    return config;
}

nlohmann::ordered_json write(const ModelConfig& config)
{
    return {
        { "architectures", { "GPTNeoXForCausalLM" } },
        { "num_hidden_layers", config.layers },
        { "num_attention_heads", config.heads },
        { "hidden_size", config.d_model },
        { "intermediate_size", config.mlp_width },
        { "max_position_embeddings", stored_positions(config) },
        { "hidden_act", activation_name(config.activation) },
        { "layer_norm_eps", config.norm_epsilon },
        { "rotary_emb_base", config.rope_theta },
        { "rotary_pct", static_cast<double>(config.turned_dim()) / config.head_dim },
        { "rope_scaling", rope_scaling_json(config) },
        { "use_parallel_residual", config.parallel_blocks },
        { "attention_bias", config.attention_bias },
    };
}

std::vector<StoredTensor> tensors(const ModelConfig& config)
{
    TensorList list(config);
    list.add("gpt_neox.embed_in.weight", ModelPart::token_embedding);
    for (int layer = 0; layer < config.layers; ++layer) {
        using enum LayerPart;
        const std::string block = "gpt_neox.layers." + std::to_string(layer) + ".";
        list.in_layer(layer);
        list.add_norm(block + "input_layernorm", attention_norm_weight, attention_norm_bias);
        list.add_linear_by_head(block + "attention.query_key_value", qkv_weight, qkv_bias);
        list.add_linear(block + "attention.dense", output_weight, output_bias);
        list.add_norm(block + "post_attention_layernorm", mlp_norm_weight, mlp_norm_bias);
        list.add_linear(block + "mlp.dense_h_to_4h", mlp_in_weight, mlp_in_bias);
        list.add_linear(block + "mlp.dense_4h_to_h", mlp_out_weight, mlp_out_bias);
    }
    list.add_norm("gpt_neox.final_layer_norm", ModelPart::final_norm_weight, ModelPart::final_norm_bias);
    list.add("embed_out.weight", ModelPart::unembedding, true);
    return list.take();
}

} // namespace

const Family gpt_neox_family{ "gpt_neox", read, write, tensors };

} // namespace circuitloom
