#include "core/base/error.h"
#include "core/engine/answers.h"
#include "core/engine/export_model.h"
#include "core/model/checkpoint.h"
#include "core/model/device.h"
#include "tests/support/skip.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <functional>

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

const std::vector<std::string> models{ "tiny_gpt2", "tiny_llama", "tiny_llama3",
    "tiny_llama_linear", "tiny_mistral", "tiny_qwen2", "tiny_qwen3", "tiny_gpt_neox",
    "tiny_gpt_neox_serial", "tiny_gpt_neo", "tiny_gpt2_scaled", "tiny_sharded", "tiny_bfloat16",
    "tiny_float16", "tiny_llama_yarn", "tiny_llama_yarn_mscale", "tiny_llama_dynamic", "tiny_gptj",
    "tiny_opt", "tiny_phi3", "tiny_phi3_longrope", "tiny_granite", "tiny_smollm3", "tiny_gemma",
    "tiny_gemma2", "tiny_gemma3", "tiny_olmo2" };

nlohmann::json expected_of(const std::string& name)
{
    std::ifstream file(data + "/" + name + "/expected.json");
    return nlohmann::json::parse(file);
}

bool equal_weights(const Transformer& a, const Transformer& b)
{
    const auto left = a.weights().all();
    const auto right = b.weights().all();
    return std::ranges::equal(
        left, right, [](const auto* one, const auto* other) { return torch::equal(*one, *other); });
}

/// Weights of one's own, with one tensor as `change` leaves it.
class ChangedModel
{
public:
    ChangedModel(const std::string& name, const std::string& tensor,
        const std::function<void(std::vector<float>&, TensorView&)>& change)
        : original_(open_model_files(data + "/" + name))
    {
        std::vector<TensorView> views = original_.weights.tensors();
        for (TensorView& view : views) {
            if (view.name != tensor)
                continue;
            numbers_.resize(view.bytes.size() / sizeof(float));
            std::memcpy(numbers_.data(), view.bytes.data(), view.bytes.size());
            change(numbers_, view);
            view.bytes = std::as_bytes(std::span(numbers_));
        }
        std::erase_if(views, [](const TensorView& view) { return view.name.empty(); });
        files_ = original_;
        files_.weights = WeightFiles(std::move(views), {});
    }

    const ModelFiles& files() const { return files_; }
    /// The message with which loading is refused.
    std::string refusal() const
    {
        try {
            load_transformer(files_, torch::kCPU, torch::kFloat32);
        } catch (const InputError& error) {
            return error.what();
        }
        return {};
    }

private:
    ModelFiles original_;
    ModelFiles files_;
    std::vector<float> numbers_;
};

} // namespace

TEST_CASE("logits agree with transformers within 1e-4, in every family and both precisions")
{
    for (const std::string& name : models) {
        CAPTURE(name);
        const auto expected = expected_of(name);
        REQUIRE(expected.at("logits").size() > 0);
        const ModelFiles files = open_model_files(data + "/" + name);
        for (const auto dtype : { torch::kFloat32, torch::kFloat64 })
            CHECK(largest_error(load_transformer(files, torch::kCPU, dtype), expected) < 1e-4);
    }
}

TEST_CASE("bfloat16 gives the logits of float32 but for its rounding, and they are float32")
{
    const auto size = [](const torch::Tensor& x) { return x.square().mean().sqrt().item<double>(); };
    for (const std::string& name : models) {
        CAPTURE(name);
        const ModelFiles files = open_model_files(data + "/" + name);
        const auto dtype = compute_type(Precision::bfloat16, torch::kCPU);
        const auto model = load_transformer(files, torch::kCPU, dtype);
        const auto exact = load_transformer(files, torch::kCPU, torch::kFloat32);
        const auto ids = ids_of(expected_of(name).at("logits").at(0).at("ids"));
        const torch::NoGradGuard no_grad;
        const auto logits = model.logits(ids);
        const auto wanted = exact.logits(ids);
        CHECK((logits.scalar_type() == torch::kFloat32));
        // What rounding may do is measured in float32: each weight off by up to half a unit of the
        // eighth bit. Rounded activations and sums are further errors of that size at every
        // product, so a few times as much is the rounding's, and far less is no bfloat16.
        auto nudged = load_transformer(files, torch::kCPU, torch::kFloat32);
        torch::manual_seed(1);
        for (auto* weight : nudged.weights().all())
            weight->mul_(1 + torch::empty_like(*weight).uniform_(-1.0 / 512, 1.0 / 512));
        const double of_weights = size(nudged.logits(ids) - wanted);
        const double error = size(logits - wanted);
        CHECK(error < 6 * of_weights);
        CHECK(error > of_weights / 6);
    }
}

TEST_CASE("a saved model loads again with the same bits")
{
    for (const std::string& name : models) {
        CAPTURE(name);
        const samples::TemporaryFolder folder;
        const auto model
            = load_transformer(open_model_files(data + "/" + name), torch::kCPU, torch::kFloat32);
        save_transformer(model, folder.path());
        const auto again = load_transformer(
            open_model_files(folder.path().string()), torch::kCPU, torch::kFloat32);
        CHECK(again.config() == model.config());
        CHECK(equal_weights(again, model));
    }
}

