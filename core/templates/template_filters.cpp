#include "core/templates/template_functions.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>

namespace circuitloom::templates {

namespace {

using Filter = Json (*)(const Json& value, const Arguments& arguments);

Json list_of(std::vector<Json> items)
{
    Json list = Json::array();
    for (Json& item : items)
        list.push_back(std::move(item));
    return list;
}

Json attribute_path(Json value, const Json& path)
{
    if (path.is_number_integer()) {
        const auto index = path.get<std::int64_t>();
        return value.is_array() && index >= 0 && index < std::ssize(value)
            ? value[static_cast<std::size_t>(index)]
            : undefined();
    }
    const std::string names = require_text(path, "an attribute");
    for (std::size_t begin = 0; begin <= names.size();) {
        const std::size_t end = std::min(names.find('.', begin), names.size());
        value = attribute_of(value, names.substr(begin, end - begin));
        begin = end + 1;
    }
    return value;
}

Json joined(const Json& value, const Arguments& arguments)
{
    const std::string between = text_of(arguments.at(0, "d", ""));
    const Json attribute = arguments.at(1, "attribute");
    std::string text;
    bool first = true;
    for (const Json& item : items_of(value)) {
        text += first ? "" : between;
        first = false;
        text += text_of(is_undefined(attribute) ? item : attribute_path(item, attribute));
        if (text.size() > most_bytes)
            throw Complaint("a text becomes too long");
    }
    return text;
}

Json with_default(const Json& value, const Arguments& arguments)
{
    const bool also_false = is_true(arguments.at(1, "boolean", false));
    return is_undefined(value) || (also_false && !is_true(value))
        ? arguments.at(0, "default_value", "")
        : value;
}

Arguments without_first(const Arguments& arguments, std::size_t count)
{
    Arguments rest = arguments;
    rest.values.erase(rest.values.begin(),
        rest.values.begin() + static_cast<std::ptrdiff_t>(std::min(count, rest.values.size())));
    return rest;
}

Json mapped(const Json& value, const Arguments& arguments)
{
    const Json attribute = arguments.at(99, "attribute");
    Json made = Json::array();
    for (const Json& item : items_of(value)) {
        if (is_undefined(attribute)) {
            made.push_back(filtered(
                require_text(arguments.at(0, ""), "a filter"), item, without_first(arguments, 1)));
            continue;
        }
        Json found = attribute_path(item, attribute);
        made.push_back(is_undefined(found) ? arguments.at(99, "default") : std::move(found));
    }
    return made;
}

/// select, reject, selectattr and rejectattr.
template <bool by_attribute, bool wanted>
Json chosen(const Json& value, const Arguments& arguments)
{
    constexpr std::size_t place = by_attribute ? 1 : 0;
    const Json test = arguments.at(place, "");
    Json made = Json::array();
    for (const Json& item : items_of(value)) {
        const Json tested = by_attribute ? attribute_path(item, arguments.at(0, "")) : item;
        const bool holds = is_undefined(test) ? is_true(tested)
                                              : passes_test(require_text(test, "a test"), tested,
                                                  without_first(arguments, place + 1));
        if (holds == wanted)
            made.push_back(item);
    }
    return made;
}

Json sorted(const Json& value, const Arguments& arguments)
{
    std::vector<Json> items = items_of(value);
    const Json attribute = arguments.at(2, "attribute");
    const auto key = [&](const Json& item) {
        return is_undefined(attribute) ? item : attribute_path(item, attribute);
    };
    const auto below = [&](const Json& a, const Json& b) { return order_of(key(a), key(b)) < 0; };
    std::ranges::stable_sort(items, below);
    if (is_true(arguments.at(0, "reverse", false)))
        std::ranges::reverse(items);
    return list_of(std::move(items));
}

Json dictionary_items(const Json& value, const Arguments&)
{
    Json made = Json::array();
    if (is_undefined(value))
        return made;
    if (!value.is_object())
        throw Complaint("items needs a dictionary, not " + kind_of(value));
    for (const auto& [key, item] : value.items())
        made.push_back(Json::array({ key, item }));
    return made;
}

Json indented(const Json& value, const Arguments& arguments)
{
    const Json width = arguments.at(0, "width", 4);
    const std::string space = width.is_string()
        ? width.get<std::string>()
        : std::string(static_cast<std::size_t>(
                          std::clamp<std::int64_t>(require_whole(width, "width"), 0, 100)),
            ' ');
    const bool first = is_true(arguments.at(1, "first", false));
    const bool blank = is_true(arguments.at(2, "blank", false));
    const std::string text = text_of(value);
    std::string made = first ? space : "";
    for (std::size_t i = 0; i < text.size(); ++i) {
        made += text[i];
        if (text[i] == '\n' && (blank || (i + 1 < text.size() && text[i + 1] != '\n')))
            made += space;
    }
    return made;
}

Json unique(const Json& value, const Arguments&)
{
    std::vector<Json> kept;
    for (Json& item : items_of(value))
        if (std::ranges::none_of(kept, [&](const Json& one) { return are_equal(one, item); }))
            kept.push_back(std::move(item));
    return list_of(std::move(kept));
}

/// The number that the value is, or that its whole text is but for the space around it.
std::optional<double> number_in(const Json& value)
{
    if (value.is_number())
        return value.get<double>();
    constexpr std::string_view space = " \t\n\r\f\v";
    const std::string text = text_of(value);
    const std::size_t begin = std::min(text.find_first_not_of(space), text.size());
    const char* from = text.data() + begin + (text[begin] == '+' ? 1 : 0);
    const char* until = text.data() + text.find_last_not_of(space) + 1;
    double number = 0;
    const auto [end, error] = std::from_chars(from, std::max(from, until), number);
    return error == std::errc() && end == until ? std::optional(number) : std::nullopt;
}

Json whole_number(const Json& value, const Arguments& arguments)
{
    if (value.is_number_integer())
        return value;
    constexpr double beyond = 9.2e18; // about what a whole number can be
    const std::optional<double> number = number_in(value);
    return number && std::abs(*number) < beyond ? Json(static_cast<std::int64_t>(*number))
                                                : arguments.at(0, "default", 0);
}

Json number(const Json& value, const Arguments& arguments)
{
    const std::optional<double> number = number_in(value);
    return number ? Json(*number) : arguments.at(0, "default", 0.0);
}

Json end_item(const Json& value, bool last)
{
    const std::vector<Json> items = items_of(value);
    return items.empty() ? undefined() : last ? items.back() : items.front();
}

Json extreme(const Json& value, int sign)
{
    Json found = undefined();
    for (Json& item : items_of(value))
        if (is_undefined(found) || order_of(item, found) * sign > 0)
            found = std::move(item);
    return found;
}

Json reversed(const Json& value, const Arguments&)
{
    std::vector<Json> items = items_of(value);
    std::ranges::reverse(items);
    if (!value.is_string())
        return list_of(std::move(items));
    std::string text;
    for (const Json& item : items)
        text += item.get_ref<const std::string&>();
    return text;
}

Json as_json(const Json& value, const Arguments& arguments)
{
    const Json indent = arguments.at(99, "indent", nullptr);
    return json_text(value,
        indent.is_null()
            ? -1
            : static_cast<int>(std::clamp<std::int64_t>(require_whole(indent, "indent"), 0, 64)));
}

/// A filter that is a method of texts.
template <const char* name>
Json text_method(const Json& value, const Arguments& arguments)
{
    return method_result(name, text_of(value), arguments);
}
constexpr char upper_name[] = "upper";
constexpr char lower_name[] = "lower";
constexpr char title_name[] = "title";
constexpr char capitalize_name[] = "capitalize";
constexpr char replace_name[] = "replace";
constexpr char strip_name[] = "strip";

Json absolute(const Json& value, const Arguments&)
{
    if (value.is_number_integer())
        return std::abs(value.get<std::int64_t>());
    return std::abs(require_number(value, "what abs takes"));
}

Json rounded(const Json& value, const Arguments& arguments)
{
    const double factor = std::pow(
        10.0, static_cast<double>(require_whole(arguments.at(0, "precision", 0), "precision")));
    return std::nearbyint(require_number(value, "what round takes") * factor) / factor;
}

const std::map<std::string, Filter>& filters()
{
    static const std::map<std::string, Filter> all{
        { "trim", text_method<strip_name> },
        { "upper", text_method<upper_name> },
        { "lower", text_method<lower_name> },
        { "title", text_method<title_name> },
        { "capitalize", text_method<capitalize_name> },
        { "replace", text_method<replace_name> },
        { "string", [](const Json& value, const Arguments&) -> Json { return text_of(value); } },
        { "safe", [](const Json& value, const Arguments&) -> Json { return value; } },
        { "length", [](const Json& value, const Arguments&) -> Json { return length_of(value); } },
        { "count", [](const Json& value, const Arguments&) -> Json { return length_of(value); } },
        { "list", [](const Json& value, const Arguments&) { return list_of(items_of(value)); } },
        { "first", [](const Json& value, const Arguments&) { return end_item(value, false); } },
        { "last", [](const Json& value, const Arguments&) { return end_item(value, true); } },
        { "min", [](const Json& value, const Arguments&) { return extreme(value, -1); } },
        { "max", [](const Json& value, const Arguments&) { return extreme(value, 1); } },
        { "default", with_default },
        { "d", with_default },
        { "join", joined },
        { "tojson", as_json },
        { "items", dictionary_items },
        { "dictsort",
            [](const Json& value, const Arguments& arguments) {
                return sorted(dictionary_items(value, arguments), {});
            } },
        { "map", mapped },
        { "select", chosen<false, true> },
        { "reject", chosen<false, false> },
        { "selectattr", chosen<true, true> },
        { "rejectattr", chosen<true, false> },
        { "sort", sorted },
        { "unique", unique },
        { "reverse", reversed },
        { "indent", indented },
        { "int", whole_number },
        { "float", number },
        { "abs", absolute },
        { "round", rounded },
    };
    return all;
}

} // namespace

Json Arguments::at(std::size_t place, const std::string& name, Json otherwise) const
{
    if (place < values.size())
        return values[place];
    for (const auto& [given, value] : named)
        if (given == name)
            return value;
    return otherwise;
}

Json filtered(const std::string& name, const Json& value, const Arguments& arguments)
{
    const auto found = filters().find(name);
    if (found == filters().end())
        throw Complaint("the filter " + name + " is not known");
    return found->second(value, arguments);
}

} // namespace circuitloom::templates
