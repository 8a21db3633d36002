#include "core/architecture/families/config_fields.h"
#include "core/architecture/families/family.h"
#include "core/architecture/families/tensor_list.h"

namespace circuitloom {

namespace {

ModelConfig read(const JsonObject& json)
{
    ModelConfig config;
    config.family = ModelFamily::gptj;
    read_vocabulary(json, config);
    config.layers = read_size(json, "n_layer", max_layers);
    config.heads = read_size(json, "n_head", max_heads);
    config.kv_heads = config.heads;
    config.d_model = read_size(json, "n_embd", max_width);
    config.head_dim = divided_width(json, "n_embd", config);
    config.mlp_width = static_cast<int>(
        json.integer_or("n_inner", std::int64_t{ 4 } * config.d_model, 1, max_mlp_width));
    config.max_positions
        = static_cast<int>(json.integer_or("n_positions", 2048, 1, max_position_count));
    config.norm_epsilon = json.number_or("layer_norm_epsilon", 1e-5, 0, 1);
    config.activation = read_activation(json, "activation_function", "gelu_new");
    config.position = PositionKind::rotary;
    config.rotary_neighbours = true;
    if (json.mentions("rotary_dim") && !json.has("rotary_dim"))
        json.fail("rotary_dim", "is null; give how many of a head's coordinates are turned");
    const int turned = static_cast<int>(json.integer_or("rotary_dim", 64, 1, max_head_dim));
    if (turned % 2 != 0 || turned > config.head_dim)
        json.fail("rotary_dim",
            "must be even and at most a head's width, " + std::to_string(config.head_dim));
    config.rotary_dim = turned == config.head_dim ? 0 : turned;
    config.parallel_blocks = config.shared_norm = true;
    config.attention_bias = config.output_bias = false;
    config.tied_unembedding = json.boolean_or("tie_word_embeddings", false);
    config.unembedding_bias = true;
    return config;
}

nlohmann::ordered_json write(const ModelConfig& config)
{
    return {
        { "architectures", { "GPTJForCausalLM" } },
        { "n_layer", config.layers },
        { "n_head", config.heads },
        { "n_embd", config.d_model },
        { "n_inner", config.mlp_width },
        { "n_positions", config.max_positions },
        { "rotary_dim", config.turned_dim() },
        { "activation_function", activation_name(config.activation) },
        { "layer_norm_epsilon", config.norm_epsilon },
    };
}

std::vector<StoredTensor> tensors(const ModelConfig& config)
{
    const std::int64_t width = config.d_model;
    TensorList list(config);
    list.add("transformer.wte.weight", ModelPart::token_embedding);
    for (int layer = 0; layer < config.layers; ++layer) {
        using enum LayerPart;
        const std::string block = "transformer.h." + std::to_string(layer) + ".";
        list.in_layer(layer);
        list.add(block + "ln_1.weight", attention_norm_weight);
        list.add(block + "ln_1.bias", attention_norm_bias);
        list.add_linear(block + "attn.q_proj", qkv_weight, qkv_bias, 0, width);
        list.add_linear(block + "attn.k_proj", qkv_weight, qkv_bias, width, width);
        list.add_linear(block + "attn.v_proj", qkv_weight, qkv_bias, 2 * width, width);
        list.add_linear(block + "attn.out_proj", output_weight, output_bias);
        list.add_linear(block + "mlp.fc_in", mlp_in_weight, mlp_in_bias);
        list.add_linear(block + "mlp.fc_out", mlp_out_weight, mlp_out_bias);
    }
    list.add("transformer.ln_f.weight", ModelPart::final_norm_weight);
    list.add("transformer.ln_f.bias", ModelPart::final_norm_bias);
    list.add("lm_head.weight", ModelPart::unembedding, true);
    list.add("lm_head.bias", ModelPart::unembedding_bias);
    return list.take();
}

} // namespace

const Family gptj_family{ "gptj", read, write, tensors };

} // namespace circuitloom
