#include "core/architecture/gguf/gguf_model.h"
#include "core/base/error.h"
#include "core/engine/answers.h"
#include "core/formats/input_file.h"
#include "core/model/checkpoint.h"
#include "core/model/stored_weights.h"
#include "core/tokenizer/tokenizer.h"
#include "core/formats/tensor_decoding.h"
#include "tests/support/gguf_builder.h"
#include "tests/support/skip.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <torch/types.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

using namespace circuitloom;

namespace {

const std::string data = CIRCUITLOOM_TEST_DATA;

nlohmann::json json_file(const std::string& name)
{
    std::ifstream file(data + "/" + name);
    return nlohmann::json::parse(file);
}

torch::Tensor ids_of(const nlohmann::json& ids)
{
    return torch::tensor(ids.get<std::vector<std::int64_t>>()).unsqueeze(0);
}

/// The model that tests/support/fetch_smollm2.sh fetches, where it was.
std::optional<std::string> smollm2()
{
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value ? value : "");
    };
    std::string cache = variable("CIRCUITLOOM_TEST_CACHE");
    if (cache.empty()) {
        const std::string base = variable("XDG_CACHE_HOME");
        cache = (base.empty() ? variable("HOME") + "/.cache" : base) + "/circuitloom-tests";
    }
    const std::string file = cache + "/SmolLM2-135M-Instruct.Q4_1.gguf";
    if (std::filesystem::exists(file))
        return file;
    circuitloom::testing::skip(file + " is absent; tests/support/fetch_smollm2.sh fetches it");
    return std::nullopt;
}

std::vector<std::byte> bytes_of(const torch::Tensor& tensor)
{
    const auto* first = static_cast<const std::byte*>(tensor.data_ptr());
    return { first, first + tensor.numel() * tensor.element_size() };
}

/// How llama.cpp's converter writes a model of one family.
struct WrittenFamily
{
    std::string folder; ///< in tests/data
    std::string architecture;
    bool permutes_rotary_rows = false; ///< those of q and k, from halves to pairs
    bool adds_one_to_norms = false;
    bool norms_outputs = false; ///< the norms' names are others then
    /// What the file cannot say takes its usual value.
    std::function<void(nlohmann::json& config)> make_usual;
    std::function<void(GgufBuilder& file, const nlohmann::json& config)> own_keys;
};

std::string name_in_gguf(std::string name, bool norms_outputs)
{
    const std::vector<std::pair<std::string, std::string>> parts = {
        { "model.layers.", "blk." },
        { "model.embed_tokens", "token_embd" },
        { "model.norm", "output_norm" },
        { "lm_head", "output" },
        { "self_attn.qkv_proj", "attn_qkv" },
        { "self_attn.q_proj", "attn_q" },
        { "self_attn.k_proj", "attn_k" },
        { "self_attn.v_proj", "attn_v" },
        { "self_attn.o_proj", "attn_output" },
        { "self_attn.q_norm", "attn_q_norm" },
        { "self_attn.k_norm", "attn_k_norm" },
        { "input_layernorm", "attn_norm" },
        { "post_attention_layernorm", norms_outputs ? "post_attention_norm" : "ffn_norm" },
        { "pre_feedforward_layernorm", "ffn_norm" },
        { "post_feedforward_layernorm", "post_ffw_norm" },
        { "mlp.gate_up_proj", "ffn_up" },
        { "mlp.gate_proj", "ffn_gate" },
        { "mlp.up_proj", "ffn_up" },
        { "mlp.down_proj", "ffn_down" },
    };
    for (const auto& [hugging_face, gguf] : parts)
        if (const auto at = name.find(hugging_face); at != std::string::npos)
            name.replace(at, hugging_face.size(), gguf);
    return name;
}

torch::Tensor floats_of(const TensorView& view)
{
    const auto tensor = torch::empty(view.shape);
    decode_to_float(view, 0, { tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel()) });
    return tensor;
}

torch::Tensor permuted(const torch::Tensor& rows, std::int64_t heads)
{
    auto sizes = rows.sizes().vec();
    sizes.erase(sizes.begin());
    sizes.insert(sizes.begin(), { heads, 2, rows.size(0) / heads / 2 });
    return rows.reshape(sizes).transpose(1, 2).reshape_as(rows).contiguous();
}

