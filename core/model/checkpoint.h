#pragma once

#include "core/formats/model_files.h"
#include "core/model/transformer.h"

#include <filesystem>
#include <string>

namespace circuitloom {

/// Copies the weights out of the files, converted to `dtype`. Throws InputError naming the tensor
/// that is missing or whose shape or type does not fit config.json.
Transformer load_transformer(const ModelFiles& files, torch::Device device, torch::Dtype dtype);

/// config.json and model.safetensors (float32) into `directory`, which is made where missing.
/// Throws ResourceError where the disk refuses.
void save_transformer(const Transformer& model, const std::filesystem::path& directory);

/// A hash of the configuration and of every weight, in hexadecimal: two models with the same one
/// compute the same. Taken over the files as they lie on disk.
std::string model_fingerprint(const ModelFiles& files);

} // namespace circuitloom