TEST_CASE("an export has the tokenizer too, and the dtype asked for")
{
    const samples::TemporaryFolder folder;
    for (const auto& [type, dtype] : { std::pair(ElementType::f32, torch::kFloat32),
             std::pair(ElementType::f16, torch::kFloat16),
             std::pair(ElementType::bf16, torch::kBFloat16) }) {
        export_model(data + "/tiny_llama", folder.path(), type);
        const ModelFiles files = open_model_files(folder.path().string());
        CHECK(files.tokenizer_json == open_model_files(data + "/tiny_llama").tokenizer_json);
        CHECK(files.weights.tensors().front().type == type);
        const auto original = load_transformer(
            open_model_files(data + "/tiny_llama"), torch::kCPU, torch::kFloat32);
        Transformer rounded = original;
        for (auto* tensor : rounded.weights().all())
            *tensor = tensor->to(dtype).to(torch::kFloat32);
        CHECK(equal_weights(load_transformer(files, torch::kCPU, torch::kFloat32), rounded));
    }
    CHECK_THROWS_AS(
        export_model(data + "/tiny_llama", data + "/tiny_llama", ElementType::f32), InputError);
}

TEST_CASE("an export that fails leaves no folder that passes for a model")
{
    const samples::TemporaryFolder folder;
    std::filesystem::create_directories(folder / "model.safetensors" / "in the way");
    CHECK_THROWS_AS(
        export_model(data + "/tiny_llama", folder.path(), ElementType::f32), ResourceError);
    CHECK_FALSE(std::filesystem::exists(folder / "config.json"));
    std::filesystem::remove_all(folder / "model.safetensors");
    export_model(data + "/tiny_llama", folder.path(), ElementType::f32);
    open_model_files(folder.path().string());
}

TEST_CASE("padding after a sequence changes nothing before it")
{
    const auto model
        = load_transformer(open_model_files(data + "/tiny_llama"), torch::kCPU, torch::kFloat64);
    const auto alone = model.logits(torch::tensor({ { 3, 4, 5 } }));
    const auto padded = model.logits(torch::tensor({ { 3, 4, 5, 0, 0, 7 } }));
    CHECK(torch::allclose(alone, padded.narrow(1, 0, 3), 1e-12, 1e-12));
}

TEST_CASE("what is wrong with a tensor is said with its name and file")
{
    const auto message = [](const std::string& name, const std::string& tensor, auto change) {
        const std::string text = ChangedModel(name, tensor, change).refusal();
        CHECK(text.find(name) != std::string::npos);
        return text;
    };
    const std::string norm = "model.layers.1.input_layernorm.weight";
    const auto mentions = [](const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    };
    for (const float wrong : { NAN, INFINITY, -INFINITY })
        CHECK(mentions(
            message("tiny_llama", norm,
                [wrong](std::vector<float>& numbers, TensorView&) { numbers.back() = wrong; }),
            norm));
    const auto missing = [](std::vector<float>&, TensorView& view) { view.name.clear(); };
    CHECK(mentions(message("tiny_llama", norm, missing), norm));
    const auto renamed = [](std::vector<float>&, TensorView& view) { view.name = "unheard.of"; };
    CHECK(mentions(message("tiny_gpt2", "transformer.h.0.ln_1.bias", renamed), "ln_1.bias"));
    const auto reshaped = [](std::vector<float>&, TensorView& view) { view.shape = { 2, 8 }; };
    CHECK(mentions(message("tiny_llama", norm, reshaped), "[2, 8]"));
    const auto retyped = [](std::vector<float>& numbers, TensorView& view) {
        view.type = ElementType::i32;
        numbers.front() = 1;
    };
    CHECK(mentions(message("tiny_llama", norm, retyped), norm));
}

TEST_CASE(
    "an unembedding that is not the embedding it should be tied to is read, as transformers 5 does")
{
    const ModelFiles original = open_model_files(data + "/tiny_gpt2");
    const TensorView& embedding = *original.weights.find("transformer.wte.weight");
    const auto with_head = [&](std::span<const std::byte> bytes) {
        std::vector<TensorView> views = original.weights.tensors();
        views.push_back({ "lm_head.weight", ElementType::f32, embedding.shape, bytes });
        ModelFiles files = original;
        files.weights = WeightFiles(std::move(views), {});
        return load_transformer(files, torch::kCPU, torch::kFloat32);
    };
    CHECK(with_head(embedding.bytes).config().tied_unembedding);
    std::vector<float> twice(embedding.bytes.size() / sizeof(float));
    std::memcpy(twice.data(), embedding.bytes.data(), embedding.bytes.size());
    for (float& number : twice)
        number *= 2;
    const auto changed = with_head(std::as_bytes(std::span(twice)));
    CHECK_FALSE(changed.config().tied_unembedding);
    const torch::NoGradGuard no_grad;
    const auto ids = torch::tensor({ { 3, 4, 5 } });
    const auto tied = load_transformer(original, torch::kCPU, torch::kFloat32);
    CHECK(torch::allclose(changed.logits(ids), 2 * tied.logits(ids)));
    // So it is where only the unembedding is there: it is the embedding too.
    std::vector<TensorView> views = original.weights.tensors();
    for (TensorView& view : views)
        if (view.name == "transformer.wte.weight")
            view.name = "lm_head.weight";
    ModelFiles files = original;
    files.weights = WeightFiles(std::move(views), {});
    CHECK(equal_weights(load_transformer(files, torch::kCPU, torch::kFloat32), tied));
}