void add_tensor(GgufBuilder& file, const std::string& name, const torch::Tensor& numbers)
{
    const std::vector<std::uint64_t> sizes(numbers.sizes().rbegin(), numbers.sizes().rend());
    file.tensor(name, sizes, 0,
        { static_cast<const char*>(numbers.data_ptr()), static_cast<std::size_t>(numbers.nbytes()) });
}

std::string gguf_bytes(
    const WrittenFamily& family, const ModelFiles& model, const nlohmann::json& config)
{
    GgufBuilder file;
    file.text("general.architecture", family.architecture);
    const auto key = [&](const char* name) { return family.architecture + "." + name; };
    const auto whole = [&](const char* name, const char* field) {
        file.integer(key(name), config.at(field).get<std::uint32_t>());
    };
    whole("context_length", "max_position_embeddings");
    whole("embedding_length", "hidden_size");
    whole("block_count", "num_hidden_layers");
    whole("feed_forward_length", "intermediate_size");
    whole("attention.head_count", "num_attention_heads");
    whole("attention.head_count_kv", "num_key_value_heads");
    if (config.contains("head_dim")) {
        whole("attention.key_length", "head_dim");
        whole("attention.value_length", "head_dim");
    }
    file.number(key("attention.layer_norm_rms_epsilon"), config.at("rms_norm_eps").get<float>());
    const nlohmann::json& rope = config.at("rope_parameters");
    file.number(key("rope.freq_base"),
        (rope.contains("full_attention") ? rope.at("full_attention") : rope)
            .at("rope_theta")
            .get<float>());
    family.own_keys(file, config);
    std::vector<std::string> tokens{ "a", "b", "ab" };
    while (tokens.size() < config.at("vocab_size").get<std::size_t>())
        tokens.push_back(std::to_string(tokens.size()) + ">"); // of which no text consists
    file.text("tokenizer.ggml.model", "gpt2")
        .texts("tokenizer.ggml.tokens", tokens)
        .texts("tokenizer.ggml.merges", { "a b" })
        .numbers("tokenizer.ggml.token_type", 5, std::vector<std::int32_t>(tokens.size(), 1))
        .integer("tokenizer.ggml.bos_token_id", 1)
        .integer("tokenizer.ggml.eos_token_id", 2);
    for (const TensorView& stored : model.weights.tensors()) {
        torch::Tensor numbers = floats_of(stored);
        if (family.adds_one_to_norms && stored.name.ends_with("norm.weight"))
            numbers = numbers + 1;
        for (const auto& [part, heads] : { std::pair{ ".q_proj.", "num_attention_heads" },
                 std::pair{ ".k_proj.", "num_key_value_heads" } })
            if (family.permutes_rotary_rows && stored.name.find(part) != std::string::npos)
                numbers = permuted(numbers, config.at(heads).get<std::int64_t>());
        add_tensor(file, name_in_gguf(stored.name, family.norms_outputs), numbers);
    }
    return file.bytes();
}

