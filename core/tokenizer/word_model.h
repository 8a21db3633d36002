#pragma once

#include "core/tokenizer/vocabulary.h"

#include <memory>
#include <string_view>
#include <vector>

namespace circuitloom {

/// A token and the part of a word that it stands for, in bytes.
struct WordToken
{
    std::int32_t id = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// How a word (what the pre-tokenizer leaves together) becomes tokens. Immutable once made, and
/// safe to share between threads.
class WordModel
{
public:
    virtual ~WordModel() = default;

    /// The tokens of `word` (valid UTF-8, not empty) replace what is in `tokens`. Throws InputError
    /// where a part of the word needs the unknown token and there is none.
    virtual void encode(std::string_view word, std::vector<WordToken>& tokens) const = 0;
    const Vocabulary& vocabulary() const { return vocabulary_; }

protected:
    explicit WordModel(Vocabulary vocabulary)
        : vocabulary_(std::move(vocabulary))
    {
    }

private:
    Vocabulary vocabulary_;
};

/// From the `model` of a tokenizer.json: BPE, WordPiece, WordLevel or Unigram; where an old file
/// does not say which, what its fields tell. Throws InputError.
std::unique_ptr<WordModel> read_word_model(const JsonObject& model);

} // namespace circuitloom
