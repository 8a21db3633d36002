#pragma once

#include "core/tokenizer/token_prefixes.h"
#include "core/tokenizer/word_model.h"

#include <string>

namespace circuitloom {

/// WordPiece, as BERT uses it: the longest token that a word begins with, then the longest that
/// its rest begins with among those that continue a word (`##s`), and so on. A word that cannot be
/// cut so to its end is unknown as a whole.
class WordPiece : public WordModel
{
public:
    /// From the `model` of a tokenizer.json. Throws InputError.
    explicit WordPiece(const JsonObject& model);

    void encode(std::string_view word, std::vector<WordToken>& tokens) const override;

private:
    void encode_unknown(std::string_view word, std::vector<WordToken>& tokens) const;

    TokenPrefixes first_;
    TokenPrefixes following_; ///< without the prefix of tokens that continue a word
    std::string unknown_;
    std::size_t max_characters_ = 0; ///< a longer word is unknown
    std::string where_; ///< for messages
};

} // namespace circuitloom
