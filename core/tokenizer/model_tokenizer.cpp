#include "core/tokenizer/model_tokenizer.h"

#include "core/base/error.h"

namespace circuitloom {

Tokenizer tokenizer_of(const ModelFiles& files)
{
    if (files.tokenizer_json.empty())
        throw InputError("The model " + files.origin + " has no tokenizer.json.");
    return Tokenizer::from_json(files.tokenizer_json, files.tokenizer_config_json, files.origin);
}

} // namespace circuitloom
