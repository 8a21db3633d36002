// Adapters in PEFT's layout, added to a model as it is read. tests/support/compare_adapter_with_peft.py
// compares such a model with peft's.
#include "core/architecture/model_files.h"
#include "core/architecture/weight_layout.h"
#include "core/base/error.h"
#include "core/engine/export_model.h"
#include "core/formats/safetensors.h"
#include "core/model/checkpoint.h"
#include "core/model/stored_order.h"
#include "tests/support/program.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

using namespace circuitloom;
using namespace circuitloom::testing;
using samples::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

const std::string data = CIRCUITLOOM_TEST_DATA;
constexpr std::int64_t rank = 3;

nlohmann::json plain_config(const std::string& base)
{
    return { { "peft_type", "LORA" }, { "base_model_name_or_path", base }, { "r", rank },
        { "lora_alpha", 6 } };
}

/// An adapter of random matrices for the modules of a model's blocks.
struct MadeAdapter
{
    std::map<std::string, std::pair<torch::Tensor, torch::Tensor>> matrices; ///< A and B, by module

    explicit MadeAdapter(const ModelConfig& config)
    {
        torch::manual_seed(7);
        for (const StoredTensor& stored : stored_tensors(config)) {
            const std::vector<std::int64_t> shape = stored_shape(config, stored);
            if (!std::holds_alternative<ParameterPlace>(stored.place) || shape.size() != 2)
                continue;
            const auto in = stored.transposed ? shape[1] : shape[0];
            const auto out = stored.transposed ? shape[0] : shape[1];
            matrices[module_of(stored)] = { torch::randn({ rank, in }), torch::randn({ out, rank }) };
        }
    }

    static std::string module_of(const StoredTensor& stored)
    {
        return stored.name.substr(0, stored.name.size() - std::string(".weight").size());
    }

    void write(const fs::path& directory, const nlohmann::json& config) const
    {
        fs::create_directories(directory);
        std::ofstream(directory / "adapter_config.json") << config;
        std::vector<TensorView> views;
        const auto add = [&](const std::string& name, const torch::Tensor& tensor) {
            views.push_back({ "base_model.model." + name, ElementType::f32, tensor.sizes().vec(),
                { static_cast<const std::byte*>(tensor.data_ptr()), tensor.nbytes() } });
        };
        for (const auto& [module, pair] : matrices) {
            add(module + ".lora_A.weight", pair.first);
            add(module + ".lora_B.weight", pair.second);
        }
        write_safetensors(directory / "adapter_model.safetensors", views);
    }
};

Transformer load(const std::string& name, torch::Dtype dtype = torch::kFloat64)
{
    return load_transformer(open_model_files(name), torch::kCPU, dtype);
}

/// Every weight is the untouched one, and where the adapter has matrices, scale · B A more.
void check_changed(const Transformer& base, const Transformer& adapted, const MadeAdapter& adapter,
    const std::function<double(const std::string&)>& scale)
{
    Weights before = base.weights();
    Weights after = adapted.weights();
    std::size_t changed = 0;
    for (const StoredTensor& stored : stored_tensors(base.config())) {
        CAPTURE(stored.name);
        const auto was = in_stored_order(before.at(stored.place), stored, base.config());
        const auto is = in_stored_order(after.at(stored.place), stored, base.config());
        const auto found = adapter.matrices.find(MadeAdapter::module_of(stored));
        if (found == adapter.matrices.end()) {
            CHECK(torch::equal(was, is));
            continue;
        }
        ++changed;
        const auto a = found->second.first.to(torch::kFloat64);
        const auto b = found->second.second.to(torch::kFloat64);
        auto product = torch::zeros({ b.size(0), a.size(1) }, torch::kFloat64);
        for (std::int64_t r = 0; r < rank; ++r) // an outer product for each rank
            product += b.select(1, r).unsqueeze(1) * a.select(0, r).unsqueeze(0);
        product *= scale(found->first);
        const auto wanted
            = was + (stored.transposed ? product : product.t()).contiguous().view(was.sizes());
        CHECK(torch::allclose(is, wanted, 1e-12, 1e-12));
        CHECK_FALSE(torch::allclose(is, was, 1e-3, 1e-3));
    }
    CHECK(changed == adapter.matrices.size());
}

