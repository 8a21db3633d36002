#include "core/architecture/families/config_fields.h"
#include "core/architecture/families/family.h"
#include "core/architecture/families/tensor_list.h"

namespace circuitloom {

namespace {

ModelConfig read(const JsonObject& json)
{
    ModelConfig config;
    config.family = ModelFamily::gpt2;
    read_vocabulary(json, config);
    read_ungrouped_heads(json, "n_layer", "n_head", "n_embd", config);
    config.mlp_width = read_mlp_width(json, "n_inner", config);
    config.max_positions = static_cast<int>(json.integer_or(
        json.has("n_positions") ? "n_positions" : "n_ctx", 1024, 1, max_position_count));
    config.norm_epsilon = json.number_or("layer_norm_epsilon", 1e-5, 0, 1);
    config.activation = read_activation(json, "activation_function", "gelu_new");
    config.tied_unembedding = json.boolean_or("tie_word_embeddings", true);
    config.attention_scale = json.boolean_or("scale_attn_weights", true) ? 0 : 1;
    config.scale_by_layer = json.boolean_or("scale_attn_by_inverse_layer_idx", false);
    if (json.boolean_or("add_cross_attention", false))
        json.fail("add_cross_attention", "is true, which is not supported");
    return config;
}

nlohmann::ordered_json write(const ModelConfig& config)
{
    return {
        { "architectures", { "GPT2LMHeadModel" } },
        { "n_layer", config.layers },
        { "n_head", config.heads },
        { "n_embd", config.d_model },
        { "n_inner", config.mlp_width },
        { "n_positions", config.max_positions },
        { "n_ctx", config.max_positions },
        { "activation_function", activation_name(config.activation) },
        { "layer_norm_epsilon", config.norm_epsilon },
        { "scale_attn_weights", config.attention_scale == 0 },
        { "scale_attn_by_inverse_layer_idx", config.scale_by_layer },
    };
}

// GPT-2's own matrices are [in, out] already.
std::vector<StoredTensor> tensors(const ModelConfig& config)
{
    TensorList list(config);
    list.add("transformer.wte.weight", ModelPart::token_embedding);
    list.add("transformer.wpe.weight", ModelPart::position_embedding);
    for (int layer = 0; layer < config.layers; ++layer) {
        const std::string block = "transformer.h." + std::to_string(layer) + ".";
        list.in_layer(layer);
        list.add_norm(block + "ln_1", LayerPart::attention_norm_weight, LayerPart::attention_norm_bias);
        list.add(block + "attn.c_attn.weight", LayerPart::qkv_weight);
        list.add(block + "attn.c_attn.bias", LayerPart::qkv_bias);
        list.add(block + "attn.c_proj.weight", LayerPart::output_weight);
        list.add(block + "attn.c_proj.bias", LayerPart::output_bias);
        list.add_norm(block + "ln_2", LayerPart::mlp_norm_weight, LayerPart::mlp_norm_bias);
        list.add(block + "mlp.c_fc.weight", LayerPart::mlp_in_weight);
        list.add(block + "mlp.c_fc.bias", LayerPart::mlp_in_bias);
        list.add(block + "mlp.c_proj.weight", LayerPart::mlp_out_weight);
        list.add(block + "mlp.c_proj.bias", LayerPart::mlp_out_bias);
    }
    list.add_norm("transformer.ln_f", ModelPart::final_norm_weight, ModelPart::final_norm_bias);
    list.add("lm_head.weight", ModelPart::unembedding, true);
    return list.take();
}

} // namespace

const Family gpt2_family{ "gpt2", read, write, tensors };

} // namespace circuitloom
