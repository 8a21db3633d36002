#pragma once

#include "core/formats/gguf.h"

#include <string_view>
#include <vector>

namespace circuitloom {

/// How a byte-level tokenizer of a GGUF file splits a text into words.
struct GgufWordRule
{
    /// Regular expressions at whose matches the text is split, one after another.
    std::vector<std::string_view> splits;
    bool gpt2_words = false; ///< and after them GPT-2's words
    bool nfc = false; ///< the text is composed first
    bool ignore_merges = false; ///< a word that is a token needs no merges
    bool adds_bos = false; ///< where the file does not say
};

/// The rule that tokenizer.ggml.pre names, as llama.cpp (src/llama-vocab.cpp) knows them; the
/// normalization is that of the tokenizers in Hugging Face's layout. Throws InputError naming the
/// key where the name is unknown or asks for something else than such splits.
GgufWordRule gguf_word_rule(const GgufMetadata& metadata);

} // namespace circuitloom
