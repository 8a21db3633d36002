#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "core/base/error.h"
#include "core/model/checkpoint.h"
#include "core/model/language_model.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

#include <unistd.h>

using namespace circuitloom;

namespace {

const std::string data = CIRCUITLOOM_TEST_DATA;
const std::string shared = CIRCUITLOOM_SHARED;

torch::Tensor ids_of(const nlohmann::json& ids)
{
    return torch::tensor(ids.get<std::vector<std::int64_t>>()).unsqueeze(0);
}

// The largest difference from the logits that Hugging Face's transformers gave
// (tests/support/make_reference_models.py).
double largest_error(const Transformer& model, const nlohmann::json& expected)
{
    const torch::NoGradGuard no_grad;
    double largest = 0;
    for (const auto& sequence : expected.at("logits")) {
        const auto logits = model.logits(ids_of(sequence.at("ids")))[0];
        for (std::size_t i = 0; i < sequence.at("positions").size(); ++i) {
            const auto wanted
                = torch::tensor(sequence.at("logits").at(i).get<std::vector<double>>());
            const auto position = sequence.at("positions").at(i).get<std::int64_t>();
            largest = std::max(largest,
                (logits[position].to(torch::kFloat64) - wanted).abs().max().item<double>());
        }
    }
    return largest;
}

std::filesystem::path fresh_directory(const char* name)
{
    const auto directory = std::filesystem::temp_directory_path()
        / ("circuitloom-" + std::string(name) + "-" + std::to_string(::getpid()));
    std::filesystem::remove_all(directory);
    return directory;
}

} // namespace

TEST_CASE("logits agree with transformers within 1e-4, in both families and precisions")
{
    for (const std::string name : { "tiny_gpt2", "tiny_llama" }) {
        CAPTURE(name);
        std::ifstream file(data + "/" + name + "/expected.json");
        const auto expected = nlohmann::json::parse(file);
        REQUIRE(expected.at("logits").size() > 0);
        const ModelFiles files = open_model_files(data + "/" + name);
        for (const auto dtype : { torch::kFloat32, torch::kFloat64 })
            CHECK(largest_error(load_transformer(files, torch::kCPU, dtype), expected) < 1e-4);
    }
}

TEST_CASE("a saved model loads again with the same bits")
{
    for (const std::string name : { "tiny_gpt2", "tiny_llama" }) {
        CAPTURE(name);
        const auto model
            = load_transformer(open_model_files(data + "/" + name), torch::kCPU, torch::kFloat32);
        const auto directory = fresh_directory("saved");
        save_transformer(model, directory);
        std::filesystem::copy_file(
            data + "/" + name + "/tokenizer.json", directory / "tokenizer.json");
        const auto again
            = load_transformer(open_model_files(directory.string()), torch::kCPU, torch::kFloat32);
        CHECK(again.config() == model.config());
        const auto before = model.weights().all();
        const auto after = again.weights().all();
        REQUIRE(before.size() == after.size());
        for (std::size_t i = 0; i < before.size(); ++i)
            CHECK(torch::equal(*before[i], *after[i]));
        std::filesystem::remove_all(directory);
    }
}

TEST_CASE("padding after a sequence changes nothing before it")
{
    const auto model
        = load_transformer(open_model_files(data + "/tiny_llama"), torch::kCPU, torch::kFloat64);
    const auto alone = model.logits(torch::tensor({ { 3, 4, 5 } }));
    const auto padded = model.logits(torch::tensor({ { 3, 4, 5, 0, 0, 7 } }));
    CHECK(torch::allclose(alone, padded.narrow(1, 0, 3), 1e-12, 1e-12));
}

TEST_CASE("a tensor of the wrong shape is refused by name")
{
    ModelFiles files = open_model_files(data + "/tiny_gpt2");
    auto config = nlohmann::json::parse(files.config_json);
    config["n_positions"] = 21;
    files.config_json = config.dump();
    try {
        load_transformer(files, torch::kCPU, torch::kFloat32);
        FAIL("it was loaded");
    } catch (const InputError& error) {
        CHECK(std::string(error.what()).find("wpe.weight") != std::string::npos);
    }
}

TEST_CASE("a real Llama continues its story as it is known to")
{
    const std::string directory = shared + "/models/stories260k";
    if (!std::filesystem::exists(directory)) {
        MESSAGE("skipped: " << directory << " is not on this machine");
        return;
    }
    const LanguageModel model(directory, { "cpu", false });
    CHECK(model.generate("", 60, 0, 1)
              .starts_with("Once upon a time, there was a little girl named Lily. She loved to "
                           "play outside in the "
                           "park. One day, she saw a big, red ball."));
}
