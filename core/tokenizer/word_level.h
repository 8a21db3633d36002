#pragma once

#include "core/tokenizer/word_model.h"

#include <string>

namespace circuitloom {

/// Every word is one token, or the unknown token.
class WordLevel : public WordModel
{
public:
    /// From the `model` of a tokenizer.json. Throws InputError.
    explicit WordLevel(const JsonObject& model);

    void encode(std::string_view word, std::vector<WordToken>& tokens) const override;

private:
    std::string unknown_;
    std::string where_; ///< for messages
};

} // namespace circuitloom
