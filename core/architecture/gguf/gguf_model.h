#pragma once

#include "core/formats/gguf.h"
#include "core/architecture/model_files.h"

namespace circuitloom {

/// A GGUF file as if it were a directory in the Hugging Face layout; its tensors keep the file
/// mapped. Throws InputError where the model or its tokenizer is of a kind that is not supported.
ModelFiles gguf_model_files(const Gguf& file);
/// Only the configuration (`weights` has no tensors).
ModelFiles gguf_model_description(const Gguf& file);

} // namespace circuitloom
