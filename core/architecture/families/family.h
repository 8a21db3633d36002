#pragma once

#include "core/formats/json_input.h"
#include "core/architecture/model_config.h"
#include "core/architecture/weight_layout.h"

#include <span>
#include <string_view>
#include <vector>

namespace circuitloom {

/// One architecture of Hugging Face's transformers: its configuration and its tensors' names. What
/// it computes is all in ModelConfig.
struct Family
{
    std::string_view model_type;
    /// Throws InputError.
    ModelConfig (*read)(const JsonObject& config_json);
    /// The fields of config.json that are this family's own.
    nlohmann::ordered_json (*write)(const ModelConfig& config);
    std::vector<StoredTensor> (*tensors)(const ModelConfig& config);
};

extern const Family gpt2_family;
extern const Family llama_family;
extern const Family mistral_family;
extern const Family qwen2_family;
extern const Family qwen3_family;
extern const Family gpt_neox_family;
extern const Family gpt_neo_family;

std::span<const Family* const> all_families();
const Family& family_of(ModelFamily family);

} // namespace circuitloom