std::string refusal(const std::string& name)
{
    try {
        load(name);
    } catch (const InputError& reason) {
        return reason.what();
    }
    return "it was read";
}

} // namespace

TEST_CASE("an adapter adds its product to the matrices that it names, and to nothing else")
{
    for (const char* name : { "tiny_gpt2", "tiny_llama", "tiny_gpt_neox", "tiny_gptj", "tiny_opt",
             "tiny_phi3", "tiny_gemma2", "tiny_qwen3" }) {
        CAPTURE(name);
        const std::string base = data + "/" + name;
        const TemporaryFolder folder;
        const Transformer untouched = load(base);
        const MadeAdapter adapter(untouched.config());
        adapter.write(folder / "a", plain_config("somewhere/else"));
        const Transformer adapted = load(base + " + " + (folder / "a").string());
        check_changed(untouched, adapted, adapter, [](const std::string&) { return 2.0; });
        const ModelFiles files = open_model_files(base + " + " + (folder / "a").string());
        CHECK(model_fingerprint(files) != model_fingerprint(open_model_files(base)));
        // What is read once more is what was read.
        const WeightReader reader(files, adapted);
        const auto all = adapted.weights().all();
        for (std::size_t i = 0; i < all.size(); ++i)
            CHECK(torch::equal(reader.read(i), *all[i]));
    }
}

TEST_CASE("an adapter's scale follows alpha, its patterns, and the root of the rank")
{
    const std::string base = data + "/tiny_llama";
    const TemporaryFolder folder;
    const Transformer untouched = load(base);
    const MadeAdapter adapter(untouched.config());
    nlohmann::json config = plain_config(base);
    config["alpha_pattern"] = { { "layers.1.self_attn.q_proj", 12 }, { "up_proj", 3 } };
    adapter.write(folder / "a", config);
    check_changed(untouched, load((folder / "a").string()), adapter, [](const std::string& module) {
        return module == "model.layers.1.self_attn.q_proj" ? 4.0
            : module.ends_with(".up_proj")                  ? 1.0
                                                            : 2.0;
    });
    config = plain_config(base);
    config["use_rslora"] = true;
    adapter.write(folder / "b", config);
    check_changed(untouched, load((folder / "b").string()), adapter,
        [](const std::string&) { return 6 / std::sqrt(3.0); });
}

TEST_CASE("an adapter's folder is a model, of the base that it names")
{
    const TemporaryFolder folder;
    fs::create_directory(folder / "series");
    fs::copy(data + "/tiny_llama", folder / "series/base", fs::copy_options::recursive);
    const MadeAdapter adapter(load(data + "/tiny_llama").config());
    adapter.write(folder / "series/a", plain_config("../base"));
    CHECK(open_model_files((folder / "series/a").string()).tokenizer_json
        == open_model_files(data + "/tiny_llama").tokenizer_json);
    check_changed(load(data + "/tiny_llama"), load((folder / "series/a").string()), adapter,
        [](const std::string&) { return 2.0; });
    const auto has = [](const std::string& text, const std::string& part) {
        CAPTURE(text);
        CHECK(text.find(part) != std::string::npos);
    };
    // Neither of the two may be written over by who reads them.
    const std::string name = (folder / "series/base + ").string() + (folder / "series/a").string();
    for (const std::string& model : { (folder / "series/a").string(), name })
        for (const char* place : { "series/a", "series/base" }) {
            CAPTURE(place);
            CHECK(std::ranges::any_of(model_places(model),
                [&](const fs::path& one) { return fs::equivalent(one, folder / place); }));
            CHECK_THROWS_WITH_AS(export_model(model, folder / place, ElementType::f32),
                doctest::Contains("give another directory"), InputError);
        }
    adapter.write(folder / "series/a", plain_config("nobody/nothing"));
    has(refusal((folder / "series/a").string()), "nobody/nothing");
    adapter.write(folder / "series/a", plain_config(""));
    has(refusal((folder / "series/a").string()), "--adapter");
}

