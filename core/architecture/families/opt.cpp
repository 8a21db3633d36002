#include "core/architecture/families/config_fields.h"
#include "core/architecture/families/family.h"
#include "core/architecture/families/tensor_list.h"

namespace circuitloom {

namespace {

/// Rows of the table of positions before the first token's.
constexpr int position_offset = 2;

ModelConfig read(const JsonObject& json)
{
    ModelConfig config;
    config.family = ModelFamily::opt;
    read_vocabulary(json, config);
    read_ungrouped_heads(json, "num_hidden_layers", "num_attention_heads", "hidden_size", config);
    config.mlp_width = read_size(json, "ffn_dim", max_mlp_width);
    config.max_positions = read_positions(json, 2048);
    config.position_offset = position_offset;
    config.activation = read_activation(json, "activation_function", "relu");
    config.attention_bias = config.output_bias = config.mlp_bias
        = json.boolean_or("enable_bias", true);
    config.tied_unembedding = json.boolean_or("tie_word_embeddings", true);
    if (!json.boolean_or("do_layer_norm_before", true))
        json.fail("do_layer_norm_before",
            "is false, as in OPT-350m: each layer norms the residual stream itself, so that "
            "nothing that a node wrote stays in it as it was, and the graph has no edge for that");
    if (json.integer_or("word_embed_proj_dim", config.d_model, 1, max_width) != config.d_model)
        json.fail("word_embed_proj_dim",
            "is not hidden_size: embeddings that are projected into the stream are not computed");
    refuse_flag(json, "_remove_final_layer_norm", "models without a final norm are not computed");
    if (!json.boolean_or("layer_norm_elementwise_affine", true))
        json.fail(
            "layer_norm_elementwise_affine", "is false: norms without weights are not computed");
    return config;
}

nlohmann::ordered_json write(const ModelConfig& config)
{
    return {
        { "architectures", { "OPTForCausalLM" } },
        { "num_hidden_layers", config.layers },
        { "num_attention_heads", config.heads },
        { "hidden_size", config.d_model },
        { "word_embed_proj_dim", config.d_model },
        { "ffn_dim", config.mlp_width },
        { "max_position_embeddings", config.max_positions },
        { "activation_function", activation_name(config.activation) },
        { "enable_bias", config.mlp_bias },
        { "do_layer_norm_before", true },
    };
}

std::vector<StoredTensor> tensors(const ModelConfig& config)
{
    const std::string decoder = "model.decoder.";
    TensorList list(config);
    list.add(decoder + "embed_tokens.weight", ModelPart::token_embedding);
    list.add(decoder + "embed_positions.weight", ModelPart::position_embedding);
    for (int layer = 0; layer < config.layers; ++layer) {
        using enum LayerPart;
        const std::string block = decoder + "layers." + std::to_string(layer) + ".";
        const std::string attention = block + "self_attn.";
        list.in_layer(layer);
        list.add_norm(block + "self_attn_layer_norm", attention_norm_weight, attention_norm_bias);
        list.add_query_key_value(attention);
        list.add_linear(attention + "out_proj", output_weight, output_bias);
        list.add_norm(block + "final_layer_norm", mlp_norm_weight, mlp_norm_bias);
        list.add_linear(block + "fc1", mlp_in_weight, mlp_in_bias);
        list.add_linear(block + "fc2", mlp_out_weight, mlp_out_bias);
    }
    list.add_norm(decoder + "final_layer_norm", ModelPart::final_norm_weight, ModelPart::final_norm_bias);
    list.add("lm_head.weight", ModelPart::unembedding, true);
    return list.take();
}

} // namespace

const Family opt_family{ "opt", read, write, tensors };

} // namespace circuitloom
