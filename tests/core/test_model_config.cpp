#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "core/base/error.h"
#include "core/demo/embedded_model.h"
#include "core/formats/input_file.h"
#include "core/formats/model_files.h"
#include "core/model/model_config.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
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
            const nlohmann::json scaled = { { key, "llama3" }, { "factor", 8.0 } };
            const std::string message = refusal(changed(small_llama(), field, scaled));
            CHECK(mentions(message, field));
            CHECK(mentions(message, "llama3"));
        }
}

TEST_CASE("what is not supported is refused by name")
{
    const std::string message = refusal(changed(gpt2_small(), "model_type", "mamba"));
    CHECK(mentions(message, "config.json"));
    CHECK(mentions(message, "mamba"));
    CHECK(mentions(message, "gpt2"));
    CHECK(mentions(message, "llama"));
    CHECK(mentions(refusal(changed(small_llama(), "hidden_act", "xielu")), "xielu"));
    CHECK(mentions(refusal(changed(gpt2_small(), "scale_attn_weights", false)), "scale_attn"));
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
    for (const char* field : { "num_hidden_layers", "num_attention_heads", "hidden_size",
             "intermediate_size", "max_position_embeddings" })
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
    CHECK(parse_model_config(model_config_json(gpt2), "written") == gpt2);

    ModelConfig llama = parse(small_llama());
    llama.head_dim = 12;
    llama.rope_theta = 12345.5;
    llama.attention_bias = llama.output_bias = llama.mlp_bias = true;
    llama.eos_token = -1;
    CHECK(parse_model_config(model_config_json(llama), "written") == llama);
}

TEST_CASE("any truncation or changed byte is refused or read, never more")
{
    for (const nlohmann::json& json : { gpt2_small(), small_llama() }) {
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

TEST_CASE("a model's directory says what it lacks")
{
    const auto directory = std::filesystem::temp_directory_path()
        / ("circuitloom-model-files-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directory(directory);
    const auto message = [&] {
        try {
            open_model_files(directory.string());
        } catch (const InputError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    CHECK(mentions(message(), "config.json"));
    std::ofstream(directory / "config.json") << small_llama();
    CHECK(open_model_description(directory.string()).config_json == small_llama().dump());
    CHECK(mentions(message(), "model.safetensors"));
    std::ofstream(directory / "model.safetensors.index.json") << "{}";
    CHECK(mentions(message(), "split over several files"));
    std::filesystem::remove_all(directory);
    CHECK(mentions(message(), "There is no model"));
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
        const ModelFiles files = open_model_files(std::string(CIRCUITLOOM_TEST_DATA) + "/" + name);
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
