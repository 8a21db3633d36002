#include "core/tokenizer/unigram.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tokenizer/byte_tokens.h"

#include <algorithm>
#include <limits>

namespace circuitloom {

namespace {

/// An unknown character costs so much more than the least likely token.
constexpr double unknown_penalty = 10;
/// Stands for it where the file names no token for what is unknown.
constexpr std::int32_t no_token = -1;

/// Calls `use(token, score)` for every entry of `vocab`, in order.
template <class Use>
void for_each_piece(const JsonObject& model, Use use)
{
    for (const nlohmann::json& piece : model.array("vocab")) {
        if (!piece.is_array() || piece.size() != 2 || !piece[0].is_string()
            || !piece[1].is_number())
            model.fail("vocab", "must be a list of pairs of a token and its score");
        use(piece[0].get<std::string>(), piece[1].get<double>());
    }
}

Vocabulary vocabulary_of(const JsonObject& model)
{
    Vocabulary vocabulary;
    std::int32_t id = 0;
    for_each_piece(model, [&](std::string token, double) {
        if (id > Vocabulary::max_id)
            model.fail("vocab", "has more than " + std::to_string(Vocabulary::max_id) + " tokens");
        if (token.size() > TokenPrefixes::max_bytes)
            model.fail("vocab",
                "has a token of more than " + std::to_string(TokenPrefixes::max_bytes)
                    + " bytes, which is not supported for Unigram");
        vocabulary.set(std::move(token), id++);
    });
    return vocabulary;
}

} // namespace

Unigram::Unigram(const JsonObject& model)
    : WordModel(vocabulary_of(model))
    , prefixes_({ vocabulary().ids().begin(), vocabulary().ids().end() })
    , byte_tokens_(byte_tokens(vocabulary()))
    , byte_fallback_(model.boolean_or("byte_fallback", false))
    , where_(model.where())
{
    for_each_piece(model, [this](const std::string&, double score) { scores_.push_back(score); });
    if (model.has("unk_id"))
        unknown_ = static_cast<std::int32_t>(
            model.integer("unk_id", 0, static_cast<std::int64_t>(scores_.size()) - 1));
    unknown_score_ = (scores_.empty() ? 0 : *std::ranges::min_element(scores_)) - unknown_penalty;
}

void Unigram::fail_unknown(std::string_view part) const
{
    throw InputError(where_ + ": no tokens make up \"" + for_message(part, 40)
        + "\", and unk_id names no token for what is unknown.");
}

std::vector<Unigram::Path> Unigram::best_paths(std::string_view word) const
{
    std::vector<Path> paths(word.size() + 1);
    const auto consider = [&](std::size_t begin, std::size_t end, double score, std::int32_t id) {
        const double sum = paths[begin].score + score;
        if (!paths[end].reached || sum > paths[end].score)
            paths[end] = { sum, begin, id, true };
    };
    for (std::size_t begin = 0; begin < word.size();) {
        const std::size_t character = character_bytes(word[begin]);
        bool has_token = false;
        prefixes_.for_each(word.substr(begin), [&](std::size_t bytes, std::int32_t id) {
            consider(begin, begin + bytes, scores_[static_cast<std::size_t>(id)], id);
            has_token = has_token || bytes == character;
        });
        if (!has_token)
            consider(begin, begin + character, unknown_score_, unknown_.value_or(no_token));
        begin += character;
    }
    return paths;
}

/// What a part of the word that is one token, or unknown, becomes.
void Unigram::append(std::string_view word, std::size_t begin, std::size_t end,
    std::vector<WordToken>& tokens) const
{
    const std::string_view part = word.substr(begin, end - begin);
    if (const std::int32_t id = vocabulary().find(part); id >= 0) {
        tokens.push_back({ id, begin, end });
        return;
    }
    const auto token = [this](char byte) { return byte_tokens_[static_cast<unsigned char>(byte)]; };
    if (byte_fallback_ && std::ranges::all_of(part, [&](char byte) { return token(byte) >= 0; })) {
        for (const char byte : part)
            tokens.push_back({ token(byte), begin, end });
        return;
    }
    if (!unknown_)
        fail_unknown(part);
    tokens.push_back({ *unknown_, begin, end });
}

void Unigram::encode(std::string_view word, std::vector<WordToken>& tokens) const
{
    tokens.clear();
    const std::vector<Path> paths = best_paths(word);
    // Backwards; neighbouring unknown characters are one unknown part.
    std::vector<std::size_t> begins;
    bool after_unknown = false;
    for (std::size_t end = word.size(); end > 0; end = paths[end].begin) {
        const bool unknown = unknown_ && paths[end].last == *unknown_;
        if (unknown && after_unknown)
            begins.back() = paths[end].begin;
        else
            begins.push_back(paths[end].begin);
        after_unknown = unknown;
    }
    for (std::size_t i = begins.size(); i > 0; --i)
        append(word, begins[i - 1], i > 1 ? begins[i - 2] : word.size(), tokens);
}

} // namespace circuitloom
