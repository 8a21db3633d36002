#include "core/base/error.h"
#include "core/formats/safetensors.h"
#include "core/tuning/adapter_export.h"
#include "core/engine/checkpoint_export.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <torch/types.h>

#include <cstring>
#include <fstream>
#include <set>

using namespace circuitloom;
using testing::Folder;
using testing::tiny_run;
using testing::tune;
using testing::Watcher;

namespace {

torch::Tensor values(const Safetensors& file, const std::string& name)
{
    const TensorView* view = file.find(name);
    REQUIRE_MESSAGE(view, name);
    std::vector<float> numbers(view->bytes.size() / sizeof(float));
    std::memcpy(numbers.data(), view->bytes.data(), view->bytes.size());
    return torch::tensor(numbers).reshape(view->shape);
}

// What a pattern of peft's gives a module: the pattern is the end of its name.
double of_module(const nlohmann::json& patterns, const std::string& module, double otherwise)
{
    for (const auto& [pattern, value] : patterns.items())
        if (module.ends_with("." + pattern))
            return value.get<double>();
    return otherwise;
}

} // namespace

TEST_CASE("a LoRA run's adapter on the untouched weights gives the whole export's, as peft adds it")
{
    const Folder folder;
    for (const char* name : { "tiny_gpt2", "tiny_llama" })
        for (const char* targets : { "q,k,v,o,mlp", "q,v", "mlp" }) {
            CAPTURE(name);
            CAPTURE(targets);
            RunConfig config = tiny_run(folder);
            config.model = std::string(CIRCUITLOOM_TEST_DATA) + "/" + name;
            config.method = TuningMethod::lora;
            config.lora_rank = 2;
            config.lora_alpha = 3;
            config.lora_targets = targets;
            const auto file = folder / "run.loom";
            std::filesystem::remove(file);
            Watcher watcher;
            tune(config, file, watcher);
            export_adapter(file, watcher.run, std::nullopt, folder / "adapter", ElementType::f32);
            export_tuned_model(file, watcher.run, std::nullopt, folder / "whole", ElementType::f32,
                ExportedPart::whole);

            std::ifstream text(folder / "adapter" / "adapter_config.json");
            const auto described = nlohmann::json::parse(text);
            CHECK(described["peft_type"] == "LORA");
            CHECK(described["fan_in_fan_out"] == (std::string(name) == "tiny_gpt2"));
            const auto adapter
                = Safetensors::open(folder / "adapter" / "adapter_model.safetensors");
            const auto before
                = Safetensors::open(std::filesystem::path(config.model) / "model.safetensors");
            const auto after = Safetensors::open(folder / "whole" / "model.safetensors");
            std::set<std::string> adapted;
            for (const TensorView& tensor : adapter.tensors()) {
                const std::string end = ".lora_A.weight";
                if (!tensor.name.ends_with(end))
                    continue;
                const std::string prefix = "base_model.model.";
                REQUIRE(tensor.name.starts_with(prefix));
                const std::string module = tensor.name.substr(
                    prefix.size(), tensor.name.size() - prefix.size() - end.size());
                adapted.insert(module + ".weight");
                bool targeted = false;
                for (const auto& target : described["target_modules"])
                    targeted = targeted || module.ends_with("." + target.get<std::string>());
                CHECK(targeted);
                const auto a = values(adapter, prefix + module + ".lora_A.weight");
                const auto b = values(adapter, prefix + module + ".lora_B.weight");
                const double rank = of_module(
                    described["rank_pattern"], module, described["r"].get<double>());
                const double alpha
                    = of_module(
                        described["alpha_pattern"], module, described["lora_alpha"].get<double>());
                CHECK(a.size(0) == rank);
                auto added = alpha / rank * torch::matmul(b, a);
                if (described["fan_in_fan_out"].get<bool>())
                    added = added.t();
                CHECK(added.abs().max().item<double>() > 0);
                CHECK(torch::allclose(values(before, module + ".weight") + added,
                    values(after, module + ".weight"), 1e-5, 1e-7));
            }
            CHECK(!adapted.empty());
            for (const TensorView& tensor : after.tensors()) {
                const TensorView* old = before.find(tensor.name);
                REQUIRE(old);
                CHECK(
                    std::ranges::equal(old->bytes, tensor.bytes) != adapted.contains(tensor.name));
            }
        }
}

TEST_CASE("a run of another method has no adapter, and says so")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    Watcher watcher;
    tune(config, folder / "run.loom", watcher);
    CHECK_THROWS_WITH_AS(export_adapter(folder / "run.loom", watcher.run, std::nullopt,
                             folder / "adapter", ElementType::f32),
        doctest::Contains("of the method circuit; only lora has an adapter"), InputError);
    CHECK_FALSE(std::filesystem::exists(folder / "adapter"));
}
