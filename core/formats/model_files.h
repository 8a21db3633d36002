#pragma once

#include "core/formats/weight_files.h"

#include <string>
#include <string_view>

namespace circuitloom {

/// What the Hugging Face layout holds of one model, wherever it lies.
struct ModelFiles
{
    std::string origin; ///< for messages: `demo`, the directory or the file
    std::string config_json;
    std::string tokenizer_json;
    std::string tokenizer_config_json; ///< empty where there is none
    WeightFiles weights;
};

/// `demo`, a .gguf file, or a directory with config.json, tokenizer.json and model.safetensors.
/// Throws InputError naming what is missing.
ModelFiles open_model_files(std::string_view model);
/// Only config.json, for inspecting a model whose weights are absent (`weights` has no tensors).
ModelFiles open_model_description(std::string_view model);

} // namespace circuitloom
