#include "core/tokenizer/word_piece.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <limits>

namespace circuitloom {

namespace {

/// The tokens that begin with `prefix`, without it.
TokenPrefixes without_prefix(
    const JsonObject& model, const Vocabulary& vocabulary, std::string_view prefix)
{
    std::vector<std::pair<std::string, std::int32_t>> tokens;
    for (const auto& [token, id] : vocabulary.ids()) {
        if (token.size() > TokenPrefixes::max_bytes)
            model.fail("vocab",
                "has a token of more than " + std::to_string(TokenPrefixes::max_bytes)
                    + " bytes, which is not supported for WordPiece");
        if (token.starts_with(prefix))
            tokens.emplace_back(token.substr(prefix.size()), id);
    }
    return TokenPrefixes(std::move(tokens));
}

} // namespace

WordPiece::WordPiece(const JsonObject& model)
    : WordModel(Vocabulary(model))
    , first_(without_prefix(model, vocabulary(), ""))
    , following_(without_prefix(
          model, vocabulary(), model.text_or("continuing_subword_prefix", "##")))
    , unknown_(model.text_or("unk_token", "[UNK]"))
    , max_characters_(static_cast<std::size_t>(model.integer_or(
          "max_input_chars_per_word", 100, 0, std::numeric_limits<std::int64_t>::max())))
    , where_(model.where())
{
}

void WordPiece::encode_unknown(std::string_view word, std::vector<WordToken>& tokens) const
{
    const std::int32_t id = vocabulary().find(unknown_);
    if (id < 0)
        throw InputError(where_ + ": unk_token is " + unknown_
            + ", which is not in the vocabulary, but no tokens make up the word \""
            + for_message(word, 40) + "\".");
    tokens.assign(1, { id, 0, word.size() });
}

void WordPiece::encode(std::string_view word, std::vector<WordToken>& tokens) const
{
    tokens.clear();
    if (word.size() > max_characters_ && character_offsets(word).size() - 1 > max_characters_)
        return encode_unknown(word, tokens);
    for (std::size_t begin = 0; begin < word.size(); begin = tokens.back().end) {
        WordToken longest{ -1, begin, begin };
        (begin == 0 ? first_ : following_)
            .for_each(word.substr(begin), [&](std::size_t bytes, std::int32_t id) {
                longest = { id, begin, begin + bytes };
            });
        if (longest.id < 0)
            return encode_unknown(word, tokens);
        tokens.push_back(longest);
    }
}

} // namespace circuitloom