TEST_CASE("a configuration that calls for more than the file holds allocates nothing")
{
    ModelFiles files = open_model_files(data + "/tiny_llama");
    auto config = nlohmann::json::parse(files.config_json);
    config["vocab_size"] = 2'000'000;
    config["hidden_size"] = 131'072;
    config["intermediate_size"] = 1'000'000;
    files.config_json = config.dump();
    CHECK_THROWS_WITH_AS(load_transformer(files, torch::kCPU, torch::kFloat32),
        doctest::Contains("embed_tokens"), InputError);
}

TEST_CASE("bytes that are not aligned to their type are read as they are")
{
    const ModelFiles original = open_model_files(data + "/tiny_gpt2");
    std::vector<std::vector<std::byte>> moved;
    std::vector<TensorView> views = original.weights.tensors();
    for (TensorView& view : views) {
        auto& bytes = moved.emplace_back(1);
        bytes.insert(bytes.end(), view.bytes.begin(), view.bytes.end());
        view.bytes = std::span<const std::byte>(bytes).subspan(1);
    }
    ModelFiles files = original;
    files.weights = WeightFiles(std::move(views), {});
    CHECK(equal_weights(load_transformer(files, torch::kCPU, torch::kFloat32),
        load_transformer(original, torch::kCPU, torch::kFloat32)));
}

TEST_CASE("rows that llama.cpp interleaved are put back into place")
{
    const ModelFiles original = open_model_files(data + "/tiny_llama");
    std::vector<std::vector<std::byte>> moved;
    std::vector<TensorView> views = original.weights.tensors();
    for (TensorView& view : views) {
        const bool query = view.name.find("q_proj.weight") != std::string::npos;
        if (!query && view.name.find("k_proj.weight") == std::string::npos)
            continue;
        // Rows (0, d/2, 1, d/2 + 1, ...) of each head, as ggml turns neighbours, not halves.
        const std::size_t heads = query ? 4 : 2;
        constexpr std::size_t dim = 6;
        view.row_order = { static_cast<std::int64_t>(heads), 2, dim / 2, 1 };
        const std::size_t row = view.bytes.size() / static_cast<std::size_t>(view.shape[0]);
        auto& bytes = moved.emplace_back();
        for (std::size_t head = 0; head < heads; ++head)
            for (std::size_t i = 0; i < dim; ++i) {
                const std::size_t from = head * dim + i / 2 + (i % 2) * dim / 2;
                const auto part = view.bytes.subspan(from * row, row);
                bytes.insert(bytes.end(), part.begin(), part.end());
            }
        view.bytes = bytes;
    }
    ModelFiles files = original;
    files.weights = WeightFiles(std::move(views), {});
    REQUIRE(moved.size() == 4);
    CHECK(equal_weights(load_transformer(files, torch::kCPU, torch::kFloat32),
        load_transformer(original, torch::kCPU, torch::kFloat32)));
}

TEST_CASE("a real Llama continues its story as it is known to" * doctest::test_suite("conditional"))
{
    const std::string directory = shared + "/models/stories260k";
    if (!std::filesystem::exists(directory)) {
        circuitloom::testing::skip(directory + " is not on this machine");
        return;
    }
    NextTokenQuestion question;
    question.model = directory;
    question.continuation = 60;
    ModelSource models;
    CHECK(answer(question, { models, {}, {} })
              .continued.starts_with(
                  "Once upon a time, there was a little girl named Lily. She loved to "
                  "play outside in the "
                  "park. One day, she saw a big, red ball."));
}

TEST_CASE("weights that are shortened once they are open are refused, where they are read")
{
    const samples::TemporaryFolder folder;
    std::filesystem::copy(data + "/tiny_gpt2", folder / "model");
    const ModelFiles files = open_model_files((folder / "model").string());
    const std::string whole = model_fingerprint(files);
    CHECK(whole == model_fingerprint(open_model_files(data + "/tiny_gpt2")));
    std::filesystem::resize_file(folder / "model" / "model.safetensors", 100); // within a page
    const auto why = doctest::Contains("shortened while it was read");
    CHECK_THROWS_WITH_AS(model_fingerprint(files), why, InputError);
    CHECK_THROWS_WITH_AS(load_transformer(files, torch::kCPU, torch::kFloat32), why, InputError);
}
