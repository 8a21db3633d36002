#include "core/architecture/huggingface.h"
#include "core/architecture/model_config.h"
#include "core/architecture/model_files.h"
#include "core/architecture/weight_layout.h"
#include "core/base/error.h"
#include "core/demo/embedded_model.h"
#include "core/formats/input_file.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <functional>
#include <numeric>
#include <set>
#include <string>
#include <vector>

using namespace circuitloom;

namespace {

nlohmann::json gpt2_small()
{
    return { { "model_type", "gpt2" }, { "n_layer", 12 }, { "n_head", 12 }, { "n_embd", 768 },
        { "n_positions", 1024 }, { "n_ctx", 1024 }, { "vocab_size", 50257 },
        { "layer_norm_epsilon", 1e-5 }, { "activation_function", "gelu_new" },
        { "bos_token_id", 50256 }, { "eos_token_id", 50256 } };
}

nlohmann::json small_llama()
{
    return { { "model_type", "llama" }, { "num_hidden_layers", 5 }, { "num_attention_heads", 8 },
        { "num_key_value_heads", 4 }, { "hidden_size", 64 }, { "intermediate_size", 172 },
        { "max_position_embeddings", 512 }, { "vocab_size", 512 }, { "rms_norm_eps", 1e-5 },
        { "hidden_act", "silu" }, { "tie_word_embeddings", true }, { "bos_token_id", 1 },
        { "eos_token_id", { 2, 3 } } };
}

ModelConfig parse(const nlohmann::json& json)
{
    return parse_model_config(json.dump(), "config.json");
}

/// The message of the InputError that `json` causes.
std::string refusal(const nlohmann::json& json)
{
    try {
        parse(json);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

// As the published files have them (transformers 4), and as transformers 5 writes them.
nlohmann::json pythia()
{
    return { { "model_type", "gpt_neox" }, { "num_hidden_layers", 6 }, { "num_attention_heads", 8 },
        { "hidden_size", 512 }, { "intermediate_size", 2048 }, { "vocab_size", 50304 },
        { "max_position_embeddings", 2048 }, { "hidden_act", "gelu" }, { "layer_norm_eps", 1e-5 },
        { "rotary_pct", 0.25 }, { "rotary_emb_base", 10000 }, { "use_parallel_residual", true },
        { "tie_word_embeddings", false }, { "bos_token_id", 0 }, { "eos_token_id", 0 } };
}

nlohmann::json tiny_stories()
{
    return { { "model_type", "gpt_neo" }, { "num_layers", 4 }, { "num_heads", 16 },
        { "hidden_size", 768 }, { "intermediate_size", nullptr }, { "vocab_size", 50257 },
        { "max_position_embeddings", 2048 }, { "window_size", 256 },
        { "attention_types", nlohmann::json::parse(R"([[["global", "local"], 2]])") },
        { "activation_function", "gelu_new" }, { "bos_token_id", 50256 },
        { "eos_token_id", 50256 } };
}

nlohmann::json qwen(const char* type)
{
    return { { "model_type", type }, { "num_hidden_layers", 4 }, { "num_attention_heads", 14 },
        { "num_key_value_heads", 2 }, { "hidden_size", 896 }, { "intermediate_size", 4864 },
        { "max_position_embeddings", 32768 }, { "vocab_size", 151936 }, { "rms_norm_eps", 1e-6 },
        { "rope_theta", 1e6 }, { "sliding_window", 32768 }, { "use_sliding_window", false },
        { "max_window_layers", 2 }, { "tie_word_embeddings", true } };
}

nlohmann::json opt()
{
    return { { "model_type", "opt" }, { "num_hidden_layers", 2 }, { "num_attention_heads", 4 },
        { "hidden_size", 16 }, { "ffn_dim", 24 }, { "vocab_size", 50 },
        { "word_embed_proj_dim", 16 } };
}

nlohmann::json gptj()
{
    return { { "model_type", "gptj" }, { "n_layer", 2 }, { "n_head", 2 }, { "n_embd", 256 },
        { "vocab_size", 50 }, { "rotary_dim", 64 } };
}

nlohmann::json of_type(const char* type)
{
    nlohmann::json json{ { "model_type", type }, { "num_hidden_layers", 6 },
        { "num_attention_heads", 8 }, { "num_key_value_heads", 4 }, { "hidden_size", 64 },
        { "intermediate_size", 172 }, { "vocab_size", 512 }, { "head_dim", 16 } };
    if (json["model_type"] == "phi3")
        json.erase("head_dim");
    return json;
}

nlohmann::json changed(nlohmann::json json, const char* field, nlohmann::json value)
{
    json[field] = std::move(value);
    return json;
}

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("GPT-2's configuration")
{
    const ModelConfig config = parse(gpt2_small());
    CHECK(config.family == ModelFamily::gpt2);
    CHECK(config.layers == 12);
    CHECK(config.heads == 12);
    CHECK(config.kv_heads == 12);
    CHECK(config.head_dim == 64);
    CHECK(config.mlp_width == 3072);
    CHECK(config.vocabulary == 50257);
    CHECK(config.max_positions == 1024);
    CHECK(config.norm == NormKind::layer_norm);
    CHECK(config.position == PositionKind::learned);
    CHECK(config.activation == Activation::gelu_tanh);
    CHECK(config.attention_bias);
    CHECK(config.mlp_bias);
    CHECK_FALSE(config.gated_mlp);
    CHECK(config.tied_unembedding);
    CHECK(config.eos_token == 50256);
    CHECK(parse(changed(gpt2_small(), "n_inner", 100)).mlp_width == 100);
    CHECK(parse(changed(gpt2_small(), "n_inner", nullptr)).mlp_width == 3072);
    CHECK(
        parse(changed(gpt2_small(), "activation_function", "relu")).activation == Activation::relu);
    CHECK(parse(changed(gpt2_small(), "vocab_size", 100)).eos_token == -1);
}

TEST_CASE("Llama's configuration")
{
    const ModelConfig config = parse(small_llama());
    CHECK(config.family == ModelFamily::llama);
    CHECK(config.layers == 5);
    CHECK(config.heads == 8);
    CHECK(config.kv_heads == 4);
    CHECK(config.head_dim == 8);
    CHECK(config.mlp_width == 172);
    CHECK(config.norm == NormKind::rms_norm);
    CHECK(config.position == PositionKind::rotary);
    CHECK(config.activation == Activation::silu);
    CHECK(config.gated_mlp);
    CHECK_FALSE(config.attention_bias);
    CHECK_FALSE(config.output_bias);
    CHECK(config.rope_theta == 10000.0);
    CHECK(config.bos_token == 1);
    CHECK(config.eos_token == 2);
    CHECK(parse(changed(small_llama(), "head_dim", 32)).head_dim == 32);
    CHECK(parse(changed(small_llama(), "num_key_value_heads", nullptr)).kv_heads == 8);
    CHECK_FALSE(parse(changed(small_llama(), "tie_word_embeddings", nullptr)).tied_unembedding);

    const ModelConfig biased = parse(changed(small_llama(), "attention_bias", true));
    CHECK(biased.attention_bias);
    CHECK(biased.output_bias);
}

TEST_CASE("rotary embeddings, as older and newer files describe them")
{
    CHECK(parse(changed(small_llama(), "rope_theta", 5e5)).rope_theta == 5e5);
    CHECK(parse(changed(small_llama(), "rope_scaling", nullptr)).rope_theta == 10000.0);
    const nlohmann::json newer = { { "rope_theta", 5e5 }, { "rope_type", "default" } };
    CHECK(parse(changed(small_llama(), "rope_parameters", newer)).rope_theta == 5e5);
    for (const char* field : { "rope_scaling", "rope_parameters" })
        for (const char* key : { "type", "rope_type" }) {
            const nlohmann::json linear = { { key, "linear" }, { "factor", 8.0 } };
            CHECK(parse(changed(small_llama(), field, linear)).rope_scaling
                == RopeScaling{ RopeKind::linear, 8.0 });
            const nlohmann::json unknown = { { key, "spiral" }, { "factor", 8.0 } };
            const std::string message = refusal(changed(small_llama(), field, unknown));
            CHECK(mentions(message, field));
            CHECK(mentions(message, "spiral"));
        }
    nlohmann::json llama3
        = { { "rope_type", "llama3" }, { "factor", 32.0 }, { "low_freq_factor", 1.0 },
              { "high_freq_factor", 4.0 }, { "original_max_position_embeddings", 8192 } };
    CHECK(parse(changed(small_llama(), "rope_scaling", llama3)).rope_scaling
        == RopeScaling{ RopeKind::llama3, 32, 1, 4, 8192 });
    for (const char* field : { "factor", "low_freq_factor", "high_freq_factor" }) {
        const auto broken = changed(llama3, field, nullptr);
        CHECK(mentions(refusal(changed(small_llama(), "rope_scaling", broken)), field));
    }
    CHECK(mentions(
        refusal(changed(small_llama(), "rope_scaling", changed(llama3, "high_freq_factor", 1.0))),
        "high_freq_factor"));
    CHECK(
        mentions(refusal(changed(small_llama(), "partial_rotary_factor", 0.5)), "partial_rotary"));
}

TEST_CASE("Mistral's configuration")
{
    const nlohmann::json json = changed(small_llama(), "model_type", "mistral");
    const auto windows = [&](const nlohmann::json& value) {
        return parse(changed(json, "sliding_window", value)).attention_windows;
    };
    CHECK(parse(json).family == ModelFamily::mistral);
    CHECK(windows(nullptr).empty());
    CHECK(windows(7) == std::vector<int>(5, 7));
    CHECK(parse(json).attention_windows == std::vector<int>(5, 4096)); // not mentioned
    CHECK(mentions(refusal(changed(json, "sliding_window", 0)), "sliding_window"));
}

TEST_CASE("Qwen's configurations")
{
    const ModelConfig two = parse(qwen("qwen2"));
    CHECK(two.family == ModelFamily::qwen2);
    CHECK(two.attention_bias);
    CHECK_FALSE(two.output_bias);
    CHECK_FALSE(two.qk_norm);
    CHECK(two.head_dim == 64);
    CHECK(two.rope_theta == 1e6);
    CHECK(two.attention_windows.empty());
    const ModelConfig three = parse(qwen("qwen3"));
    CHECK(three.qk_norm);
    CHECK_FALSE(three.attention_bias);
    CHECK(three.head_dim == 128); // where the file says nothing
    nlohmann::json windowed = changed(qwen("qwen3"), "use_sliding_window", true);
    CHECK(parse(windowed).attention_windows == std::vector<int>{ 0, 0, 32768, 32768 });
    windowed["layer_types"]
        = { "sliding_attention", "full_attention", "full_attention", "full_attention" };
    CHECK(parse(windowed).attention_windows == std::vector<int>{ 32768, 0, 0, 0 });
    windowed["layer_types"].erase(0);
    CHECK(mentions(refusal(windowed), "layer_types"));
}

TEST_CASE("GPT-NeoX's configuration")
{
    const ModelConfig config = parse(pythia());
    CHECK(config.family == ModelFamily::gpt_neox);
    CHECK(config.norm == NormKind::layer_norm);
    CHECK(config.position == PositionKind::rotary);
    CHECK(config.head_dim == 64);
    CHECK(config.rotary_dim == 16);
    CHECK(config.activation == Activation::gelu);
    CHECK(config.parallel_blocks);
    CHECK(config.graph_shape() == GraphShape{ 6, 8, 8, 2048, true });
    CHECK_FALSE(config.gated_mlp);
    CHECK_FALSE(config.tied_unembedding);
    CHECK_FALSE(parse(changed(pythia(), "use_parallel_residual", false)).parallel_blocks);
    CHECK(parse(changed(pythia(), "rotary_pct", 1.0)).rotary_dim == 0);
    const nlohmann::json newer
        = { { "rope_type", "default" }, { "rope_theta", 500.0 }, { "partial_rotary_factor", 0.5 } };
    CHECK(parse(changed(pythia(), "rope_parameters", newer)).rotary_dim == 32);
    CHECK(parse(changed(pythia(), "rope_parameters", newer)).rope_theta == 500.0);
    CHECK(mentions(refusal(changed(pythia(), "rotary_pct", 0.02)), "rotary"));
}

TEST_CASE("GPT-Neo's configuration")
{
    const ModelConfig config = parse(tiny_stories());
    CHECK(config.family == ModelFamily::gpt_neo);
    CHECK(config.mlp_width == 3072);
    CHECK(config.attention_windows == std::vector<int>{ 0, 256, 0, 256 });
    CHECK(config.score_scale(2) == 1);
    CHECK_FALSE(config.attention_bias);
    CHECK(config.output_bias);
    const auto types = [&](const char* text) {
        return changed(tiny_stories(), "attention_types", nlohmann::json::parse(text));
    };
    CHECK(parse(types(R"([[["global"], 4]])")).attention_windows.empty());
    CHECK(parse(types(R"([[["local"], 1], [["global"], 3]])")).attention_windows
        == std::vector<int>{ 256, 0, 0, 0 });
    for (const char* wrong :
        { R"([[["global"], 3]])", R"([[["global"], 5]])", R"([[["global"], 100000000000]])",
            R"([[["global"], -4]])", R"([[["near"], 4]])", R"([["global", 4]])", R"([[[], 4]])",
            R"({"global": 4})", R"([[["global"], 4, 5]])", "4", "[]" })
        CHECK(mentions(refusal(types(wrong)), "attention_types"));
}

TEST_CASE("where the longest text is not said, it is transformers' for the family")
{
    const auto positions = [](nlohmann::json json) {
        for (const char* field : { "max_position_embeddings", "n_positions", "n_ctx" })
            json.erase(field);
        return parse(json).max_positions;
    };
    CHECK(positions(small_llama()) == 2048);
    CHECK(positions(gpt2_small()) == 1024);
    CHECK(positions(pythia()) == 2048);
    CHECK(positions(tiny_stories()) == 2048);
    CHECK(positions(qwen("qwen2")) == 32768);
    CHECK(positions(qwen("qwen3")) == 32768);
    CHECK(positions(opt()) == 2048);
    CHECK(positions(gptj()) == 2048);
    for (const auto& [type, expected] :
        { std::pair("mistral", 131072), std::pair("phi3", 4096), std::pair("granite", 2048),
            std::pair("smollm3", 32768), std::pair("gemma", 8192), std::pair("gemma2", 8192),
            std::pair("gemma3_text", 131072), std::pair("olmo2", 2048) }) {
        CAPTURE(type);
        CHECK(positions(of_type(type)) == expected);
        CHECK(mentions(
            refusal(changed(of_type(type), "max_position_embeddings", 0)), "max_position"));
    }
    // Key/value heads too: null means as many as heads.
    auto silent = of_type("mistral");
    silent["num_attention_heads"] = 16;
    silent.erase("num_key_value_heads");
    CHECK(parse(silent).kv_heads == 8);
    CHECK(parse(changed(silent, "num_key_value_heads", nullptr)).kv_heads == 16);
}

TEST_CASE("the configurations of the later families")
{
    const ModelConfig j = parse(gptj());
    CHECK(j.parallel_blocks);
    CHECK(j.shared_norm);
    CHECK(j.rotary_neighbours);
    CHECK(j.rotary_dim == 64);
    CHECK(j.unembedding_bias);
    CHECK_FALSE(j.attention_bias);
    CHECK(mentions(refusal(changed(gptj(), "rotary_dim", 256)), "rotary_dim"));
    CHECK(mentions(refusal(changed(gptj(), "rotary_dim", nullptr)), "rotary_dim"));

    CHECK(parse(opt()).position_offset == 2);
    CHECK(parse(opt()).activation == Activation::relu);
    CHECK(parse(opt()).tied_unembedding);

    const ModelConfig phi3 = parse(changed(of_type("phi3"), "partial_rotary_factor", 0.5));
    CHECK(phi3.rotary_dim == 4);
    CHECK(phi3.attention_windows.empty());
    CHECK(parse(changed(of_type("phi3"), "sliding_window", 7)).attention_windows
        == std::vector<int>(6, 7));

    const ModelConfig smollm3 = parse(of_type("smollm3"));
    CHECK(smollm3.turned_layers == std::vector<int>{ 1, 1, 1, 0, 1, 1 });
    CHECK(smollm3.tied_unembedding);
    CHECK(smollm3.rope_theta == 2e6);
    CHECK(parse(changed(of_type("smollm3"), "no_rope_layers", { 1, 1, 1, 1, 1, 1 }))
              .turned_layers.empty());
    CHECK(mentions(refusal(changed(of_type("smollm3"), "no_rope_layers", { 1, 0 })), "no_rope"));

    const ModelConfig gemma = parse(changed(of_type("gemma"), "hidden_act", "gelu"));
    CHECK(gemma.activation == Activation::gelu_tanh);
    CHECK(gemma.norm_adds_one);
    CHECK_FALSE(gemma.output_norms);
    CHECK(gemma.embedding_scale == 8);

    const ModelConfig gemma2 = parse(of_type("gemma2"));
    CHECK(gemma2.output_norms);
    CHECK(gemma2.attention_cap == 50);
    CHECK(gemma2.logit_cap == 30);
    CHECK(gemma2.attention_scale == 1.0 / 16);
    CHECK(gemma2.attention_windows == std::vector<int>{ 4096, 0, 4096, 0, 4096, 0 });
    CHECK(parse(changed(of_type("gemma2"), "attn_logit_softcapping", nullptr)).attention_cap == 0);

    const ModelConfig gemma3 = parse(of_type("gemma3_text"));
    CHECK(gemma3.attention_windows == std::vector<int>{ 4096, 4096, 4096, 4096, 4096, 0 });
    CHECK(gemma3.rope_theta == 1e6);
    CHECK(gemma3.local_rope_theta == 1e4);
    CHECK(gemma3.attention_cap == 0);
    CHECK(gemma3.qk_norm);
    auto stretched = changed(
        of_type("gemma3_text"), "rope_scaling", { { "rope_type", "linear" }, { "factor", 8.0 } });
    CHECK(parse(stretched).rope_scaling == RopeScaling{ RopeKind::linear, 8.0 });
    stretched["rope_scaling"] = nullptr;
    stretched["rope_parameters"] = {
        { "full_attention", { { "rope_type", "linear" }, { "rope_theta", 5e5 }, { "factor", 4 } } },
        { "sliding_attention", { { "rope_type", "default" }, { "rope_theta", 700 } } }
    };
    CHECK(parse(stretched).rope_scaling == RopeScaling{ RopeKind::linear, 4.0 });
    CHECK(parse(stretched).rope_theta == 5e5);
    CHECK(parse(stretched).local_rope_theta == 700);

    const ModelConfig olmo2 = parse(of_type("olmo2"));
    CHECK_FALSE(olmo2.input_norms);
    CHECK(olmo2.output_norms);
    CHECK(olmo2.qk_norm_joint);

    auto granite_json = of_type("granite");
    granite_json["residual_multiplier"] = 0.22;
    granite_json["attention_multiplier"] = 0.015625;
    granite_json["embedding_multiplier"] = 12;
    granite_json["logits_scaling"] = 13;
    const ModelConfig granite = parse(granite_json);
    CHECK(granite.residual_scale == 0.22);
    CHECK(granite.score_scale(0) == 0.015625);
    CHECK(granite.embedding_scale == 12);
    CHECK(granite.logit_divisor == 13);
}

TEST_CASE("what is not supported is refused by name")
{
    const std::string message = refusal(changed(gpt2_small(), "model_type", "mamba"));
    CHECK(mentions(message, "config.json"));
    CHECK(mentions(message, "mamba"));
    CHECK(mentions(message, "gpt2"));
    CHECK(mentions(message, "llama"));
    CHECK(mentions(message, "gpt_neox"));
    for (const auto& [type, reason] : { std::pair("mixtral", "router"),
             std::pair("qwen2_moe", "router"), std::pair("deepseek_v3", "router"),
             std::pair("some_new_moe", "router"), std::pair("bert", "both directions"),
             std::pair("t5", "decoder"), std::pair("mamba", "state"), std::pair("bloom", "ALiBi"),
             std::pair("mpt", "ALiBi"), std::pair("falcon", "not compute yet"),
             std::pair("gemma3", "images"), std::pair("gemma3n", "several residual streams"),
             std::pair("openai-gpt", "norms the residual stream itself") }) {
        CAPTURE(type);
        const std::string refused = refusal({ { "model_type", type } });
        CHECK(mentions(refused, type));
        CHECK(mentions(refused, reason));
        CHECK(mentions(refused, "gemma2")); // among those that are supported
    }
    CHECK(mentions(refusal(changed(opt(), "do_layer_norm_before", false)), "OPT-350m"));
    CHECK(mentions(refusal(changed(opt(), "word_embed_proj_dim", 8)), "word_embed_proj_dim"));
    for (const char* type : { "olmo2", "gemma2" })
        CHECK(mentions(
            refusal(changed(changed(small_llama(), "model_type", type), "attention_bias", true)),
            "attention_bias"));
    CHECK(mentions(refusal(changed(small_llama(), "hidden_act", "xielu")), "xielu"));
    CHECK(mentions(refusal(changed(gpt2_small(), "add_cross_attention", true)), "cross"));
    CHECK(mentions(refusal(changed(small_llama(), "quantization_config", nlohmann::json::object())),
        "quantization_config"));
}

TEST_CASE("missing and absurd sizes are refused, naming the field")
{
    for (const char* field : { "n_layer", "n_head", "n_embd", "vocab_size" }) {
        const nlohmann::json wrong
            = { nullptr, 0, -1, 2147483648, 1e30, "12", 1.5, nlohmann::json::array() };
        for (const nlohmann::json& value : wrong) {
            INFO(field << " = " << value.dump());
            CHECK(mentions(refusal(changed(gpt2_small(), field, value)), field));
        }
    }
    for (const char* field :
        { "num_hidden_layers", "num_attention_heads", "hidden_size", "intermediate_size" })
        CHECK(mentions(refusal(changed(small_llama(), field, nullptr)), field));
    CHECK(mentions(refusal(changed(small_llama(), "num_key_value_heads", 3)), "must divide"));
    CHECK(mentions(refusal(changed(small_llama(), "head_dim", 7)), "head_dim"));
    CHECK(mentions(refusal(changed(gpt2_small(), "n_embd", 769)), "n_embd"));
    CHECK(mentions(refusal(changed(small_llama(), "rms_norm_eps", -1)), "rms_norm_eps"));
}

TEST_CASE("what is written is read back the same")
{
    ModelConfig gpt2 = parse(gpt2_small());
    gpt2.mlp_width = 100;
    gpt2.activation = Activation::relu;
    gpt2.tied_unembedding = false;
    gpt2.bos_token = -1;
    gpt2.norm_epsilon = 3e-6;
    gpt2.attention_scale = 1;
    gpt2.scale_by_layer = true;
    CHECK(parse_model_config(model_config_json(gpt2), "written") == gpt2);

    ModelConfig llama = parse(small_llama());
    llama.head_dim = 12;
    llama.rope_theta = 12345.5;
    llama.attention_bias = llama.output_bias = llama.mlp_bias = true;
    llama.eos_token = -1;
    llama.rope_scaling = { RopeKind::llama3, 8, 1, 4, 100 };
    CHECK(parse_model_config(model_config_json(llama), "written") == llama);
    llama.rope_scaling = { RopeKind::linear, 2.5 };
    CHECK(parse_model_config(model_config_json(llama), "written") == llama);

    const auto same = [](const nlohmann::json& json) {
        const ModelConfig config = parse(json);
        return parse_model_config(model_config_json(config), "written") == config;
    };
    const auto mistral = changed(small_llama(), "model_type", "mistral");
    CHECK(same(changed(mistral, "sliding_window", 5)));
    CHECK(same(changed(mistral, "sliding_window", nullptr)));
    for (const char* type : { "qwen2", "qwen3" }) {
        CHECK(same(qwen(type)));
        CHECK(same(changed(qwen(type), "use_sliding_window", true)));
    }
    CHECK(same(pythia()));
    CHECK(same(changed(pythia(), "use_parallel_residual", false)));
    CHECK(same(tiny_stories()));
    CHECK(same(opt()));
    CHECK(same(changed(opt(), "enable_bias", false)));
    CHECK(same(gptj()));
    for (const char* type :
        { "phi3", "granite", "smollm3", "gemma", "gemma2", "gemma3_text", "olmo2" }) {
        CAPTURE(type);
        CHECK(same(of_type(type)));
        if (std::string(type) != "granite" && std::string(type) != "gemma")
            CHECK(same(changed(of_type(type), "sliding_window", 5)));
    }
    CHECK(same(changed(of_type("gemma2"), "query_pre_attn_scalar", 144)));
    CHECK(same(changed(of_type("granite"), "residual_multiplier", 0.22)));
    auto nope = of_type("smollm3");
    nope["use_sliding_window"] = true;
    nope["sliding_window"] = 8;
    CHECK(same(nope));
}

TEST_CASE("any truncation or changed byte is refused or read, never more")
{
    for (const nlohmann::json& json :
        { gpt2_small(), small_llama(), pythia(), tiny_stories(), qwen("qwen3") }) {
        const std::string text = json.dump();
        for (std::size_t i = 0; i < text.size(); ++i) {
            CHECK_THROWS_AS(parse_model_config(text.substr(0, i), "x"), InputError);
            for (const char byte : { '\0', '"', '9', '-', '{', '\xff' }) {
                std::string damaged = text;
                damaged[i] = byte;
                try {
                    parse_model_config(damaged, "config.json");
                } catch (const InputError& error) {
                    REQUIRE(mentions(error.what(), "config.json"));
                }
            }
        }
    }
    CHECK_THROWS_AS(parse_model_config(std::string(1'000'000, '['), "x"), InputError);
    CHECK_THROWS_AS(parse_model_config("[1]", "x"), InputError);
    CHECK_THROWS_AS(parse_model_config(R"({"model_type": 3})", "x"), InputError);
}

TEST_CASE("every family names each of a model's tensors once, and all of them")
{
    for (const nlohmann::json& json :
        { gpt2_small(), small_llama(), pythia(), tiny_stories(), qwen("qwen2"), qwen("qwen3"),
            opt(), gptj(), of_type("phi3"), of_type("granite"), of_type("smollm3"),
            of_type("gemma"), of_type("gemma2"), of_type("gemma3_text"), of_type("olmo2") }) {
        const ModelConfig config = parse(json);
        std::int64_t stored = 0;
        std::set<std::string> names;
        for (const StoredTensor& tensor : stored_tensors(config)) {
            CHECK(names.insert(tensor.name).second);
            std::int64_t entries = 1;
            for (const std::int64_t size : stored_shape(config, tensor))
                entries *= size;
            stored += entries;
        }
        std::int64_t ours = 0;
        const auto count = [&](const WeightPlace& place) {
            const auto shape = weight_shape(config, place);
            ours += shape.empty()
                ? 0
                : std::accumulate(shape.begin(), shape.end(), std::int64_t{ 1 }, std::multiplies());
        };
        for (const ModelPart part : model_parts)
            count(part);
        for (int layer = 0; layer < config.layers; ++layer)
            for (std::size_t part = 0; part < layer_part_count; ++part)
                count(ParameterPlace{ layer, static_cast<LayerPart>(part) });
        CHECK(stored == ours);
    }
}

TEST_CASE("a model's directory says what it lacks")
{
    const samples::TemporaryFolder folder;
    const std::string directory = folder.path().string();
    const auto message = [&](const std::string& model) {
        try {
            open_model_files(model);
        } catch (const InputError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    const auto put = [&](const char* name, const std::string& text) {
        std::ofstream(folder / name, std::ios::binary) << text;
    };
    CHECK(mentions(message(directory), "config.json"));
    put("config.json", small_llama().dump());
    CHECK(open_model_description(directory).config_json == small_llama().dump());
    CHECK_FALSE(has_weights(directory));
    CHECK(open_model_description(directory).config_origin == (folder / "config.json").string());
    CHECK(mentions(message(directory), "model.safetensors"));
    put("pytorch_model.bin", "\x80\x02");
    CHECK(mentions(message(directory), "pytorch_model.bin"));
    CHECK(mentions(message(directory + "/nowhere"), "There is no model"));
}

TEST_CASE("an index of shards leads to files of its own directory and those below it only")
{
    const samples::TemporaryFolder folder;
    const auto message = [&](const nlohmann::json& index) {
        std::ofstream(folder / "model.safetensors.index.json") << index.dump();
        try {
            weight_files(folder.path());
        } catch (const InputError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    const auto map = [](const nlohmann::json& shard) {
        return nlohmann::json{ { "weight_map", { { "a", "one.safetensors" }, { "b", shard } } } };
    };
    std::ofstream(folder / "one.safetensors") << "x";
    std::ofstream(folder / "two.safetensors") << "x";
    CHECK(message(map("two.safetensors")).empty());
    CHECK(weight_files(folder.path())
        == std::vector{ folder / "one.safetensors", folder / "two.safetensors" });
    CHECK(mentions(message(map("three.safetensors")), "three.safetensors"));
    std::filesystem::create_directories(folder / "shards" / "a");
    std::ofstream(folder / "shards" / "a" / "two.safetensors") << "x";
    CHECK(message(map("shards/a/two.safetensors")).empty());
    CHECK(weight_files(folder.path())
        == std::vector{ folder / "one.safetensors", folder / "shards" / "a" / "two.safetensors" });
    CHECK(mentions(message(map("shards/three.safetensors")), "shards/three.safetensors"));
    for (const nlohmann::json& wrong : nlohmann::json{ "../one.safetensors", "/etc/passwd", "",
             "..", ".", "sub/../one.safetensors", "sub//one.safetensors", "sub/",
             "/one.safetensors", std::string("one.safetensors\0", 16), 7, nullptr }) {
        CHECK(mentions(message(map(wrong)), "index.json"));
        CHECK(mentions(message(map(wrong)), "weight_map"));
    }
    CHECK(mentions(message(nlohmann::json::object()), "weight_map"));
    CHECK(mentions(message({ { "weight_map", nlohmann::json::object() } }), "weight_map"));
    CHECK(mentions(message({ { "weight_map", 3 } }), "weight_map"));
    CHECK(mentions(message(nlohmann::json::array()), "index.json"));
}

TEST_CASE("the demo model in the program is the one in resources")
{
    if (!embedded_demo_model()) {
        CHECK_THROWS_WITH_AS(
            open_model_files("demo"), doctest::Contains("train-demo-model"), InputError);
        CHECK_THROWS_AS(open_model_description("demo"), InputError);
        return;
    }
    const std::string folder = std::string(CIRCUITLOOM_SOURCE_DIR) + "/resources/models/demo/";
    const auto file = [&](const char* name) { return read_input_file(folder + name, 1 << 26); };
    const ModelFiles demo = open_model_files("demo");
    CHECK(demo.config_json == file("config.json"));
    CHECK(demo.tokenizer_json == file("tokenizer.json"));
    CHECK(demo.tokenizer_config_json == file("tokenizer_config.json"));
    const Safetensors weights = Safetensors::open(folder + "model.safetensors");
    REQUIRE(demo.weights.tensors().size() == weights.tensors().size());
    for (const TensorView& tensor : weights.tensors()) {
        const TensorView* embedded = demo.weights.find(tensor.name);
        REQUIRE(embedded != nullptr);
        CHECK(embedded->shape == tensor.shape);
        CHECK(std::equal(tensor.bytes.begin(), tensor.bytes.end(), embedded->bytes.begin(),
            embedded->bytes.end()));
    }
    CHECK(parse_model_config(demo.config_json, "demo").layers > 0);
}

TEST_CASE("the reference models' files, as transformers writes them")
{
    for (const std::string name : { "tiny_gpt2", "tiny_llama" }) {
        const ModelFiles files = open_model_files(std::string(CIRCUITLOOM_TEST_DATA "/") + name);
        const ModelConfig config = parse_model_config(files.config_json, name);
        CHECK(config.layers == 2);
        CHECK(config.heads == 4);
        CHECK(config.kv_heads == (name == "tiny_llama" ? 2 : 4));
        CHECK(config.head_dim == (name == "tiny_llama" ? 6 : 4));
        CHECK(config.rope_theta == (name == "tiny_llama" ? 500.0 : 10000.0));
        CHECK(config.tied_unembedding == (name == "tiny_gpt2"));
        CHECK(config.norm_epsilon == 1e-3);
        const TensorView* embedding = files.weights.find(
            name == "tiny_gpt2" ? "transformer.wte.weight" : "model.embed_tokens.weight");
        REQUIRE(embedding != nullptr);
        CHECK(embedding->shape == std::vector<std::int64_t>{ config.vocabulary, config.d_model });
    }
}
