#include "core/architecture/gguf/gguf_model.h"

#include "core/architecture/gguf/gguf_config.h"
#include "core/architecture/gguf/gguf_tokenizer.h"
#include "core/architecture/gguf/gguf_weights.h"

namespace circuitloom {

ModelFiles gguf_model_files(const Gguf& file)
{
    ModelFiles files = gguf_model_description(file);
    GgufTokenizer tokenizer = gguf_tokenizer(file);
    files.tokenizer_json = std::move(tokenizer.tokenizer_json);
    files.tokenizer_config_json = std::move(tokenizer.tokenizer_config_json);
    files.weights = gguf_weights(file);
    return files;
}

ModelFiles gguf_model_description(const Gguf& file)
{
    ModelFiles files;
    files.origin = file.origin();
    files.config_origin = files.origin;
    files.config_json = gguf_config_json(file);
    return files;
}

} // namespace circuitloom
