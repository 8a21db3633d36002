#include "core/architecture/gguf/gguf_model.h"
#include "core/architecture/gguf/gguf_place.h"
#include "core/architecture/gguf/gguf_vocabulary.h"
#include "core/architecture/gguf/gguf_word_rules.h"
#include "core/architecture/model_config.h"
#include "core/architecture/model_files.h"
#include "core/base/error.h"
#include "core/formats/tensor_decoding.h"
#include "core/tokenizer/pre_tokenizer.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/gguf_builder.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <string>
#include <vector>

using namespace circuitloom;

namespace {

const std::string data = CIRCUITLOOM_TEST_DATA;

nlohmann::json json_file(const std::string& name)
{
    std::ifstream file(data + "/" + name);
    return nlohmann::json::parse(file);
}

Gguf over(const std::string& bytes)
{
    return Gguf::over(std::as_bytes(std::span(bytes)), "the test's bytes");
}

template <class Action>
std::string refusal_of(Action action)
{
    try {
        action();
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

/// The keys of a small model of any architecture.
GgufBuilder sizes(const std::string& architecture)
{
    GgufBuilder file;
    file.text("general.architecture", architecture);
    const auto key = [&](const char* name) { return architecture + "." + name; };
    file.integer(key("block_count"), 1)
        .integer(key("context_length"), 16)
        .integer(key("embedding_length"), 8)
        .integer(key("feed_forward_length"), 12)
        .integer(key("attention.head_count"), 2)
        .number(key("attention.layer_norm_rms_epsilon"), 1e-6F)
        .number(key("attention.layer_norm_epsilon"), 1e-5F);
    return file;
}

GgufBuilder with_embedding(GgufBuilder file)
{
    file.counting("token_embd.weight", { 8, 5 });
    return file;
}

GgufBuilder with_words(GgufBuilder file)
{
    file.text("tokenizer.ggml.model", "gpt2")
        .texts("tokenizer.ggml.tokens", { "<s>", "a", "b", "ab", "1" })
        .texts("tokenizer.ggml.merges", { "a b" })
        .numbers<std::int32_t>("tokenizer.ggml.token_type", 5, { 3, 1, 1, 1, 1 });
    return file;
}

nlohmann::json config_of(const GgufBuilder& file)
{
    const std::string bytes = file.bytes();
    return nlohmann::json::parse(gguf_model_description(over(bytes)).config_json);
}

std::vector<float> decoded(const TensorView& tensor)
{
    std::vector<float> out(tensor.bytes.size() / sizeof(float));
    decode_to_float(tensor, 0, out);
    return out;
}

/// Llama 3's rule as Meta's code has it, with wave lengths.
float llama3_divisor(double theta, int pair, int pairs, double factor)
{
    const double frequency = std::pow(theta, -double(pair) / pairs);
    const double wave_length = 2 * std::numbers::pi / frequency;
    if (wave_length < 8192.0 / 4)
        return 1;
    if (wave_length > 8192.0)
        return static_cast<float>(factor);
    const double smooth = (8192.0 / wave_length - 1) / (4 - 1);
    return static_cast<float>(1 / ((1 - smooth) / factor + smooth));
}

} // namespace

TEST_CASE("llama.cpp's files describe the models that they were made from")
{
    for (const std::string name : { "tiny_llama", "tiny_gpt2" }) {
        CAPTURE(name);
        const ModelFiles made = open_model_files(data + "/gguf/" + name + ".gguf");
        const ModelFiles original = open_model_files(data + "/" + name);
        CHECK(parse_model_config(made.config_json, "gguf")
            == parse_model_config(original.config_json, "directory"));
        CHECK(open_model_description(data + "/gguf/" + name + ".gguf").config_json
            == made.config_json);
        REQUIRE(made.weights.tensors().size() == original.weights.tensors().size());
        for (const TensorView& tensor : original.weights.tensors()) {
            CAPTURE(tensor.name);
            const TensorView* found = made.weights.find(tensor.name);
            REQUIRE(found != nullptr);
            CHECK(found->shape == tensor.shape);
        }
    }
}

TEST_CASE("the tokenizer inside gives the ids that the original's library gives")
{
    for (const std::string name : { "tiny_llama", "tiny_gpt2" }) {
        CAPTURE(name);
        const ModelFiles files = open_model_files(data + "/gguf/" + name + ".gguf");
        const auto tokenizer
            = Tokenizer::from_json(files.tokenizer_json, files.tokenizer_config_json, files.origin);
        const auto expected = json_file(name + "/expected.json").at("tokenizer");
        REQUIRE(expected.size() > 50);
        for (const auto& line : expected) {
            const auto text = line.at("text").get<std::string>();
            CAPTURE(text);
            const auto ids = tokenizer.encode(text);
            CHECK(ids == line.at("ids").get<std::vector<std::int32_t>>());
            CHECK(tokenizer.decode(ids) == line.at("decoded").get<std::string>());
        }
    }
}

TEST_CASE("merges follow from scores as transformers derives them")
{
    const Gguf file = Gguf::open(data + "/gguf/tiny_llama.gguf");
    const auto merges = merges_from_scores(file.metadata(), read_gguf_vocabulary(file.metadata()));
    const auto expected = json_file("gguf/merges.json");
    REQUIRE(merges.size() == expected.size());
    for (std::size_t i = 0; i < merges.size(); ++i) {
        CHECK(merges[i].left == expected[i][0].get<std::string>());
        CHECK(merges[i].right == expected[i][1].get<std::string>());
    }
}

TEST_CASE("every architecture is described in Hugging Face's terms")
{
    for (const std::string name : { "llama", "qwen2", "qwen3" }) {
        CAPTURE(name);
        GgufBuilder builder = with_embedding(sizes(name));
        builder.integer(name + ".attention.head_count_kv", 1)
            .integer(name + ".attention.key_length", 6)
            .number(name + ".rope.freq_base", 1e6F)
            .integer("tokenizer.ggml.eos_token_id", 2);
        const auto config = config_of(builder);
        CHECK(config.at("model_type") == name);
        CHECK(config.at("num_hidden_layers") == 1);
        CHECK(config.at("num_attention_heads") == 2);
        CHECK(config.at("num_key_value_heads") == 1);
        CHECK(config.at("head_dim") == 6);
        CHECK(config.at("hidden_size") == 8);
        CHECK(config.at("intermediate_size") == 12);
        CHECK(config.at("max_position_embeddings") == 16);
        CHECK(config.at("rms_norm_eps") == 1e-6);
        CHECK(config.at("rope_theta") == 1e6);
        CHECK(config.at("vocab_size") == 5);
        CHECK(config.at("tie_word_embeddings") == true);
        CHECK(config.at("eos_token_id") == 2);
        CHECK_FALSE(config.contains("rope_scaling"));
    }
    GgufBuilder builder = with_embedding(sizes("gptneox"));
    builder.integer("gptneox.rope.dimension_count", 1)
        .boolean("gptneox.use_parallel_residual", false)
        .counting("output.weight", { 8, 4 });
    const auto config = config_of(builder);
    CHECK(config.at("model_type") == "gpt_neox");
    CHECK(config.at("rotary_pct") == 0.25);
    CHECK(config.at("rotary_emb_base") == 10000);
    CHECK(config.at("layer_norm_eps") == 1e-5);
    CHECK(config.at("use_parallel_residual") == false);
    CHECK(config.at("tie_word_embeddings") == false);
}

TEST_CASE("what llama.cpp does not store is what it takes for granted")
{
    const auto config = [](const GgufBuilder& file) {
        return parse_model_config(config_of(file).dump(), "test");
    };
    const auto model = [&](const std::string& architecture, std::uint32_t count) {
        GgufBuilder made;
        made.text("general.architecture", architecture);
        const auto key = [&](const char* name) { return architecture + "." + name; };
        made.integer(key("block_count"), count)
            .integer(key("context_length"), 16)
            .integer(key("embedding_length"), 8)
            .integer(key("feed_forward_length"), 12)
            .integer(key("attention.head_count"), 2)
            .integer(key("attention.key_length"), 6)
            .integer(key("attention.value_length"), 6)
            .number(key("attention.layer_norm_rms_epsilon"), 1e-6F)
            .number(key("rope.freq_base"), 1e6F);
        return with_embedding(made);
    };
    // Every fourth layer of SmolLM3 has no positions.
    CHECK(config(model("smollm3", 5)).turned_layers == std::vector<int>{ 1, 1, 1, 0, 1 });
    // Windows: in every second layer of Gemma 2, in five of six of Gemma 3.
    CHECK(config(model("gemma2", 3)).attention_windows == std::vector<int>{ 4096, 0, 4096 });
    GgufBuilder gemma3 = model("gemma3", 7);
    CHECK(config(gemma3).attention_windows.empty());
    gemma3.integer("gemma3.attention.sliding_window", 4);
    CHECK(config(gemma3).attention_windows == std::vector<int>{ 4, 4, 4, 4, 4, 0, 4 });
    CHECK(config(gemma3).local_rope_theta == 10000);
    // Scores are divided by the root of a head's width, in the largest models by another one.
    for (const auto& [architecture, largest] :
        { std::pair{ "gemma2", 46 }, std::pair{ "gemma3", 62 } }) {
        CHECK(config(model(architecture, 3)).attention_scale == doctest::Approx(1 / std::sqrt(6)));
        CHECK(config(model(architecture, static_cast<std::uint32_t>(largest))).attention_scale
            == doctest::Approx(1 / std::sqrt(4)));
    }
    CHECK(config(model("gemma", 1)).norm_adds_one);
    // OLMo 3 has OLMo 2's name there, and windows besides.
    GgufBuilder olmo3 = model("olmo2", 2);
    olmo3.integer("olmo2.attention.sliding_window", 4);
    CHECK(mentions(refusal_of([&] { config_of(olmo3); }), "OLMo 3"));
    CHECK(mentions(
        refusal_of([&] { config_of(model("granite", 2)); }), "granite.attention.scale is missing"));
}

TEST_CASE("scaled rotary embeddings are read from keys or from Llama 3's tensor")
{
    CHECK(config_of(with_embedding(sizes("llama"))
                        .text("llama.rope.scaling.type", "linear")
                        .number("llama.rope.scaling.factor", 4))
              .at("rope_scaling")
        == nlohmann::json{ { "rope_type", "linear" }, { "factor", 4 } });
    CHECK_FALSE(config_of(with_embedding(sizes("llama")).text("llama.rope.scaling.type", "none"))
                    .contains("rope_scaling"));

    const auto llama3 = [](double factor, float last_change) {
        GgufBuilder file = with_embedding(sizes("llama"))
                               .integer("llama.attention.key_length", 128)
                               .number("llama.rope.freq_base", 500000);
        std::string bytes;
        for (int pair = 0; pair < 64; ++pair)
            bytes += GgufBuilder::raw(
                llama3_divisor(500000, pair, 64, factor) + (pair == 30 ? last_change : 0));
        return file.tensor("rope_freqs.weight", { 64 }, 0, bytes);
    };
    CHECK(config_of(llama3(32, 0)).at("rope_scaling")
        == nlohmann::json{ { "rope_type", "llama3" }, { "factor", 32 }, { "low_freq_factor", 1 },
            { "high_freq_factor", 4 }, { "original_max_position_embeddings", 8192 } });
    CHECK_FALSE(config_of(llama3(1, 0)).contains("rope_scaling"));
    CHECK(mentions(refusal_of([&] { config_of(llama3(8, 0.1F)); }), "rope_freqs.weight"));
    CHECK(mentions(refusal_of([&] {
        config_of(with_embedding(sizes("llama")).counting("rope_freqs.weight", { 3 }));
    }),
        "rope_freqs.weight must have 2 elements"));
}

TEST_CASE("GPT-NeoX's q, k and v rows go back to their heads")
{
    GgufBuilder builder = with_words(with_embedding(sizes("gptneox")));
    // 24 rows of 1, to read their numbers: q of both heads, then k, then v, each of width 4.
    builder.counting("blk.0.attn_qkv.bias", { 24 }).counting("blk.0.attn_norm.weight", { 8 });
    const std::string bytes = builder.bytes();
    const ModelFiles files = gguf_model_files(over(bytes));
    REQUIRE(files.weights.find("gpt_neox.layers.0.input_layernorm.weight") != nullptr);
    const TensorView* bias = files.weights.find("gpt_neox.layers.0.attention.query_key_value.bias");
    REQUIRE(bias != nullptr);
    const std::vector<float> stored = decoded(*bias);
    // In Hugging Face's order: head 0's q, k, v, then head 1's.
    const std::vector<float> starts = { 0, 8, 16, 4, 12, 20 };
    for (std::size_t part = 0; part < 6; ++part)
        for (std::size_t i = 0; i < 4; ++i) {
            const auto row = static_cast<std::int64_t>(part * 4 + i);
            CHECK(stored[static_cast<std::size_t>(bias->row_order.stored_row(row))]
                == starts[part] + static_cast<float>(i));
        }
}

TEST_CASE("a copy of the embedding counts as tied")
{
    GgufBuilder copy = with_words(with_embedding(sizes("gpt2")));
    copy.counting("output.weight", { 8, 5 });
    const std::string bytes = copy.bytes();
    const ModelFiles files = gguf_model_files(over(bytes));
    CHECK(nlohmann::json::parse(files.config_json).at("tie_word_embeddings") == true);
    CHECK(files.weights.find("lm_head.weight") == nullptr);
}

TEST_CASE("words are split as the file's pre-tokenizer says")
{
    const auto ids = [](const std::string& pre, const std::string& text) {
        GgufBuilder file = with_words(with_embedding(sizes("llama")));
        file.text("tokenizer.ggml.pre", pre).integer("tokenizer.ggml.bos_token_id", 0);
        const std::string bytes = file.bytes();
        const ModelFiles files = gguf_model_files(over(bytes));
        return Tokenizer::from_json(files.tokenizer_json, files.tokenizer_config_json, files.origin)
            .encode(text);
    };
    using Ids = std::vector<std::int32_t>;
    CHECK(ids("gpt-2", "ab1") == Ids{ 3, 4 });
    CHECK(ids("smollm", "ab<s>11") == Ids{ 3, 0, 4, 4 });
    CHECK(ids("llama-bpe", "ab") == Ids{ 0, 3 }); // begins with bos unless the file says no
    CHECK(ids("falcon", "ab1") == Ids{ 3, 4 });
    CHECK(ids("poro-chat", "ab") == Ids{ 3 });
    CHECK(mentions(refusal_of([&] { ids("afmoe", ""); }), "tokenizer.ggml.pre is afmoe"));
}

TEST_CASE("letters, Han, marks and digits are split as tokenizers 0.23.3 splits them")
{
    // By the patterns alone, before GPT-2's words and the spelling of bytes.
    const auto words = [](const std::string& pre, const std::string& text) {
        const std::string bytes = GgufBuilder().text("tokenizer.ggml.pre", pre).bytes();
        const Gguf file = over(bytes);
        nlohmann::json steps = nlohmann::json::array();
        for (const std::string_view split : gguf_word_rule(file.metadata()).splits)
            steps.push_back({ { "type", "Split" }, { "pattern", { { "Regex", split } } },
                { "behavior", "Isolated" }, { "invert", false } });
        const nlohmann::json sequence = { { "type", "Sequence" }, { "pretokenizers", steps } };
        const Pieces pieces
            = PreTokenizer(JsonObject(sequence, "x")).split(TracedText(text, false, 0), true);
        std::vector<std::string> found;
        pieces.for_each([&](TextRange range) { found.emplace_back(pieces.view(range)); });
        return found;
    };
    const std::string text = "It'S ÀЖΏ2345 你好。カA한글 <sentinel:7>  x!?\n";
    using Words = std::vector<std::string>;
    CHECK(words("deepseek-llm", text)
        == Words{ "It", "'", "S", " ÀЖΏ", "2345", " ", "你好", "。", "カ", "A", "한글", " <",
            "sentinel", ":", "7", ">", " ", " x", "!?", "\n" });
    CHECK(words("minicpm5", text)
        == Words{ "It", "'S", " ÀЖΏ", "234", "5", " 你好", "。カA한글", " <", "sentinel", ":", "7",
            ">", " ", " x", "!?\n" });
    CHECK(words("youtu", text)
        == Words{ "It'S", " ÀЖΏ", "2", "3", "4", "5", " ", "你好", "。", "カ", "A", "한글", " <",
            "sentinel", ":", "7", ">", " ", " x", "!?\n" });
    CHECK(words("kimi-k2", text)
        == Words{ "It'S", " ÀЖΏ", "234", "5", " ", "你好", "。カA한글", " <", "sentinel", ":", "7",
            ">", " ", " x", "!?\n" });
    CHECK(words("chameleon", text)
        == Words{ "It", "'", "S ÀЖΏ", "2", "3", "4", "5", " 你好", "。", "カA한글 ", "<",
            "sentinel", ":", "7", ">", "  ", "x", "!", "?", "\n" });
}

TEST_CASE("models that are not supported or do not fit are refused, naming key or tensor")
{
    const auto refusal = [](const GgufBuilder& file) {
        const std::string bytes = file.bytes();
        return refusal_of([&] { gguf_model_files(over(bytes)); });
    };
    const auto llama = [] { return with_words(with_embedding(sizes("llama"))); };
    REQUIRE(refusal(llama()).empty());
    const auto unlike = [](const char* kind, auto change) {
        GgufBuilder file = with_embedding(sizes("llama"));
        file.text("tokenizer.ggml.model", kind);
        change(file);
        return file;
    };
    using File = GgufBuilder&;
    const std::vector<std::string> words = { "a", "b" };
    const std::vector<std::pair<GgufBuilder, std::string>> wrong = {
        { GgufBuilder(), "general.architecture is missing" },
        { with_embedding(sizes("mamba")), "general.architecture is mamba, which has recurrent" },
        { sizes("llama"), "token_embd.weight" },
        { with_embedding(GgufBuilder().text("general.architecture", "llama")),
            "llama.embedding_length is missing" },
        { with_embedding(sizes("llama")), "tokenizer.ggml.model is missing" },
        { llama().integer("llama.expert_count", 8), "llama.expert_count" },
        { llama().integer("llama.rope.dimension_count", 2), "llama.rope.dimension_count" },
        { llama().integer("llama.attention.value_length", 2), "llama.attention.value_length" },
        { llama().counting("blk.0.ffn_gate_inp.weight", { 8, 8 }), "blk.0.ffn_gate_inp.weight" },
        { llama().counting("blk.0", { 8 }), "tensor blk.0 belongs" },
        { llama().counting(".weight", { 8 }), "tensor .weight belongs" },
        { llama().counting("blk..weight", { 8 }), "tensor blk..weight belongs" },
        { llama().counting("blk.0.attn_q.weight", { 8, 6 }), "multiple of 4 rows" },
        { llama().counting("blk.0.attn_q.weight", { 8, 0 }), "multiple of 4 rows" },
        { llama().tensor("blk.0.attn_q.bias", { 32 }, 8, std::string(34, 'x')),
            "quantised vector" },
        { unlike("bert", [](File) {}), "tokenizer.ggml.model is bert" },
        { unlike("gpt2", [](File) {}), "tokenizer.ggml.tokens is missing" },
        { unlike("gpt2", [&](File f) { f.texts("tokenizer.ggml.tokens", words); }),
            "tokenizer.ggml.merges is missing" },
        { unlike("gpt2",
              [&](File f) {
                  f.texts("tokenizer.ggml.tokens", { "a", "a" });
              }),
            "same token as number 0 and 1" },
        { unlike("gpt2",
              [&](File f) {
                  f.texts("tokenizer.ggml.tokens", { "a", "\xff" });
              }),
            "not UTF-8, number 1" },
        { unlike("gpt2",
              [&](File f) {
                  f.texts("tokenizer.ggml.tokens", words)
                      .numbers<std::int32_t>("tokenizer.ggml.token_type", 5, { 1 });
              }),
            "token_type has 1 entries, but there are 2" },
        { unlike("gpt2",
              [&](File f) {
                  f.texts("tokenizer.ggml.tokens", words)
                      .numbers<std::int32_t>("tokenizer.ggml.token_type", 5, { 1, 9 });
              }),
            "unknown type 9" },
        { unlike("gpt2",
              [&](File f) {
                  f.texts("tokenizer.ggml.tokens", words).integer("tokenizer.ggml.bos_token_id", 2);
              }),
            "bos_token_id is 2" },
        { unlike("llama", [&](File f) { f.texts("tokenizer.ggml.tokens", words); }),
            "tokenizer.ggml.scores is missing" },
        { unlike("llama",
              [&](File f) {
                  f.texts("tokenizer.ggml.tokens", words)
                      .numbers<float>("tokenizer.ggml.scores", 6, { 0 });
              }),
            "scores has 1 entries, but there are 2" },
        { unlike("llama",
              [&](File f) {
                  f.texts("tokenizer.ggml.tokens", { "a", std::string(300, 'a') })
                      .numbers<float>("tokenizer.ggml.scores", 6, { 0, 0 });
              }),
            "token of 300 bytes, number 1" },
    };
    for (const auto& [file, part] : wrong) {
        const std::string message = refusal(file);
        INFO(message);
        INFO(part);
        CHECK(mentions(message, "the test's bytes"));
        CHECK(mentions(message, part));
    }
}

TEST_CASE("a GGUF file is known by its ending in any letters, its beginning, or its folder")
{
    namespace fs = std::filesystem;
    const samples::TemporaryFolder folder;
    const fs::path original = data + "/gguf/tiny_llama.gguf";
    fs::create_directory(folder / "alone");
    fs::create_directory(folder / "parts");
    fs::create_directory(folder / "two");
    fs::create_directory(folder / "layout");
    for (const char* name : { "UPPER.GGUF", "sha256-0123", "alone/model.gguf", "two/a.gguf",
             "two/b.gguf", "layout/model.gguf", "parts/m-00001-of-00002.gguf",
             "parts/m-00002-of-00002.gguf" })
        fs::copy_file(original, folder / name);
    for (const char* name : { "UPPER.GGUF", "sha256-0123", "alone" }) {
        CAPTURE(name);
        const ModelFiles files = open_model_files((folder / name).string());
        CHECK(files.weights.tensors().size() == 35);
        CHECK(has_weights((folder / name).string()));
    }
    CHECK(gguf_file_of(folder / "parts") == folder / "parts/m-00001-of-00002.gguf");
    const std::string several = refusal_of([&] { gguf_file_of(folder / "two"); });
    CHECK(mentions(several, "holds 2 GGUF models; give one of them: a.gguf, b.gguf."));
    // Where config.json lies, a GGUF file beside it is something else.
    std::ofstream(folder / "layout/config.json") << "{}";
    CHECK_FALSE(gguf_file_of(folder / "layout"));
    CHECK_FALSE(gguf_file_of(folder / "nothing"));
}

TEST_CASE("what is given in a model's place is named, with what to give instead")
{
    const samples::TemporaryFolder folder;
    using namespace std::string_literals;
    const auto says = [&](const std::string& name, const std::string& bytes) {
        std::ofstream(folder / name, std::ios::binary) << bytes;
        return refusal_of([&] { open_model_files((folder / name).string()); });
    };
    CHECK(mentions(says("empty", ""), "is an empty file, not a model"));
    CHECK(mentions(says("pytorch_model.bin", "PK\3\4aaaaaaarchive/data.pkl"s), "PyTorch file"));
    CHECK(mentions(says("model.pt", "\x80\x02}q"s), "save_pretrained"));
    CHECK(mentions(says("model.zip", "PK\3\4"s), "a ZIP archive, not a model; unpack it"));
    CHECK(mentions(says("model.tar", std::string(257, 'x') + "ustar"), "a tar archive"));
    CHECK(mentions(says("model.safetensors", "\x10\0\0\0\0\0\0\0{\"a\":1}"s), "give the folder"));
    CHECK(mentions(says("config.json", "{}"), "a JSON text, not a model; give the folder"));
    CHECK(mentions(says("run.sqlite", "SQLite format 3\0"s), "FILE.loom:R@I"));
    CHECK(mentions(says("notes", "what I did"), "is a text, not a model"));
    CHECK(mentions(refusal_of([&] { open_model_files("/dev/null"); }), "no regular file"));
}
