#pragma once

#include "core/formats/gguf.h"

#include <string>

namespace circuitloom {

/// The tokenizer that lies inside the file, as the files that Hugging Face's libraries write.
struct GgufTokenizer
{
    std::string tokenizer_json;
    std::string tokenizer_config_json;
};

/// For the kinds gpt2 (byte-level BPE) and llama (sentencepiece's BPE, whose merges follow from
/// the scores). Throws InputError naming the file and the key where one is missing or does not fit
/// the others, and for other kinds and pre-tokenizers.
GgufTokenizer gguf_tokenizer(const Gguf& file);

} // namespace circuitloom
