#pragma once

#include <string>

namespace circuitloom {

/// The token that a field of a tokenizer's configuration (a value of nlohmann's) names: `"<s>"`, or
/// an object that has it as its content; empty where it is neither.
template <class Json>
std::string token_name(const Json& config, const char* field)
{
    const auto found = config.find(field);
    if (found == config.end())
        return {};
    const Json value = found->is_object() ? found->value("content", Json()) : *found;
    return value.is_string() ? value.template get<std::string>() : std::string();
}

} // namespace circuitloom
