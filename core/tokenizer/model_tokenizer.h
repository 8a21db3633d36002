#pragma once

#include "core/architecture/model_files.h"
#include "core/tokenizer/tokenizer.h"

namespace circuitloom {

/// The tokenizer of a model. Throws InputError where it has none, or one that is not supported.
Tokenizer tokenizer_of(const ModelFiles& files);

} // namespace circuitloom
