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
    read_ungrouped_heads(json, "n_layer", "n_head", "n_embd", config);
    config.mlp_width = read_mlp_width(json, "n_inner", config);
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
    TensorList list(config);
    list.add("transformer.wte.weight", ModelPart::token_embedding);
    for (int layer = 0; layer < config.layers; ++layer) {
        using enum LayerPart;
        const std::string block = "transformer.h." + std::to_string(layer) + ".";
        list.in_layer(layer);
        list.add_norm(block + "ln_1", attention_norm_weight, attention_norm_bias);
        list.add_query_key_value(block + "attn.");
        list.add_linear(block + "attn.out_proj", output_weight, output_bias);
        list.add_linear(block + "mlp.fc_in", mlp_in_weight, mlp_in_bias);
        list.add_linear(block + "mlp.fc_out", mlp_out_weight, mlp_out_bias);
    }
    list.add_norm("transformer.ln_f", ModelPart::final_norm_weight, ModelPart::final_norm_bias);
    list.add("lm_head.weight", ModelPart::unembedding, true);
    list.add("lm_head.bias", ModelPart::unembedding_bias);
    return list.take();
}

} // namespace

const Family gptj_family{ "gptj", read, write, tensors };

} // namespace circuitloom
