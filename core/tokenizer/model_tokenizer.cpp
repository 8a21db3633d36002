#include "core/tokenizer/model_tokenizer.h"

#include "core/base/error.h"

namespace circuitloom {

Tokenizer tokenizer_of(const ModelFiles& files)
{
    if (!files.tokenizer_json.empty())
        return Tokenizer::from_json(
            files.tokenizer_json, files.tokenizer_config_json, files.origin);
    if (files.vocabulary_json.empty() || files.merges.empty())
        throw InputError("The model " + files.origin
            + " has no tokenizer.json, nor vocab.json and merges.txt in its place.");
    return Tokenizer::from_vocab_and_merges(
        files.vocabulary_json, files.merges, files.tokenizer_config_json, files.origin);
}

} // namespace circuitloom
