#pragma once

#include "core/architecture/model_files.h"
#include "core/model/transformer.h"

#include <filesystem>
#include <string>

namespace circuitloom {

/// Reads the weights straight into a model's tensors, converted to `dtype`; mapped files leave the
/// memory again as they are read, so that the peak is about the model itself. Throws InputError
/// naming file and tensor where one is missing, not called for, of the wrong shape or type, or
/// holds a number that is not finite in `dtype`.
Transformer load_transformer(const ModelFiles& files, torch::Device device, torch::Dtype dtype);

/// config.json and model.safetensors into `directory`, which is made where missing. `type` is f32,
/// f16 or bf16. Throws ResourceError where the disk refuses, InputError where a weight is too
/// large for f16.
void save_transformer(const Transformer& model, const std::filesystem::path& directory,
    ElementType type = ElementType::f32);

/// A hash of the configuration and of every weight, in hexadecimal: two models with the same one
/// compute the same. Taken over the files as they lie on disk.
std::string model_fingerprint(const ModelFiles& files);

} // namespace circuitloom
