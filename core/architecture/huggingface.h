#pragma once

#include "core/architecture/model_config.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The weights of a directory in the Hugging Face layout: model.safetensors, or the shards that
/// model.safetensors.index.json names, each in that directory or one below it. Throws InputError
/// naming the directory and what is missing or wrong; the files themselves are not opened.
std::vector<std::filesystem::path> weight_files(const std::filesystem::path& directory);

/// Where Hugging Face's libraries keep what they downloaded, from HF_HUB_CACHE, HF_HOME,
/// XDG_CACHE_HOME or HOME, in this order. Empty where none of them is set.
std::filesystem::path hub_cache();

/// The directory of a model in that cache (`org/name`, or `name` alone as in `gpt2`): the snapshot
/// that refs/main names, or the only one. With `@REVISION` behind it, that of a branch, a tag or a
/// commit (its hash or at least seven digits of it). Nothing where the cache has no such model;
/// throws InputError, naming the revisions that are there, where it has the model without this one.
std::optional<std::filesystem::path> find_hub_model(
    std::string_view id, const std::filesystem::path& cache = hub_cache());

struct HubModel
{
    std::string id; ///< as in `HuggingFaceTB/SmolLM2-135M` or `EleutherAI/pythia-70m@step3000`
    std::filesystem::path directory; ///< empty where there is no snapshot
    std::uint64_t bytes = 0; ///< of its weights
    std::optional<ModelConfig> config;
    std::string unusable; ///< why Circuitloom cannot load it; empty where it can
};

/// The models in the cache and their revisions, in the order of their ids. A cache that is not
/// there has none.
std::vector<HubModel> hub_models(const std::filesystem::path& cache = hub_cache());

} // namespace circuitloom
