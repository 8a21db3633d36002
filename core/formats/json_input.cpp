#include "core/formats/json_input.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <utility>

namespace circuitloom {

namespace {

constexpr std::size_t max_depth = 64;
constexpr std::size_t longest_step = 24; ///< bytes of a key on the way to a fault
/// Beyond what any tokenizer or header needs. A value takes up to some 150 bytes of memory,
/// whatever the few bytes of text that ask for it.
constexpr std::size_t max_values = std::size_t{ 1 } << 22;

/// Builds the value while the text is read, and refuses by name what no honest file has: a key
/// that comes twice in an object, deep nesting, or more values than max_values.
class ValueBuilder
{
public:
    using Json = nlohmann::json;

    explicit ValueBuilder(std::string_view origin)
        : origin_(origin)
    {
    }

    Json take() { return std::move(root_); }

    // What nlohmann's parser calls; false would stop it.
    bool null() { return put(nullptr); }
    bool boolean(bool value) { return put(value); }
    bool number_integer(std::int64_t value) { return put(value); }
    bool number_unsigned(std::uint64_t value) { return put(value); }
    bool number_float(double value, const std::string&) { return put(value); }
    bool string(std::string& value) { return put(std::move(value)); }
    bool binary(Json::binary_t& value) { return put(std::move(value)); }
    bool start_object(std::size_t) { return open(Json::value_t::object); }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(Json::value_t::array); }
    bool end_array() { return close(); }
    bool key(std::string& name)
    {
        Level& level = levels_.back();
        const auto [place, is_new]
            = level.value->get_ref<Json::object_t&>().try_emplace(std::move(name));
        if (!is_new)
            fail(path() + ": the key " + for_message(place->first) + " comes twice");
        level.key = &place->first;
        level.place = &place->second;
        return true;
    }
    bool parse_error(std::size_t byte, const std::string&, const Json::exception& error)
    {
        const bool too_large = dynamic_cast<const Json::out_of_range*>(&error) != nullptr;
        fail(origin_
            + (too_large ? ": a number in the JSON is too large" : ": not valid JSON in UTF-8")
            + " at byte " + std::to_string(byte));
    }

private:
    /// An object or a list that is still open.
    struct Level
    {
        Json* value;
        const std::string* key = nullptr; ///< of an object: of its latest value
        Json* place = nullptr; ///< of an object: where that value goes
    };

    [[noreturn]] static void fail(const std::string& what) { throw InputError(what + "."); }

    template <class Value>
    Json* place_for(Value&& value)
    {
        if (++values_ > max_values)
            fail(origin_ + ": the JSON has more than " + std::to_string(max_values) + " values");
        Json* place = &root_;
        if (!levels_.empty() && levels_.back().value->is_array())
            return &levels_.back().value->get_ref<Json::array_t&>().emplace_back(
                std::forward<Value>(value));
        if (!levels_.empty())
            place = levels_.back().place;
        *place = Json(std::forward<Value>(value));
        return place;
    }
    template <class Value>
    bool put(Value&& value)
    {
        place_for(std::forward<Value>(value));
        return true;
    }
    bool open(Json::value_t kind)
    {
        if (levels_.size() == max_depth)
            fail(path() + ": the JSON is nested deeper than " + std::to_string(max_depth)
                + " levels");
        levels_.push_back({ place_for(kind) });
        return true;
    }
    bool close()
    {
        levels_.pop_back();
        return true;
    }

    /// The origin and what leads to the innermost open object or list: `file: model: merges[3]`.
    std::string path() const
    {
        std::string text = origin_;
        for (std::size_t i = 0; i + 1 < levels_.size(); ++i) {
            const Level& level = levels_[i];
            text += level.key ? ": " + for_message(*level.key, longest_step)
                              : "[" + std::to_string(level.value->size() - 1) + "]";
        }
        return text;
    }

    std::string origin_;
    Json root_;
    std::vector<Level> levels_;
    std::size_t values_ = 0;
};

} // namespace

nlohmann::json parse_json(std::string_view text, std::string_view origin)
{
    ValueBuilder builder(origin);
    nlohmann::json::sax_parse(text, &builder);
    return builder.take();
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
