#pragma once

#include "core/base/ids.h"
#include "core/formats/tensor_view.h"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace circuitloom {

/// What of a tuned model is written.
enum class ExportedPart
{
    whole, ///< a directory that loads as a model: config.json, model.safetensors, the tokenizer
    difference ///< difference.safetensors: the tensors that differ from the untouched model's
};

/// The model as a run of `file` had made it at a checkpoint (the latest one without `checkpoint`),
/// into `directory`, in the Hugging Face layout. `type` is f32, f16 or bf16. Needs LibTorch, but
/// its header does not. Throws InputError where the run has no such checkpoint, or the untouched
/// model is no longer the one that the run began with.
void export_tuned_model(const std::filesystem::path& file, RunId run,
    std::optional<std::int64_t> checkpoint, const std::filesystem::path& directory,
    ElementType type, ExportedPart part);

} // namespace circuitloom
