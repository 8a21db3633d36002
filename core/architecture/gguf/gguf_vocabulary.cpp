#include "core/architecture/gguf/gguf_vocabulary.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>

namespace circuitloom {

namespace {

constexpr std::size_t max_tokens = 1 << 21;
constexpr std::size_t max_merges = std::size_t{ 1 } << 22;
/// Beyond this, cutting a token at every place would take long.
constexpr std::size_t max_merged_bytes = 256;

using Ids = std::unordered_map<std::string_view, std::int32_t>;

GgufTokenType token_type(const GgufMetadata& metadata, std::int64_t number)
{
    if (number < 1 || number > 6)
        metadata.fail(
            "tokenizer.ggml.token_type", "has the unknown type " + std::to_string(number));
    return static_cast<GgufTokenType>(number);
}

/// Those that text can be joined into.
bool is_piece(GgufTokenType type)
{
    return type == GgufTokenType::normal || type == GgufTokenType::user_defined;
}

struct ScoredMerge
{
    GgufMerge merge;
    float score = 0;
    std::size_t left_characters = 0;
    std::size_t right_characters = 0;
    std::int32_t left_id = 0;
};

/// Every way of cutting `token` into two pieces, by the left one's id.
std::vector<ScoredMerge> cuts(std::string_view token, float score, const Ids& pieces)
{
    std::vector<ScoredMerge> found;
    const std::vector<std::size_t> offsets = character_offsets(token);
    const std::size_t characters = offsets.size() - 1;
    for (std::size_t i = 1; i < characters; ++i) {
        const GgufMerge merge = { token.substr(0, offsets[i]), token.substr(offsets[i]) };
        const auto left = pieces.find(merge.left);
        if (left != pieces.end() && pieces.contains(merge.right))
            found.push_back({ merge, score, i, characters - i, left->second });
    }
    std::ranges::sort(found, {}, &ScoredMerge::left_id);
    return found;
}

} // namespace

GgufVocabulary read_gguf_vocabulary(const GgufMetadata& metadata)
{
    constexpr const char* tokens_key = "tokenizer.ggml.tokens";
    constexpr const char* types_key = "tokenizer.ggml.token_type";
    GgufVocabulary vocabulary;
    vocabulary.tokens = metadata.texts(tokens_key, max_tokens);
    vocabulary.types.resize(vocabulary.tokens.size(), GgufTokenType::normal);
    if (metadata.has(types_key)) {
        const std::vector<std::int64_t> numbers = metadata.integers(types_key, max_tokens);
        if (numbers.size() != vocabulary.tokens.size())
            metadata.fail(types_key,
                "has " + std::to_string(numbers.size()) + " entries, but there are "
                    + std::to_string(vocabulary.tokens.size()) + " tokens");
        for (std::size_t i = 0; i < numbers.size(); ++i)
            vocabulary.types[i] = token_type(metadata, numbers[i]);
    }
    Ids ids;
    for (std::size_t i = 0; i < vocabulary.tokens.size(); ++i) {
        if (vocabulary.tokens[i].empty()) // an unused number
            continue;
        const auto [place, inserted]
            = ids.emplace(vocabulary.tokens[i], static_cast<std::int32_t>(i));
        if (!inserted)
            metadata.fail(tokens_key,
                "has the same token as number " + std::to_string(place->second) + " and "
                    + std::to_string(i));
    }
    return vocabulary;
}

std::vector<GgufMerge> merges_from_scores(
    const GgufMetadata& metadata, const GgufVocabulary& vocabulary)
{
    constexpr const char* key = "tokenizer.ggml.scores";
    const std::vector<float> scores = metadata.numbers(key, max_tokens);
    if (scores.size() != vocabulary.tokens.size())
        metadata.fail(key,
            "has " + std::to_string(scores.size()) + " entries, but there are "
                + std::to_string(vocabulary.tokens.size()) + " tokens");
    Ids pieces;
    for (std::size_t i = 0; i < scores.size(); ++i)
        if (is_piece(vocabulary.types[i]))
            pieces.emplace(vocabulary.tokens[i], static_cast<std::int32_t>(i));
    std::vector<ScoredMerge> scored;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const std::string_view token = vocabulary.tokens[i];
        if (!is_piece(vocabulary.types[i]))
            continue;
        if (token.size() > max_merged_bytes)
            metadata.fail("tokenizer.ggml.tokens",
                "has a token of " + std::to_string(token.size()) + " bytes, number "
                    + std::to_string(i) + "; at most " + std::to_string(max_merged_bytes)
                    + " are supported");
        const std::vector<ScoredMerge> found = cuts(token, scores[i], pieces);
        scored.insert(scored.end(), found.begin(), found.end());
        if (scored.size() > max_merges)
            metadata.fail("tokenizer.ggml.tokens",
                "can be joined in more than " + std::to_string(max_merges) + " ways");
    }
    std::ranges::stable_sort(scored, [](const ScoredMerge& a, const ScoredMerge& b) {
        return std::tie(a.score, a.left_characters, a.right_characters)
            > std::tie(b.score, b.left_characters, b.right_characters);
    });
    std::vector<GgufMerge> merges;
    merges.reserve(scored.size());
    for (const ScoredMerge& one : scored)
        merges.push_back(one.merge);
    return merges;
}

} // namespace circuitloom
