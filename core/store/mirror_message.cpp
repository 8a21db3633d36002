#include "core/store/mirror_message.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/json_input.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

// What malloc adds, and the node of a map.
constexpr std::size_t of_block = 48;
constexpr std::size_t of_node = 96;

struct Kind
{
    std::string_view type;
    std::array<std::string_view, 3> fields; ///< besides the type
};
constexpr std::array kinds{
    Kind{ "rows", { "table", "columns", "rows" } },
    Kind{ "clear", { "table", "key" } },
    Kind{ "commit", { "have", "alive" } },
};

} // namespace

std::string require_known_fields(const Json& message, const std::string& name)
{
    std::string type = JsonObject(message, name).text("type");
    const auto kind = std::ranges::find(kinds, type, &Kind::type);
    if (kind == kinds.end())
        throw InputError(name + ": " + for_message(type) + " is no kind of message.");
    for (const auto& [field, value] : message.items())
        if (field.empty()
            || (field != "type" && std::ranges::find(kind->fields, field) == kind->fields.end()))
            throw InputError(
                name + ": " + for_message(field) + " is no field of the type " + type + ".");
    return type;
}

std::size_t memory_of(const Json& value)
{
    std::size_t sum = sizeof(Json);
    if (value.is_string())
        sum += of_block + value.get_ref<const std::string&>().size();
    else if (value.is_binary())
        sum += of_block + value.get_binary().size();
    else if (value.is_structured())
        sum += of_block;
    if (value.is_array())
        for (const Json& one : value)
            sum += memory_of(one);
    if (value.is_object())
        for (const auto& [key, one] : value.items())
            sum += of_node + key.size() + memory_of(one);
    return sum;
}

} // namespace circuitloom
