#pragma once

#include "core/formats/json_input.h"

#include <string_view>

namespace circuitloom {

/// What tokenizer.json would say of a byte-level tokenizer that has only vocab.json and merges.txt:
/// GPT-2's, or Qwen2's where tokenizer_config.json names that class. Its special tokens are those
/// that tokenizer_config.json (null: none) lists, and GPT-2's `<|endoftext|>`. Throws InputError.
nlohmann::json tokenizer_of_vocabulary_files(std::string_view vocab_json,
    std::string_view merges_txt, const nlohmann::json& config, const std::string& origin);

} // namespace circuitloom
