#include "core/model/weight_names.h"

namespace circuitloom {

namespace {

class Entries
{
public:
    void add(std::string name, torch::Tensor& tensor, bool transposed = false)
    {
        if (tensor.defined())
            add(std::move(name), tensor, 0, tensor.size(-1), transposed);
    }
    void add(std::string name, torch::Tensor& tensor, std::int64_t column, std::int64_t columns,
        bool transposed)
    {
        if (tensor.defined())
            found.push_back({ std::move(name), &tensor, column, columns, transposed });
    }

    std::vector<StoredTensor> found;
};

void add_gpt2(Weights& weights, Entries& entries)
{
    entries.add("transformer.wte.weight", weights.token_embedding);
    entries.add("transformer.wpe.weight", weights.position_embedding);
    for (int layer = 0; layer < static_cast<int>(weights.layers.size()); ++layer) {
        const std::string block = "transformer.h." + std::to_string(layer) + ".";
        const auto add = [&](const char* name, LayerPart part) {
            entries.add(block + name, weights.at(layer, part));
        };
        add("ln_1.weight", LayerPart::attention_norm_weight);
        add("ln_1.bias", LayerPart::attention_norm_bias);
        add("attn.c_attn.weight", LayerPart::qkv_weight);
        add("attn.c_attn.bias", LayerPart::qkv_bias);
        add("attn.c_proj.weight", LayerPart::output_weight);
        add("attn.c_proj.bias", LayerPart::output_bias);
        add("ln_2.weight", LayerPart::mlp_norm_weight);
        add("ln_2.bias", LayerPart::mlp_norm_bias);
        add("mlp.c_fc.weight", LayerPart::mlp_in_weight);
        add("mlp.c_fc.bias", LayerPart::mlp_in_bias);
        add("mlp.c_proj.weight", LayerPart::mlp_out_weight);
        add("mlp.c_proj.bias", LayerPart::mlp_out_bias);
    }
    entries.add("transformer.ln_f.weight", weights.final_norm_weight);
    entries.add("transformer.ln_f.bias", weights.final_norm_bias);
    entries.add("lm_head.weight", weights.unembedding, true);
}

void add_llama(const ModelConfig& config, Weights& weights, Entries& entries)
{
    const std::int64_t queries = std::int64_t{ config.heads } * config.head_dim;
    const std::int64_t keys = std::int64_t{ config.kv_heads } * config.head_dim;
    const std::int64_t hidden = config.mlp_width;
    entries.add("model.embed_tokens.weight", weights.token_embedding);
    for (int layer = 0; layer < config.layers; ++layer) {
        const std::string block = "model.layers." + std::to_string(layer) + ".";
        const auto linear = [&](const std::string& name, LayerPart weight, LayerPart bias,
                                std::int64_t column, std::int64_t columns) {
            entries.add(block + name + ".weight", weights.at(layer, weight), column, columns, true);
            entries.add(block + name + ".bias", weights.at(layer, bias), column, columns, false);
        };
        using enum LayerPart;
        entries.add(block + "input_layernorm.weight", weights.at(layer, attention_norm_weight));
        linear("self_attn.q_proj", qkv_weight, qkv_bias, 0, queries);
        linear("self_attn.k_proj", qkv_weight, qkv_bias, queries, keys);
        linear("self_attn.v_proj", qkv_weight, qkv_bias, queries + keys, keys);
        linear("self_attn.o_proj", output_weight, output_bias, 0, config.d_model);
        entries.add(block + "post_attention_layernorm.weight", weights.at(layer, mlp_norm_weight));
        linear("mlp.gate_proj", mlp_in_weight, mlp_in_bias, 0, hidden);
        linear("mlp.up_proj", mlp_in_weight, mlp_in_bias, hidden, hidden);
        linear("mlp.down_proj", mlp_out_weight, mlp_out_bias, 0, config.d_model);
    }
    entries.add("model.norm.weight", weights.final_norm_weight);
    entries.add("lm_head.weight", weights.unembedding, true);
}

} // namespace

std::vector<StoredTensor> stored_tensors(const ModelConfig& config, Weights& weights)
{
    Entries entries;
    switch (config.family) {
    case ModelFamily::gpt2:
        add_gpt2(weights, entries);
        break;
    case ModelFamily::llama:
        add_llama(config, weights, entries);
        break;
    }
    return entries.found;
}

} // namespace circuitloom
