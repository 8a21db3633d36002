#include "core/formats/json_input.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/value_builder.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace circuitloom {

nlohmann::json parse_json(std::string_view text, std::string_view origin)
{
    ValueBuilder builder(origin, "JSON", text);
    nlohmann::json::sax_parse(text, &builder);
    return builder.take();
}

nlohmann::json parse_python_json(std::string_view text, std::string_view origin)
{
    constexpr std::string_view words[] = { "-Infinity", "Infinity", "NaN" };
    std::string json;
    json.reserve(text.size());
    bool in_string = false;
    for (std::size_t at = 0; at < text.size();) {
        const char byte = text[at];
        if (in_string && byte == '\\' && at + 1 < text.size()) {
            json += text.substr(at, 2);
            at += 2;
            continue;
        }
        in_string = in_string != (byte == '"');
        const auto word = std::ranges::find_if(words,
            [&](std::string_view one) { return !in_string && text.substr(at).starts_with(one); });
        if (word == std::end(words)) {
            json += byte;
            ++at;
        } else {
            json += "null";
            at += word->size();
        }
    }
    return parse_json(json, origin);
}

JsonObject::JsonObject(const nlohmann::json& value, std::string where)
    : value_(&value)
    , where_(std::move(where))
{
    if (!value.is_object())
        throw InputError(where_ + ": must be a JSON object.");
}

void JsonObject::fail(const char* field, const std::string& what) const
{
    throw InputError(where_ + ": " + for_message(field) + " " + for_message(what) + ".");
}

const nlohmann::json* JsonObject::find(const char* field) const
{
    const auto found = value_->find(field);
    return found == value_->end() || found->is_null() ? nullptr : &*found;
}

const nlohmann::json& JsonObject::at(const char* field) const
{
    const nlohmann::json* value = find(field);
    if (!value)
        fail(field, "is missing");
    return *value;
}

std::int64_t JsonObject::integer(const char* field, std::int64_t least, std::int64_t most) const
{
    const nlohmann::json& value = at(field);
    const std::string range = std::to_string(least) + " to " + std::to_string(most);
    if (!value.is_number_integer())
        fail(field, "must be a whole number from " + range);
    const bool huge = value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX;
    if (huge || value.get<std::int64_t>() < least || value.get<std::int64_t>() > most)
        fail(field, "is " + value.dump() + "; it must be from " + range);
    return value.get<std::int64_t>();
}

std::int64_t JsonObject::integer_or(
    const char* field, std::int64_t otherwise, std::int64_t least, std::int64_t most) const
{
    return has(field) ? integer(field, least, most) : otherwise;
}

double JsonObject::number_or(const char* field, double otherwise, double least, double most) const
{
    const nlohmann::json* value = find(field);
    if (!value)
        return otherwise;
    if (!value->is_number())
        fail(field, "must be a number");
    const double number = value->get<double>();
    if (!(number >= least && number <= most)) {
        const nlohmann::json range = { least, most };
        fail(field, "is " + value->dump() + "; it must lie in " + range.dump());
    }
    return number;
}

bool JsonObject::boolean_or(const char* field, bool otherwise) const
{
    const nlohmann::json* value = find(field);
    if (value && !value->is_boolean())
        fail(field, "must be true or false");
    return value ? value->get<bool>() : otherwise;
}

std::string JsonObject::text(const char* field) const
{
    const nlohmann::json& value = at(field);
    if (!value.is_string())
        fail(field, "must be a string");
    return value.get<std::string>();
}

std::string JsonObject::text_or(const char* field, std::string otherwise) const
{
    return has(field) ? text(field) : std::move(otherwise);
}

const nlohmann::json& JsonObject::array(const char* field) const
{
    const nlohmann::json& value = at(field);
    if (!value.is_array())
        fail(field, "must be a list");
    return value;
}

JsonObject JsonObject::object(const char* field) const
{
    return JsonObject(at(field), where_ + ": " + for_message(field));
}

std::vector<JsonObject> JsonObject::objects(const char* field) const
{
    std::vector<JsonObject> result;
    for (const nlohmann::json& value : array(field)) {
        const std::string index = std::to_string(result.size());
        result.emplace_back(value, where_ + ": " + field + "[" + index + "]");
    }
    return result;
}

} // namespace circuitloom
