#pragma once

#include "core/base/ids.h"
#include "core/formats/tensor_view.h"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace circuitloom {

/// The additions of a LoRA run of `file` at a checkpoint (the latest one without `checkpoint`) as
/// PyPI's peft loads them onto the untouched model: adapter_config.json and
/// adapter_model.safetensors in `directory`. `type` is f32, f16 or bf16. Needs LibTorch, but its
/// header does not. Throws InputError where the run is of another method, has no such checkpoint,
/// or the untouched model is no longer the one that the run began with.
void export_adapter(const std::filesystem::path& file, RunId run,
    std::optional<std::int64_t> checkpoint, const std::filesystem::path& directory,
    ElementType type);

} // namespace circuitloom
