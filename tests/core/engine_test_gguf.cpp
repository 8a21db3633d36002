#include "core/architecture/gguf/gguf_model.h"
#include "core/base/error.h"
#include "core/engine/answers.h"
#include "core/formats/input_file.h"
#include "core/model/checkpoint.h"
#include "core/model/stored_weights.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/skip.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <torch/types.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>

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
