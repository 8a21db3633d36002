#include "core/tokenizer/model_tokenizer.h"

#include "core/base/error.h"
#include "core/formats/json_input.h"
#include "core/tokenizer/named_token.h"

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
    const auto json = parse_json(files.config_json, files.config_origin);
    const nlohmann::json* size = JsonObject(json, files.config_origin).find("vocab_size");
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

/// As transformers has them: tokenizer_config.json names both, and where it names neither
/// config.json has their ids.
std::int32_t prefix_token_of(const ModelFiles& files, const Tokenizer& tokenizer)
{
    if (!files.tokenizer_config_json.empty()) {
        const auto config = parse_json(
            files.tokenizer_config_json, files.origin + ": tokenizer_config.json");
        for (const char* field : { "bos_token", "eos_token" })
            if (const std::string name = token_name(config, field); !name.empty())
                if (const std::int32_t id = tokenizer.find(name); id >= 0)
                    return id;
    }
    if (files.config_json.empty())
        return -1;
    const auto config = parse_json(files.config_json, files.config_origin);
    for (const char* field : { "bos_token_id", "eos_token_id" }) {
        const auto found = config.find(field);
        const auto* id = found == config.end()
            ? nullptr
            : found->get_ptr<const nlohmann::json::number_integer_t*>();
        if (id && *id >= 0 && *id < tokenizer.vocabulary_size())
            return static_cast<std::int32_t>(*id);
    }
    return -1;
}

} // namespace

Tokenizer tokenizer_of(const ModelFiles& files)
{
    Tokenizer tokenizer = read_tokenizer(files);
    if (const std::optional<int> vocabulary = vocabulary_of(files))
        tokenizer.set_model_vocabulary(*vocabulary);
    tokenizer.set_prefix_token(prefix_token_of(files, tokenizer));
    return tokenizer;
}

} // namespace circuitloom
