#pragma once

#include "core/formats/gguf.h"
#include "core/architecture/weight_files.h"

namespace circuitloom {

/// The tensors under Hugging Face's names, with Hugging Face's shapes and, where llama.cpp moved
/// rows or transposed, a note of it. Throws InputError naming the tensor where it is none that
/// such a model has, or where its shape does not allow what llama.cpp does to it.
WeightFiles gguf_weights(const Gguf& file);

/// Whether the unembedding is the embedding: absent, or a copy of it.
bool gguf_ties_unembedding(const Gguf& file);

} // namespace circuitloom
