#pragma once

#include "core/formats/gguf.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace circuitloom {

/// What tokenizer.ggml.token_type says of a token, under sentencepiece's numbers.
enum class GgufTokenType
{
    normal = 1,
    unknown = 2,
    control = 3,
    user_defined = 4,
    unused = 5,
    byte = 6
};

/// The tokens of a file, by id; the texts are views into it.
struct GgufVocabulary
{
    std::vector<std::string_view> tokens;
    std::vector<GgufTokenType> types; ///< as many
};

/// Throws InputError where the arrays do not fit each other, a token comes twice or a type is
/// unknown.
GgufVocabulary read_gguf_vocabulary(const GgufMetadata& metadata);

/// Two tokens that are joined into one.
struct GgufMerge
{
    std::string_view left;
    std::string_view right;
};

/// The merges of a sentencepiece BPE in the order in which they apply, as Hugging Face's
/// converters derive them: every way of cutting a token into two others, the highest score of the
/// whole first, then the longest left part. Throws InputError where `scores` are not as many as
/// the tokens, or a token is absurdly long.
std::vector<GgufMerge> merges_from_scores(
    const GgufMetadata& metadata, const GgufVocabulary& vocabulary);

} // namespace circuitloom
