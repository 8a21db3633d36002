#pragma once

#include "core/architecture/model_files.h"

#include <filesystem>

namespace circuitloom {

/// The files of a checkpoint. Where it has no tokenizer of its own, that of the folder in which it
/// lies, where a Trainer leaves it. Throws as open_model_files().
ModelFiles open_checkpoint_files(const std::filesystem::path& directory);

} // namespace circuitloom
