#pragma once

#include "core/architecture/model_config.h"
#include "core/architecture/weight_layout.h"
#include "core/formats/json_input.h"

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
extern const Family gptj_family;
extern const Family opt_family;
extern const Family phi3_family;
extern const Family granite_family;
extern const Family smollm3_family;
extern const Family gemma_family;
extern const Family gemma2_family;
extern const Family gemma3_family;
extern const Family olmo2_family;

std::span<const Family* const> all_families();
const Family& family_of(ModelFamily family);

} // namespace circuitloom
