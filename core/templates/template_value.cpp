#include "core/templates/template_value.h"

#include "core/base/utf8.h"
#include "core/templates/text_search.h"

#include <algorithm>

namespace circuitloom::templates {

Json undefined()
{
    return Json(nlohmann::detail::value_t::discarded);
}

bool is_undefined(const Json& value)
{
    return value.is_discarded();
}

bool is_true(const Json& value)
{
    if (value.is_boolean())
        return value.get<bool>();
    if (value.is_number())
        return value.get<double>() != 0;
    if (value.is_string())
        return !value.get_ref<const std::string&>().empty();
    return value.is_structured() && !value.empty();
}

namespace {

constexpr int deepest_value = 200;

std::size_t bytes_within(const Json& value, int depth)
{
    if (depth > deepest_value)
        throw Complaint(
            "a value is nested deeper than " + std::to_string(deepest_value) + " levels");
    std::size_t bytes = 2 * sizeof(Json); // a list has room to grow
    if (value.is_string() || value.is_structured())
        bytes += bytes_beside;
    if (value.is_string())
        bytes += value.get_ref<const std::string&>().size();
    else if (value.is_object())
        for (const auto& [name, part] : value.items())
            bytes += sizeof(std::string) + name.size() + bytes_within(part, depth + 1);
    else if (value.is_array())
        for (const Json& part : value)
            bytes += bytes_within(part, depth + 1);
    return bytes;
}

} // namespace

std::string kind_of(const Json& value)
{
    if (is_undefined(value))
        return "something that is not defined";
    if (value.is_null())
        return "none";
    if (value.is_boolean())
        return "a truth value";
    if (value.is_number())
        return "a number";
    return value.is_string() ? "a text" : value.is_array() ? "a list" : "a dictionary";
}

std::size_t held_bytes(const Json& value)
{
    return bytes_within(value, 0);
}

void limit_texts(std::size_t count)
{
    if (count > most_bytes / (sizeof(Json) + bytes_beside))
        throw Complaint("a list becomes too long");
}

bool are_equal(const Json& a, const Json& b)
{
    if (is_undefined(a) || is_undefined(b))
        return is_undefined(a) && is_undefined(b);
    const auto counts = [](const Json& x) { return x.is_number() || x.is_boolean(); };
    if (counts(a) && counts(b) && a.is_boolean() != b.is_boolean())
        return require_number(a, "") == require_number(b, "");
    return a == b;
}

int order_of(const Json& a, const Json& b)
{
    const auto sign = [](const auto& x, const auto& y) { return x < y ? -1 : y < x ? 1 : 0; };
    const auto counts = [](const Json& x) { return x.is_number() || x.is_boolean(); };
    if (counts(a) && counts(b))
        return sign(require_number(a, ""), require_number(b, ""));
    if (a.is_string() && b.is_string())
        return sign(a.get_ref<const std::string&>(), b.get_ref<const std::string&>());
    if (a.is_array() && b.is_array()) {
        for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
            // Lists in lists are gone through once, not at every level.
            const bool same = !(a[i].is_array() && b[i].is_array()) && are_equal(a[i], b[i]);
            if (const int order = same ? 0 : order_of(a[i], b[i]); order != 0)
                return order;
        }
        return sign(a.size(), b.size());
    }
    throw Complaint(kind_of(a) + " and " + kind_of(b) + " have no order");
}

bool contains(const Json& container, const Json& item)
{
    if (container.is_string())
        return first_place(container.get_ref<const std::string&>(),
                   require_text(item, "what is looked for in a text"))
            != std::string::npos;
    if (container.is_object())
        return item.is_string() && container.contains(item.get_ref<const std::string&>());
    const std::vector<Json> items = items_of(container);
    return std::ranges::any_of(items, [&item](const Json& one) { return are_equal(one, item); });
}

std::vector<Json> items_of(const Json& value)
{
    std::vector<Json> items;
    if (is_undefined(value))
        return items;
    if (value.is_array())
        return { value.begin(), value.end() };
    if (value.is_object()) {
        for (const auto& [key, ignored] : value.items())
            items.emplace_back(key);
        return items;
    }
    if (!value.is_string())
        throw Complaint(kind_of(value) + " has no items to go through");
    const std::string& text = value.get_ref<const std::string&>();
    const std::vector<std::size_t> offsets = character_offsets(text);
    limit_texts(offsets.size());
    for (std::size_t i = 0; i + 1 < offsets.size(); ++i)
        items.emplace_back(text.substr(offsets[i], offsets[i + 1] - offsets[i]));
    return items;
}

Json list_of(std::vector<Json> items)
{
    Json list = Json::array();
    for (Json& item : items)
        list.push_back(std::move(item));
    return list;
}

Json pairs_of(const Json& value)
{
    Json pairs = Json::array();
    if (is_undefined(value))
        return pairs;
    if (!value.is_object())
        throw Complaint("items needs a dictionary, not " + kind_of(value));
    for (const auto& [key, item] : value.items())
        pairs.push_back(Json::array({ key, item }));
    return pairs;
}

std::size_t length_of(const Json& value)
{
    if (value.is_string())
        return character_offsets(value.get_ref<const std::string&>()).size() - 1;
    if (value.is_structured())
        return value.size();
    if (is_undefined(value))
        return 0;
    throw Complaint(kind_of(value) + " has no length");
}

std::string require_text(const Json& value, std::string_view of_what)
{
    if (!value.is_string())
        throw Complaint(std::string(of_what) + " must be a text, not " + kind_of(value));
    return value.get_ref<const std::string&>();
}

std::int64_t require_whole(const Json& value, std::string_view of_what)
{
    if (value.is_boolean())
        return value.get<bool>() ? 1 : 0;
    if (!value.is_number_integer())
        throw Complaint(std::string(of_what) + " must be a whole number, not " + kind_of(value));
    return value.get<std::int64_t>();
}

double require_number(const Json& value, std::string_view of_what)
{
    if (value.is_number_float())
        return value.get<double>();
    return static_cast<double>(require_whole(value, of_what));
}

std::string characters(const std::string& text, std::size_t first, std::size_t last)
{
    const std::vector<std::size_t> offsets = character_offsets(text);
    return text.substr(offsets[first], offsets[last] - offsets[first]);
}

} // namespace circuitloom::templates
