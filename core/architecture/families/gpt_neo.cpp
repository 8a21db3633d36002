#include "core/architecture/families/config_fields.h"
#include "core/architecture/families/family.h"
#include "core/architecture/families/tensor_list.h"

#include <algorithm>

namespace circuitloom {

namespace {

// `attention_types` is [[["global", "local"], 6], …]: each list so many times over.
void read_windows(const JsonObject& json, ModelConfig& config)
{
    constexpr const char* field = "attention_types";
    constexpr const char* form = "must be a list of pairs as in [[[\"global\", \"local\"], 6]]";
    const int window = static_cast<int>(json.integer_or("window_size", 256, 1, max_position_count));
    const auto layers = static_cast<std::size_t>(config.layers);
    std::vector<int> windows;
    for (const nlohmann::json& pair : json.array(field)) {
        if (!pair.is_array() || pair.size() != 2 || !pair[0].is_array() || pair[0].empty()
            || !pair[1].is_number_unsigned() || pair[1].get<std::uint64_t>() > layers)
            json.fail(field, form);
        for (auto times = pair[1].get<std::uint64_t>(); times > 0; --times)
            for (const nlohmann::json& kind : pair[0]) {
                if (kind != "global" && kind != "local")
                    json.fail(field, "has an entry that is neither global nor local");
                windows.push_back(kind == "local" ? window : 0);
                if (windows.size() > layers)
                    json.fail(field, "describes more layers than num_layers");
            }
    }
    if (windows.size() != layers)
        json.fail(field,
            "describes " + std::to_string(windows.size()) + " layers; num_layers is "
                + std::to_string(layers));
    if (std::ranges::count(windows, 0) != config.layers)
        config.attention_windows = std::move(windows);
}

ModelConfig read(const JsonObject& json)
{
    ModelConfig config;
    config.family = ModelFamily::gpt_neo;
    read_vocabulary(json, config);
    read_ungrouped_heads(json, "num_layers", "num_heads", "hidden_size", config);
    config.mlp_width = read_mlp_width(json, "intermediate_size", config);
    config.max_positions = read_positions(json, 2048);
    config.norm_epsilon = json.number_or("layer_norm_epsilon", 1e-5, 0, 1);
    config.activation = read_activation(json, "activation_function", "gelu_new");
    config.tied_unembedding = json.boolean_or("tie_word_embeddings", true);
    config.attention_bias = false;
    config.attention_scale = 1;
    read_windows(json, config);
    return config;
}

nlohmann::ordered_json write(const ModelConfig& config)
{
    auto kinds = nlohmann::ordered_json::array();
    int window = 0;
    for (int layer = 0; layer < config.layers; ++layer) {
        kinds.push_back(config.attention_window(layer) > 0 ? "local" : "global");
        window = std::max(window, config.attention_window(layer));
    }
    nlohmann::ordered_json json{
        { "architectures", { "GPTNeoForCausalLM" } },
        { "num_layers", config.layers },
        { "num_heads", config.heads },
        { "hidden_size", config.d_model },
        { "intermediate_size", config.mlp_width },
        { "max_position_embeddings", config.max_positions },
        { "activation_function", activation_name(config.activation) },
        { "layer_norm_epsilon", config.norm_epsilon },
    };
    json["attention_layers"] = kinds;
    json["attention_types"] = nlohmann::ordered_json::array();
    json["attention_types"].push_back(nlohmann::ordered_json::array({ kinds, 1 }));
    if (window > 0)
        json["window_size"] = window;
    return json;
}

std::vector<StoredTensor> tensors(const ModelConfig& config)
{
    TensorList list(config);
    list.add("transformer.wte.weight", ModelPart::token_embedding);
    list.add("transformer.wpe.weight", ModelPart::position_embedding);
    for (int layer = 0; layer < config.layers; ++layer) {
        using enum LayerPart;
        const std::string block = "transformer.h." + std::to_string(layer) + ".";
        const std::string attention = block + "attn.attention.";
        list.in_layer(layer);
        list.add_norm(block + "ln_1", attention_norm_weight, attention_norm_bias);
        list.add_query_key_value(attention);
        list.add_linear(attention + "out_proj", output_weight, output_bias);
        list.add_norm(block + "ln_2", mlp_norm_weight, mlp_norm_bias);
        list.add_linear(block + "mlp.c_fc", mlp_in_weight, mlp_in_bias);
        list.add_linear(block + "mlp.c_proj", mlp_out_weight, mlp_out_bias);
    }
    list.add_norm("transformer.ln_f", ModelPart::final_norm_weight, ModelPart::final_norm_bias);
    list.add("lm_head.weight", ModelPart::unembedding, true);
    return list.take();
}

} // namespace

const Family gpt_neo_family{ "gpt_neo", read, write, tensors };

} // namespace circuitloom
