#pragma once

#include "core/formats/json_input.h"
#include "core/tokenizer/tokenizer_class.h"

#include <string_view>

namespace circuitloom {

/// The class by which a tokenizer without a tokenizer.json is made: the one that is declared, or
/// that of the model, GPT2Tokenizer where neither is known. Throws InputError where it makes none
/// of vocab.json and merges.txt.
const TokenizerClass& class_of_vocabulary_files(
    const TokenizerDeclaration& declaration, const JsonObject& settings);

/// Gives `tokenizer` the normalizer, pre-tokenizer and decoder that a byte-level class makes for
/// itself. `settings` is tokenizer_config.json.
void set_steps(nlohmann::json& tokenizer, const TokenizerClass& type, const JsonObject& settings);

/// What tokenizer.json would say of a byte-level tokenizer that has only vocab.json and merges.txt,
/// without added tokens. `settings` is tokenizer_config.json. Throws InputError.
nlohmann::json tokenizer_of_vocabulary_files(std::string_view vocab_json,
    std::string_view merges_txt, const TokenizerClass& type, const JsonObject& settings,
    const std::string& origin);

} // namespace circuitloom
