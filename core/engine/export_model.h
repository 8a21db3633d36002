#pragma once

#include "core/architecture/model_files.h"
#include "core/run/questions.h"

#include <filesystem>
#include <string_view>

namespace circuitloom {

/// Writes `model` (as parse_model_reference() takes it) as a directory in the Hugging Face layout:
/// config.json, model.safetensors and the tokenizer's files. `type` is f32, f16 or bf16. Needs
/// LibTorch, but its header does not. Throws InputError where a weight is too large for the type,
/// ResourceError where the disk refuses.
void export_model(std::string_view model, const std::filesystem::path& directory, ElementType type,
    const AnswerProgress& progress = {});
/// The tokenizer's files alone, as far as the model has them.
void write_tokenizer(const ModelFiles& files, const std::filesystem::path& directory);

} // namespace circuitloom