std::vector<WrittenFamily> written_families()
{
    using Json = nlohmann::json;
    const auto nothing = [](Json&) {};
    const auto no_keys = [](GgufBuilder&, const Json&) {};
    return {
        { "tiny_phi3", "phi3", false, false, false, nothing,
            [](GgufBuilder& file, const Json& config) {
                file.integer("phi3.rope.dimension_count", 6) // 0.75 of a head's 8
                    .integer("phi3.attention.sliding_window",
                        config.at("sliding_window").get<std::uint32_t>());
            } },
        { "tiny_granite", "granite", true, false, false, nothing,
            [](GgufBuilder& file, const Json& config) {
                file.number("granite.attention.scale", config.at("attention_multiplier").get<float>())
                    .number("granite.embedding_scale", config.at("embedding_multiplier").get<float>())
                    .number("granite.residual_scale", config.at("residual_multiplier").get<float>())
                    .number("granite.logit_scale", config.at("logits_scaling").get<float>());
            } },
        { "tiny_smollm3", "smollm3", true, false, false,
            [](Json& config) {
                config.erase("no_rope_layers");
                config.erase("layer_types");
                config["sliding_window"] = nullptr;
            },
            no_keys },
        { "tiny_olmo2", "olmo2", false, false, true, nothing, no_keys },
        { "tiny_gemma", "gemma", false, true, false, nothing, no_keys },
        { "tiny_gemma2", "gemma2", false, true, true,
            [](Json& config) { config["query_pre_attn_scalar"] = config.at("head_dim"); },
            [](GgufBuilder& file, const Json& config) {
                file.integer("gemma2.attention.sliding_window", config.at("sliding_window").get<std::uint32_t>())
                    .number("gemma2.attn_logit_softcapping", config.at("attn_logit_softcapping").get<float>())
                    .number("gemma2.final_logit_softcapping", config.at("final_logit_softcapping").get<float>());
            } },
        { "tiny_gemma3", "gemma3", false, true, true,
            [](Json& config) {
                config["query_pre_attn_scalar"] = config.at("head_dim");
                config["rope_parameters"]["sliding_attention"]["rope_theta"] = 10000;
            },
            [](GgufBuilder& file, const Json& config) {
                file.integer("gemma3.attention.sliding_window", config.at("sliding_window").get<std::uint32_t>())
                    .integer("gemma3.attention.sliding_window_pattern", 2)
                    .text("gemma3.rope.scaling.type", "linear")
                    .number("gemma3.rope.scaling.factor", 2);
            } },
    };
}

} // namespace

TEST_CASE("llama.cpp's files hold the same weights, in both versions of the format")
{
    for (const std::string name : { "tiny_llama", "tiny_gpt2" }) {
        CAPTURE(name);
        const auto original
            = load_transformer(open_model_files(data + "/" + name), torch::kCPU, torch::kFloat32);
        const auto ids = torch::tensor({ { 5, 90, 17, 3, 250, 41, 5 } });
        for (const char version : { '\2', '\3' }) {
            std::string bytes = read_input_file(data + "/gguf/" + name + ".gguf", 1 << 20);
            bytes[4] = version;
            const auto gguf = Gguf::over(std::as_bytes(std::span(bytes)), name);
            CHECK(gguf.version() == version);
            const auto model
                = load_transformer(gguf_model_files(gguf), torch::kCPU, torch::kFloat32);
            CHECK(torch::equal(model.logits(ids), original.logits(ids)));
            const auto weights = model.weights().all();
            const auto expected = original.weights().all();
            REQUIRE(weights.size() == expected.size());
            for (std::size_t i = 0; i < weights.size(); ++i)
                CHECK(torch::equal(*weights[i], *expected[i]));
        }
    }
}

TEST_CASE("the later families' files give the logits of the folders that they were made from")
{
    const torch::NoGradGuard no_grad;
    const auto ids = torch::tensor({ { 5, 61, 17, 3, 50, 41, 5, 8, 33, 69, 2 } });
    for (const WrittenFamily& family : written_families()) {
        CAPTURE(family.folder);
        ModelFiles folder = open_model_files(data + "/" + family.folder);
        nlohmann::json config = nlohmann::json::parse(folder.config_json);
        family.make_usual(config);
        folder.config_json = config.dump();
        const std::string bytes = gguf_bytes(family, folder, config);
        const auto gguf = Gguf::over(std::as_bytes(std::span(bytes)), family.folder);
        const ModelFiles files = gguf_model_files(gguf);
        CHECK(parse_model_config(files.config_json, "file")
            == parse_model_config(folder.config_json, "folder"));
        const auto wanted
            = load_transformer(folder, torch::kCPU, torch::kFloat32).logits(ids);
        const auto found = load_transformer(files, torch::kCPU, torch::kFloat32).logits(ids);
        // A norm's weight loses its last bits where one was added to it.
        if (family.adds_one_to_norms)
            CHECK(torch::allclose(found, wanted, 1e-5, 1e-5));
        else
            CHECK(torch::equal(found, wanted));
        CHECK(wanted.std().item<double>() > 1e-3); // so that there is something to compare
    }
}

