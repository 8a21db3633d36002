#include "core/tokenizer/word_level.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

namespace circuitloom {

WordLevel::WordLevel(const JsonObject& model)
    : WordModel(Vocabulary(model))
    , unknown_(model.text_or("unk_token", "<unk>"))
    , where_(model.where())
{
}

void WordLevel::encode(std::string_view word, std::vector<WordToken>& tokens) const
{
    tokens.clear();
    std::int32_t id = vocabulary().find(word);
    if (id < 0)
        id = vocabulary().find(unknown_);
    if (id < 0)
        throw InputError(where_ + ": unk_token is " + unknown_
            + ", which is not in the vocabulary, nor is the word \"" + for_message(word, 40)
            + "\".");
    tokens.push_back({ id, 0, word.size() });
}

} // namespace circuitloom
