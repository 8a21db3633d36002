#include "core/architecture/weight_matching.h"
#include "core/base/error.h"
#include "core/formats/safetensors.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>

using namespace circuitloom;

namespace {

const std::string data = CIRCUITLOOM_TEST_DATA;

ModelFiles renamed(const ModelFiles& original, const std::function<std::string(std::string)>& name)
{
    std::vector<TensorView> views = original.weights.tensors();
    for (TensorView& view : views)
        view.name = name(view.name);
    ModelFiles files = original;
    files.weights = WeightFiles(std::move(views), {});
    return files;
}

ModelFiles with(const ModelFiles& original, const std::vector<std::string>& names)
{
    std::vector<TensorView> views = original.weights.tensors();
    const TensorView any = views.front();
    for (const std::string& name : names) {
        views.push_back(any);
        views.back().name = name;
    }
    ModelFiles files = original;
    files.weights = WeightFiles(std::move(views), {});
    return files;
}

std::string refusal(const ModelFiles& files)
{
    try {
        match_weights(files);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

void replace(std::string& text, const std::string& what, const std::string& by)
{
    if (const auto at = text.find(what); at != text.npos)
        text.replace(at, what.size(), by);
}

} // namespace

TEST_CASE("wrappers' marks, a missing outermost name and one too many change nothing")
{
    for (const std::string model : { "tiny_gpt2", "tiny_llama", "tiny_gpt_neox", "tiny_opt" }) {
        CAPTURE(model);
        const ModelFiles original = open_model_files(data + "/" + model);
        const WeightMatches expected = match_weights(original);
        CHECK(expected.notes.empty());
        const auto same = [&](const std::function<std::string(std::string)>& name) {
            const ModelFiles files = renamed(original, name);
            const WeightMatches found = match_weights(files);
            CHECK(found.notes.empty());
            CHECK(found.config == expected.config);
            REQUIRE(found.tensors.size() == expected.tensors.size());
            for (std::size_t i = 0; i < found.tensors.size(); ++i) {
                CHECK(found.tensors[i].stored.name == expected.tensors[i].stored.name);
                CHECK(
                    found.tensors[i].view->bytes.data() == expected.tensors[i].view->bytes.data());
            }
        };
        for (const char* prefix : { "module.", "_orig_mod.", "base_model.model.", "model.",
                 "module._orig_mod.", "_orig_mod.module.", "base_model.model.module." })
            same([prefix](const std::string& name) { return prefix + name; });
        // torch.compile of a part of the model.
        same([](std::string name) {
            const auto dot = name.find('.');
            return name.insert(dot + 1, "_orig_mod.");
        });
        if (model != "tiny_llama" && model != "tiny_gpt_neox") // whose head has no outer name
            same([](const std::string& name) { return name.substr(name.find('.') + 1); });
    }
}

TEST_CASE("heads beside the language model's are passed over and named")
{
    const ModelFiles original = open_model_files(data + "/tiny_gpt2");
    for (const char* name : { "v_head.summary.weight", "v_head.summary.bias", "score.weight",
             "classifier.weight", "qa_outputs.bias", "value_head.0.weight", "module.v_head.weight",
             "multiple_choice_head.summary.weight", "vision_tower.h.0.weight" }) {
        CAPTURE(name);
        const ModelFiles files = with(original, { name });
        const WeightMatches found = match_weights(files);
        CHECK(found.tensors.size() == match_weights(original).tensors.size());
        REQUIRE(found.notes.size() == 1);
        CHECK(mentions(found.notes.front(), name));
    }
    std::vector<std::string> many;
    for (int i = 0; i < 40; ++i)
        many.push_back("v_head." + std::to_string(i));
    const ModelFiles files = with(original, many);
    CHECK(mentions(match_weights(files).notes.at(0), "35 more"));
}

TEST_CASE("masks and rotary tables of old versions are passed over")
{
    const auto noted = [](const char* model, const char* name) {
        CAPTURE(name);
        const ModelFiles files = with(open_model_files(data + "/" + model), { name });
        const WeightMatches found = match_weights(files);
        REQUIRE(found.notes.size() == 1);
        CHECK(mentions(found.notes.front(), "1 tensor is a mask"));
    };
    noted("tiny_gpt2", "transformer.h.0.attn.bias");
    noted("tiny_gpt2", "h.1.attn.masked_bias");
    noted("tiny_llama", "model.layers.0.self_attn.rotary_emb.inv_freq");
    noted("tiny_llama", "model.rotary_emb.inv_freq");
    noted("tiny_gpt_neox", "gpt_neox.layers.1.attention.rotary_emb.inv_freq");
    noted("tiny_gptj", "transformer.h.0.attn.embed_positions");
}

TEST_CASE("parts of the model that config.json does not call for are refused")
{
    const ModelFiles gpt2 = open_model_files(data + "/tiny_gpt2");
    for (const char* name : { "transformer.h.7.ln_1.weight", "h.0.extra.weight",
             "_orig_mod.transformer.wte.bias", "lm_head.bias", "model.layers.0.weight" }) {
        INFO(std::string(name));
        CHECK(mentions(refusal(with(gpt2, { name })), name));
    }
    const ModelFiles llama = open_model_files(data + "/tiny_llama3");
    CHECK(
        mentions(refusal(with(llama, { "model.layers.0.self_attn.q_proj.bias" })), "q_proj.bias"));
    CHECK(mentions(refusal(with(gpt2, { "module.transformer.wte.weight" })), "twice"));
    for (const char* name : { "transformer.h.0.attn.c_attn.lora_A.default.weight",
             "base_model.model.transformer.h.0.attn.c_attn.base_layer.bias" })
        CHECK(mentions(refusal(with(gpt2, { name })), "merge"));
    const ModelFiles without = renamed(gpt2, [](std::string name) {
        replace(name, "transformer.h.1.ln_2.bias", "unheard.of");
        return name;
    });
    CHECK(mentions(refusal(without), "transformer.h.1.ln_2.bias"));
}

TEST_CASE("an unembedding that differs from the embedding unties them, and that is said")
{
    const ModelFiles original = open_model_files(data + "/tiny_gpt2");
    std::vector<TensorView> views = original.weights.tensors();
    const TensorView embedding = *original.weights.find("transformer.wte.weight");
    std::vector<std::byte> other(embedding.bytes.begin(), embedding.bytes.end());
    views.push_back(embedding);
    views.back().name = "lm_head.weight";
    ModelFiles files = original;
    files.weights = WeightFiles(views, {});
    CHECK(match_weights(files).notes.empty());
    CHECK(match_weights(files).config.tied_unembedding);
    other.front() ^= std::byte{ 1 };
    views.back().bytes = other;
    files.weights = WeightFiles(views, {});
    const WeightMatches found = match_weights(files);
    CHECK_FALSE(found.config.tied_unembedding);
    CHECK(found.tensors.back().view->bytes.data() == other.data());
    REQUIRE(found.notes.size() == 1);
    CHECK(mentions(found.notes.front(), "tie_word_embeddings"));
    CHECK(mentions(found.notes.front(), "transformers 5"));
}

TEST_CASE("an embedding that is shortened while it is compared with the unembedding is refused")
{
    const samples::TemporaryFolder folder;
    std::filesystem::copy(data + "/tiny_gpt2", folder / "model");
    const std::filesystem::path file = folder / "model" / "model.safetensors";
    ModelFiles files = open_model_files((folder / "model").string());
    const Safetensors stored = Safetensors::open(file);
    std::vector<TensorView> views = stored.tensors();
    TensorView unembedding = *stored.find("transformer.wte.weight");
    unembedding.name = "lm_head.weight";
    views.push_back(unembedding);
    files.weights = WeightFiles(std::move(views), { stored.mapping() });
    CHECK(match_weights(files).notes.empty());
    std::filesystem::resize_file(file, 100); // within a page
    CHECK(mentions(refusal(files), "shortened while it was read"));
}