TEST_CASE("Phi-3's two lists of rotary factors are tensors of their own")
{
    const torch::NoGradGuard no_grad;
    const WrittenFamily family{ "tiny_phi3_longrope", "phi3", false, false, false, {},
        [](GgufBuilder& file, const nlohmann::json& config) {
            const auto& rope = config.at("rope_parameters");
            file.integer("phi3.rope.dimension_count", 6)
                .integer("phi3.rope.scaling.original_context_length",
                    rope.at("original_max_position_embeddings").get<std::uint32_t>());
            for (const std::string kind : { "short", "long" })
                add_tensor(file, "rope_factors_" + kind + ".weight",
                    torch::tensor(rope.at(kind + "_factor").get<std::vector<double>>())
                        .to(torch::kFloat32));
        } };
    const ModelFiles folder = open_model_files(data + "/" + family.folder);
    const std::string bytes
        = gguf_bytes(family, folder, nlohmann::json::parse(folder.config_json));
    const auto gguf = Gguf::over(std::as_bytes(std::span(bytes)), family.folder);
    const auto found
        = load_transformer(gguf_model_files(gguf), torch::kCPU, torch::kFloat32);
    const auto wanted = load_transformer(folder, torch::kCPU, torch::kFloat32);
    for (const std::int64_t length : { 8, 20 }) { // on either side of the original context
        const auto ids = torch::arange(length).unsqueeze(0);
        CHECK(torch::allclose(found.logits(ids), wanted.logits(ids), 1e-4, 1e-5));
    }
}

TEST_CASE("stored tensors fill places of any strides, type and number of dimensions")
{
    const auto stored = torch::arange(24, torch::kFloat64).reshape({ 12, 2 });
    const auto bytes = bytes_of(stored);
    TensorView view;
    view.type = ElementType::f64;
    view.shape = { 12, 2 };
    view.bytes = bytes;

    const auto wide = torch::zeros({ 2, 20 }, torch::kFloat32);
    fill_from_stored(view, wide.narrow(1, 4, 12).t(), "the test");
    CHECK(torch::equal(wide.narrow(1, 4, 12), stored.t().to(torch::kFloat32)));
    CHECK(wide.count_nonzero().item<int>() == 23); // nothing beside it was written

    // Two heads of q, k and v of two rows each, all q first in the file.
    view.row_order = { 1, 2, 3, 2 };
    const auto heads = torch::zeros({ 2, 3, 2, 2 }, torch::kFloat64);
    fill_from_stored(view, heads, "the test");
    CHECK(torch::equal(heads, stored.reshape({ 3, 2, 2, 2 }).transpose(0, 1)));
    view.shape = { 24 };
    view.row_order = { 1, 2, 3, 4 };
    const auto biases = torch::zeros({ 2, 3, 4 }, torch::kFloat64);
    fill_from_stored(view, biases, "the test");
    CHECK(torch::equal(biases, stored.reshape({ 3, 2, 4 }).transpose(0, 1)));
    view.row_order = {};
    fill_from_stored(view, biases, "the test");
    CHECK(torch::equal(biases.flatten(), stored.flatten()));

    view.row_order = {};
    view.transposed = true;
    view.shape = { 2, 12 };
    const auto turned = torch::zeros({ 2, 12 }, torch::kBFloat16);
    fill_from_stored(view, turned, "the test");
    CHECK(torch::equal(turned, stored.t().to(torch::kBFloat16)));
}

TEST_CASE("large tensors are filled in parts without a seam")
{
    const auto stored = torch::arange(3'000'000, torch::kInt32).to(torch::kFloat32);
    const auto bytes = bytes_of(stored);
    TensorView view;
    view.shape = { 30000, 100 };
    view.bytes = bytes;
    const auto place = torch::zeros({ 30000, 100 });
    fill_from_stored(view, place, "the test");
    CHECK(torch::equal(place.flatten(), stored));

    view.shape = { 3'000'000 };
    const auto vector = torch::zeros({ 3'000'000 });
    fill_from_stored(view, vector, "the test");
    CHECK(torch::equal(vector, stored));

    view.row_order = { 1, 1'500'000, 2, 1 };
    fill_from_stored(view, vector, "the test");
    CHECK(torch::equal(vector, stored.reshape({ 2, 1'500'000 }).t().flatten()));
}