TEST_CASE("what of an adapter is not read is said by name")
{
    const std::string base = data + "/tiny_llama";
    const TemporaryFolder folder;
    const MadeAdapter adapter(load(base).config());
    const auto with = [&](const std::string& field, const nlohmann::json& value) {
        nlohmann::json config = plain_config(base);
        config[field] = value;
        adapter.write(folder / "a", config);
        return refusal((folder / "a").string());
    };
    const auto has = [](const std::string& text, const std::string& part) {
        CAPTURE(text);
        CHECK(text.find(part) != std::string::npos);
    };
    has(with("peft_type", "IA3"), "peft_type");
    has(with("use_dora", true), "use_dora");
    has(with("modules_to_save", { "lm_head" }), "modules_to_save");
    has(with("alpha_pattern", { { ".*q_proj", 1 } }), "regular expression");
    has(with("modules_to_save", nullptr), "it was read");
    MadeAdapter odd = adapter;
    const auto changed = [&](auto change) {
        odd = adapter;
        change(odd.matrices);
        odd.write(folder / "b", plain_config(base));
        return refusal((folder / "b").string());
    };
    has(changed([](auto& all) { all["model.layers.9.self_attn.q_proj"] = all.begin()->second; }),
        "model.layers.9.self_attn.q_proj");
    has(changed([](auto& all) { all["lm_head"] = all.begin()->second; }), "lm_head");
    has(changed([](auto& all) {
        all["model.layers.0.self_attn.q_proj"].second = torch::randn({ 5, rank });
    }),
        "[5, ");
    has(changed([](auto& all) {
        all["model.layers.0.self_attn.q_proj"].first = torch::randn({ rank + 1, 16 });
    }),
        "of the ranks 4 and 3");
    fs::remove(folder / "b/adapter_model.safetensors");
    std::ofstream(folder / "b/adapter_model.bin") << "pickled";
    has(refusal((folder / "b").string()), "can run code");
    has(refusal(base + " + " + base), "is no adapter");
    adapter.write(folder / "a", plain_config(base));
    has(refusal((folder / "a").string() + " + " + (folder / "a").string()), "two adapters");
}

TEST_CASE("the adapter that a LoRA run exports is the run's model again, wherever a model stands")
{
    const TemporaryFolder folder;
    const auto cli = [&](const std::string& arguments) {
        const Result result = run_cli(folder.path(), arguments);
        CAPTURE(arguments);
        REQUIRE_MESSAGE(result.code == 0, result.errors);
        return result.output;
    };
    cli("tune --preset sv-disagreement --no-capabilities --set circuit.method=lora --set run.steps=4 -o "
        "t.loom");
    cli("models export t.loom --run 1 --adapter -o adapter");
    cli("models export t.loom --run 1 -o whole");
    const Transformer whole = load((folder / "whole").string(), torch::kFloat32);
    const Transformer adapted = load("demo + " + (folder / "adapter").string(), torch::kFloat32);
    const auto wanted = whole.weights().all();
    const auto found = adapted.weights().all();
    REQUIRE(wanted.size() == found.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
        CHECK(torch::allclose(*wanted[i], *found[i], 1e-5, 1e-6));
    CHECK(cli("logits demo --adapter adapter --text 'the keys' --json")
        == cli("logits 'demo + adapter' --text 'the keys' --json"));
    CHECK(cli("logits demo --adapter adapter --text 'the keys' --json")
        != cli("logits demo --text 'the keys' --json"));
    cli("discover demo --adapter adapter --task demo/disagreement --examples 4 -o scores.json");
    cli("tune --preset sv-disagreement --no-capabilities --adapter adapter --set run.steps=2 -o u.loom");
    CHECK(cli("runs u.loom show 1").find("demo + adapter") != std::string::npos);
    CHECK(cli("logits u.loom:1@start --text 'the keys' --json").find("log_probabilities")
        != std::string::npos);
    // An adapter is not written over the one that its run began with.
    cli("tune --preset sv-disagreement --no-capabilities --adapter adapter --set circuit.method=lora "
        "--set run.steps=2 -o v.loom");
    const Result refused
        = run_cli(folder.path(), "models export v.loom --run 1 --adapter --force -o adapter");
    CHECK(refused.code == 1);
    CHECK(refused.errors.find("give another directory") != std::string::npos);
    cli("models export v.loom --run 1 -o again");
}
