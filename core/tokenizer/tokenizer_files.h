#pragma once

#include <string>
#include <string_view>

namespace circuitloom {

/// The texts that make up a model's tokenizer; empty where there is no such file.
struct TokenizerFiles
{
    std::string origin; ///< for messages: the directory or the file
    std::string_view tokenizer_json = {};
    std::string_view tokenizer_config_json = {};
    std::string_view special_tokens_map_json = {};
    std::string_view added_tokens_json = {};
    /// The older form, which counts where tokenizer_json is empty.
    std::string_view vocabulary_json = {};
    std::string_view merges = {};
    /// The model's config.json: its model_type tells the tokenizer's class where
    /// tokenizer_config_json does not.
    std::string_view config_json = {};
};

} // namespace circuitloom