TEST_CASE("numbers that are not finite are refused")
{
    for (const double value : { double(INFINITY), double(NAN), 1e300 }) {
        auto stored = torch::ones({ 3, 2 }, torch::kFloat64);
        stored[1][1] = value;
        const auto bytes = bytes_of(stored);
        const TensorView view = { "wild", ElementType::f64, { 3, 2 }, bytes };
        CHECK_THROWS_WITH_AS(fill_from_stored(view, torch::zeros({ 3, 2 }), "the test"),
            doctest::Contains("wild holds a number that is infinite"), InputError);
    }
}

TEST_CASE("whole numbers are no weights")
{
    const auto stored = torch::zeros({ 2 }, torch::kInt32);
    const auto bytes = bytes_of(stored);
    const TensorView view = { "counts", ElementType::i32, { 2 }, bytes };
    CHECK_THROWS_WITH_AS(fill_from_stored(view, torch::zeros({ 2 }), "the test"),
        doctest::Contains("counts is of the type I32"), InputError);
}

TEST_CASE("SmolLM2's tokenizer gives the ids that PyPI's tokenizers gives"
    * doctest::test_suite("conditional"))
{
    const auto file = smollm2();
    if (!file)
        return;
    const ModelFiles files = open_model_files(*file);
    const auto tokenizer
        = Tokenizer::from_json(files.tokenizer_json, files.tokenizer_config_json, files.origin);
    const auto lines = json_file("gguf/smollm2.json").at("tokenizer");
    REQUIRE(lines.size() > 300);
    for (const auto& line : lines) {
        const auto text = line.at(0).get<std::string>();
        CAPTURE(text);
        CHECK(tokenizer.encode(text) == line.at(1).get<std::vector<std::int32_t>>());
    }
}

TEST_CASE("SmolLM2's logits agree with transformers within 1e-3 in float32"
    * doctest::test_suite("conditional"))
{
    const auto file = smollm2();
    if (!file)
        return;
    const torch::NoGradGuard no_grad;
    const auto model = load_transformer(open_model_files(*file), torch::kCPU, torch::kFloat32);
    double largest = 0;
    int compared = 0;
    const auto compare = [&](double found, const nlohmann::json& expected) {
        largest = std::max(largest, std::abs(found - expected.get<double>()));
        ++compared;
    };
    const auto prompts = json_file("gguf/smollm2.json").at("logits");
    for (const auto& prompt : prompts) {
        const auto logits = model.logits(ids_of(prompt.at("ids")))[0].to(torch::kFloat64);
        for (const auto& wanted : prompt.at("positions")) {
            const auto row = logits[wanted.at("position").get<std::int64_t>()];
            for (std::size_t i = 0; i < wanted.at("top").size(); ++i)
                compare(row[wanted.at("top")[i].get<std::int64_t>()].item<double>(),
                    wanted.at("top_logits")[i]);
            for (std::size_t i = 0; i < wanted.at("every_512th").size(); ++i)
                compare(row[static_cast<std::int64_t>(512 * i)].item<double>(),
                    wanted.at("every_512th")[i]);
            compare(row.mean().item<double>(), wanted.at("mean"));
            // The norm of 49152 differences of at most 1e-3 is at most 0.22 and usually far less.
            CHECK(std::abs(row.norm().item<double>() - wanted.at("norm").get<double>()) < 0.05);
        }
    }
    MESSAGE("largest difference of " << compared << " logits: " << largest);
    CHECK(compared > 1000);
    CHECK(largest < 1e-3);
}

TEST_CASE("SmolLM2 knows its capitals" * doctest::test_suite("conditional"))
{
    const auto file = smollm2();
    if (!file)
        return;
    NextTokenQuestion question;
    question.model = *file;
    question.text = "The capital of France is";
    question.continuation = 1;
    ModelSource models;
    CHECK(answer(question, { models, {}, {} }).continued == "The capital of France is Paris");
}
