#include "core/architecture/model_config.h"

#include "core/architecture/families/family.h"
#include "core/architecture/families/refused.h"
#include "core/base/error.h"

#include <cmath>

namespace circuitloom {

namespace {

nlohmann::ordered_json token_or_null(int token)
{
    return token < 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(token);
}

std::string supported_families()
{
    std::string names;
    for (const Family* family : all_families())
        names += (names.empty()                            ? ""
                         : family == all_families().back() ? " and "
                                                           : ", ")
            + std::string(family->model_type);
    return names;
}

} // namespace

double ModelConfig::score_scale(int layer) const
{
    const double scale
        = attention_scale > 0 ? attention_scale : 1 / std::sqrt(static_cast<double>(head_dim));
    return scale_by_layer ? scale / (layer + 1) : scale;
}

ModelConfig parse_model_config(std::string_view config_json, std::string_view origin)
{
    const nlohmann::json parsed = parse_json(config_json, origin);
    const JsonObject json(parsed, std::string(origin));
    const std::string type = json.text("model_type");
    for (const Family* family : all_families())
        if (family->model_type == type)
            return family->read(json);
    const std::string_view reason = reason_refused(type);
    json.fail("model_type",
        "is " + type + (reason.empty() ? "" : ", " + std::string(reason)) + "; "
            + supported_families() + " are supported");
}

std::string model_config_json(const ModelConfig& config, std::string_view dtype)
{
    const Family& family = family_of(config.family);
    nlohmann::ordered_json json = family.write(config);
    json["model_type"] = family.model_type;
    json["vocab_size"] = config.vocabulary;
    json["tie_word_embeddings"] = config.tied_unembedding;
    json["bos_token_id"] = token_or_null(config.bos_token);
    json["eos_token_id"] = token_or_null(config.eos_token);
    json["torch_dtype"] = dtype;
    return json.dump(2) + "\n";
}

std::string_view family_name(ModelFamily family)
{
    return family_of(family).model_type;
}

} // namespace circuitloom
