#pragma once

#include <string>
#include <string_view>

namespace circuitloom {

/// What a tokenizer class of transformers does beyond what tokenizer.json says, in its versions
/// 4.57 and 5. Found from their behaviour: tests/data/tokenizer_rules.
struct TokenizerClass
{
    std::string_view name = {}; ///< without `Fast`; empty for the one that adds nothing of its own
    /// The special tokens it takes where the configuration does not name them; empty: none.
    std::string_view bos = {};
    std::string_view eos = {};
    std::string_view unknown = {};
    std::string_view padding = {};
    std::string_view mask = {};
    /// add_bos_token and add_eos_token replace the post-processor of tokenizer.json in 4.57, …
    bool settings_count_in_4 = false;
    bool adds_bos_in_4 = false; ///< … where add_bos_token is absent, this does
    /// In 5 nothing is added around a text, whatever tokenizer.json says.
    bool frameless_in_5 = false;
    /// The beginning and the end stand around a text, as RoBERTa has them.
    bool framed = false;
    /// It can be made from vocab.json and merges.txt.
    bool reads_files = false;
    /// add_prefix_space of the configuration (absent: false) replaces tokenizer.json's.
    bool sets_prefix_space = false;
    /// In 5 it adds its special tokens once more, without white space or word boundaries.
    bool adds_special_again = false;
};

/// What is known of a model and its tokenizer before its tokens are looked at.
struct TokenizerDeclaration
{
    std::string class_name; ///< of tokenizer_config.json, or config.json; empty where neither says
    std::string model_type; ///< of config.json; empty where there is none
    bool byte_level = false; ///< tokenizer.json spells bytes as characters
    bool has_tokenizer_json = true; ///< rather than vocab.json and merges.txt
};

/// Null where that version knows no such class, and so does not load the tokenizer.
const TokenizerClass* class_in_transformers4(const TokenizerDeclaration& declaration);
const TokenizerClass& class_in_transformers5(const TokenizerDeclaration& declaration);

} // namespace circuitloom
