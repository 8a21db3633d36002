#pragma once

#include "core/architecture/model_files.h"

#include <nlohmann/json.hpp>

#include <string>

namespace circuitloom {

/// What `models inspect` says of the special tokens that a model's tokenizer puts around a text, by
/// the rules of transformers 5 and, where they differ, of 4.57; why where it cannot be read. Empty
/// where the model has no tokenizer.
std::string special_tokens_text(const ModelFiles& files);
/// The same as fields; null where the model has no tokenizer or it cannot be read.
nlohmann::ordered_json special_tokens_json(const ModelFiles& files);

} // namespace circuitloom
