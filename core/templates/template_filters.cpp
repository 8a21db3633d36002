#include "core/base/utf8.h"
#include "core/templates/template_functions.h"
#include "core/templates/template_operators.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>

namespace circuitloom::templates {

namespace {

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
        if (made.size() > most_bytes)
            throw Complaint("a text becomes too long");
    }
    return made;
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
    const char* until = text.data() + (text.find_last_not_of(space) + 1); // none of it: 0
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
    if (value.is_string()) {
        const std::size_t size = length_of(value);
        const std::size_t at = last ? size - 1 : 0;
        return size == 0 ? undefined()
                         : Json(characters(value.get_ref<const std::string&>(), at, at + 1));
    }
    const std::vector<Json> items = items_of(value);
    return items.empty() ? undefined() : last ? items.back() : items.front();
}

Json reversed(const Json& value, const Arguments&)
{
    if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        const std::vector<std::size_t> offsets = character_offsets(text);
        std::string turned;
        for (std::size_t i = offsets.size() - 1; i-- > 0;)
            turned.append(text, offsets[i], offsets[i + 1] - offsets[i]);
        return turned;
    }
    std::vector<Json> items = items_of(value);
    std::ranges::reverse(items);
    return list_of(std::move(items));
}

/// The arguments are those of the tojson that transformers gives templates.
Json as_json(const Json& value, const Arguments& arguments)
{
    JsonStyle style;
    style.ensure_ascii = is_true(arguments.at(0, "ensure_ascii", false));
    if (const Json indent = arguments.at(1, "indent", nullptr); !indent.is_null()) {
        style.indent
            = static_cast<int>(std::clamp<std::int64_t>(require_whole(indent, "indent"), 0, 64));
        style.between_items = ",";
    }
    if (const Json separators = arguments.at(2, "separators", nullptr); !separators.is_null()) {
        if (!separators.is_array() || separators.size() != 2)
            throw Complaint("separators must be two texts");
        style.between_items = require_text(separators[0], "a separator");
        style.behind_key = require_text(separators[1], "a separator");
    }
    style.sort_keys = is_true(arguments.at(3, "sort_keys", false));
    return json_text(value, style);
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
    if (value.is_number_integer()) {
        const auto number = value.get<std::int64_t>();
        return number < 0 ? operated("-", 0, number) : value;
    }
    return std::abs(require_number(value, "what abs takes"));
}

Json rounded(const Json& value, const Arguments& arguments)
{
    const double factor = std::pow(
        10.0, static_cast<double>(require_whole(arguments.at(0, "precision", 0), "precision")));
    const double scaled = require_number(value, "what round takes") * factor;
    const std::string method = require_text(arguments.at(1, "method", "common"), "method");
    if (method != "common" && method != "ceil" && method != "floor")
        throw Complaint("round knows the methods common, ceil and floor, not " + method);
    return (method == "ceil"           ? std::ceil(scaled)
                   : method == "floor" ? std::floor(scaled)
                                       : std::nearbyint(scaled))
        / factor;
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
        { "default", with_default },
        { "d", with_default },
        { "join", joined },
        { "tojson", as_json },
        { "items", [](const Json& value, const Arguments&) { return pairs_of(value); } },
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

Json Arguments::take(std::size_t place, const std::string& name)
{
    if (place < values.size())
        return std::exchange(values[place], undefined());
    for (auto& [given, value] : named)
        if (given == name)
            return std::exchange(value, undefined());
    return undefined();
}

Json filtered(const std::string& name, const Json& value, const Arguments& arguments, Work& work)
{
    const ItemFilter of_items = item_filter(name);
    return of_items ? of_items(value, arguments, work) : filtered(name, value, arguments);
}

Json filtered(const std::string& name, const Json& value, const Arguments& arguments)
{
    if (const Filter of_order = order_filter(name))
        return of_order(value, arguments);
    const auto found = filters().find(name);
    if (found == filters().end())
        throw Complaint("the filter " + name + " is not known");
    return found->second(value, arguments);
}

} // namespace circuitloom::templates
