#pragma once

#include "core/architecture/weight_files.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// W + scale · B A in place of the matrix W of one module (LoRA, arXiv 2106.09685).
struct LowRankChange
{
    std::string module; ///< as in `model.layers.0.self_attn.q_proj`
    TensorView down; ///< A, [rank, in]
    TensorView up; ///< B, [out, rank]
    double scale = 1; ///< lora_alpha / rank, with use_rslora lora_alpha / √rank
};

/// A low-rank adapter in the layout of PEFT: adapter_config.json and adapter_model.safetensors.
struct Adapter
{
    std::filesystem::path directory;
    std::vector<LowRankChange> changes; ///< in the order of their modules
    WeightFiles weights; ///< keep the bytes of the changes alive
};

/// Whether the directory holds an adapter, and no model.
bool is_adapter(const std::filesystem::path& directory);

/// The name of the model that an adapter belongs to, as its adapter_config.json gives it: of a
/// folder relative to the adapter's, where one lies there. Throws InputError where it names none.
std::string base_of_adapter(const std::filesystem::path& directory);

/// Throws InputError naming file and field, or tensor, where it is no such adapter or has parts that
/// are not read: DoRA, adapted embeddings, trained biases, whole modules (modules_to_save), patterns
/// of modules that are regular expressions.
Adapter open_adapter(const std::filesystem::path& directory);

/// A model's name may be `MODEL + DIRECTORY`, the model with the adapter in that directory.
struct AdaptedName
{
    std::string model;
    std::filesystem::path adapter;
};
/// Nothing where the name is none of these.
std::optional<AdaptedName> adapted_name(std::string_view name);
std::string to_string(const AdaptedName& name);

} // namespace circuitloom
