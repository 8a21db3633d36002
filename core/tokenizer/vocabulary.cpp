#include "core/tokenizer/vocabulary.h"

namespace circuitloom {

Vocabulary::Vocabulary(const JsonObject& model)
{
    const nlohmann::json& tokens = model.at("vocab");
    if (!tokens.is_object())
        model.fail("vocab", "must be a JSON object");
    ids_.reserve(tokens.size());
    for (const auto& [token, id] : tokens.items()) {
        if (!id.is_number_integer() || id.get<std::int64_t>() < 0
            || id.get<std::int64_t>() > max_id)
            model.fail("vocab", "has an id that is no number from 0 to " + std::to_string(max_id));
        ids_.emplace(token, id.get<std::int32_t>());
    }
}

std::int32_t Vocabulary::find(std::string_view token) const
{
    const auto found = ids_.find(token);
    return found == ids_.end() ? -1 : found->second;
}

} // namespace circuitloom
