#include "core/architecture/adapter.h"
#include "core/formats/safetensors.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <string>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

/// The scale of each module of an adapter of rank 2 whose alpha_pattern is this text.
std::map<std::string, double> scales(const std::string& pattern)
{
    const TemporaryFolder folder;
    std::ofstream(folder / "adapter_config.json")
        << R"({"peft_type": "LORA", "lora_alpha": 2, "alpha_pattern": )" << pattern
        << R"(, "other": {"alpha_pattern": {"v_proj": 1}, "k_proj": 1}})";
    const std::vector<float> numbers(4, 1.0F);
    std::vector<TensorView> tensors;
    for (const char* layer : { "0", "1" })
        for (const char* module : { "q_proj", "v_proj" })
            for (const char* matrix : { "lora_A", "lora_B" })
                tensors.push_back({ std::string("base_model.model.model.layers.") + layer
                        + ".self_attn." + module + "." + matrix + ".weight",
                    ElementType::f32, { 2, 2 }, std::as_bytes(std::span(numbers)) });
    write_safetensors(folder / "adapter_model.safetensors", tensors);
    std::map<std::string, double> found;
    for (const LowRankChange& change : open_adapter(folder.path()).changes)
        found[change.module] = change.scale;
    return found;
}

} // namespace

TEST_CASE("of several patterns that fit a module the first in the file counts")
{
    const std::string q0 = "model.layers.0.self_attn.q_proj";
    const std::string q1 = "model.layers.1.self_attn.q_proj";
    auto found = scales(R"({"q_proj": 16, "layers.0.self_attn.q_proj": 32})");
    CHECK(found.at(q0) == 8);
    CHECK(found.at(q1) == 8);
    CHECK(found.at("model.layers.0.self_attn.v_proj") == 1);
    found = scales(R"({"layers.0.self_attn.q_proj": 32, "q_proj": 16})");
    CHECK(found.at(q0) == 16);
    CHECK(found.at(q1) == 8);
    found = scales(R"({"z": 1, "1.self_attn.q_proj": 5, "q_proj": 16, "a": 3})");
    CHECK(found.at(q0) == 8);
    found = scales("null");
    CHECK(found.at(q0) == 1);
}
