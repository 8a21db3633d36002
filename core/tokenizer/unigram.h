#pragma once

#include "core/tokenizer/token_prefixes.h"
#include "core/tokenizer/word_model.h"

#include <array>
#include <optional>
#include <string>

namespace circuitloom {

/// Sentencepiece's unigram language model (T5, XLM-R): of all ways of cutting a word into tokens
/// the one whose scores have the greatest sum (Kudo 2018, arXiv:1804.10959), found by dynamic
/// programming in time proportional to the word.
class Unigram : public WordModel
{
public:
    /// From the `model` of a tokenizer.json, where `vocab` is a list of `[token, score]` and a
    /// token's place is its id. Throws InputError.
    explicit Unigram(const JsonObject& model);

    void encode(std::string_view word, std::vector<WordToken>& tokens) const override;

private:
    /// The best way to cut the word up to some byte: its sum, and its last token.
    struct Path
    {
        double score = 0;
        std::size_t begin = 0;
        std::int32_t last = 0;
        bool reached = false;
    };
    std::vector<Path> best_paths(std::string_view word) const;
    void append(std::string_view word, std::size_t begin, std::size_t end,
        std::vector<WordToken>& tokens) const;
    [[noreturn]] void fail_unknown(std::string_view part) const;

    TokenPrefixes prefixes_;
    std::vector<double> scores_; ///< by id
    std::optional<std::int32_t> unknown_;
    double unknown_score_ = 0;
    std::array<std::int32_t, 256> byte_tokens_{}; ///< of `<0x00>` and so on; -1 where absent
    bool byte_fallback_ = false;
    std::string where_; ///< for messages
};

} // namespace circuitloom
