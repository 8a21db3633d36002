#include "core/tokenizer/model_tokenizer.h"

#include "core/base/error.h"
#include "core/formats/json_input.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace circuitloom {

namespace {

// Of any configuration, also one of a family that is not supported.
std::optional<int> vocabulary_of(const ModelFiles& files)
{
    if (files.config_json.empty())
        return std::nullopt;
    const auto json = parse_json(files.config_json, files.origin + ": config.json");
    const nlohmann::json* size = JsonObject(json, files.origin + ": config.json").find("vocab_size");
    if (!size || !size->is_number_integer() || size->get<std::int64_t>() < 1)
        return std::nullopt; // whoever reads the model says so
    return static_cast<int>(
        std::min<std::int64_t>(size->get<std::int64_t>(), std::numeric_limits<int>::max()));
}

Tokenizer read_tokenizer(const ModelFiles& files)
{
    if (files.tokenizer_json.empty() && (files.vocabulary_json.empty() || files.merges.empty()))
        throw InputError("The model " + files.origin
            + " has no tokenizer.json, nor vocab.json and merges.txt in its place.");
    return Tokenizer::from_files({ .origin = files.origin,
        .tokenizer_json = files.tokenizer_json,
        .tokenizer_config_json = files.tokenizer_config_json,
        .special_tokens_map_json = files.special_tokens_map_json,
        .added_tokens_json = files.added_tokens_json,
        .vocabulary_json = files.vocabulary_json,
        .merges = files.merges,
        .config_json = files.config_json });
}

} // namespace

Tokenizer tokenizer_of(const ModelFiles& files)
{
    Tokenizer tokenizer = read_tokenizer(files);
    if (const std::optional<int> vocabulary = vocabulary_of(files))
        tokenizer.set_model_vocabulary(*vocabulary);
    return tokenizer;
}

} // namespace circuitloom
