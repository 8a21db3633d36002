// Filters that do something with each item of a list.
#include "core/templates/template_functions.h"

#include <algorithm>
#include <map>

namespace circuitloom::templates {

namespace {

Arguments without_first(const Arguments& arguments, std::size_t count)
{
    Arguments rest = arguments;
    rest.values.erase(rest.values.begin(),
        rest.values.begin() + static_cast<std::ptrdiff_t>(std::min(count, rest.values.size())));
    return rest;
}

Json mapped(const Json& value, const Arguments& arguments, Work& work)
{
    const Json attribute = arguments.at(99, "attribute");
    Json made = Json::array();
    const std::vector<Json> items = items_of(value);
    work.count_items(items.size(), arguments);
    std::size_t bytes = 0;
    for (const Json& item : items) {
        Json found = is_undefined(attribute)
            ? filtered(require_text(arguments.at(0, ""), "a filter"), item,
                without_first(arguments, 1), work)
            : attribute_path(item, attribute);
        if (is_undefined(found) && !is_undefined(attribute))
            found = arguments.at(99, "default");
        bytes += held_bytes(found);
        if (bytes > most_bytes)
            throw Complaint("a list becomes too long");
        made.push_back(std::move(found));
    }
    return made;
}

/// select, reject, selectattr and rejectattr.
template <bool by_attribute, bool wanted>
Json chosen(const Json& value, const Arguments& arguments, Work& work)
{
    constexpr std::size_t place = by_attribute ? 1 : 0;
    const Json test = arguments.at(place, "");
    Json made = Json::array();
    const std::vector<Json> items = items_of(value);
    work.count_items(items.size(), arguments);
    for (const Json& item : items) {
        const Json tested = by_attribute ? attribute_path(item, arguments.at(0, "")) : item;
        const bool holds = is_undefined(test) ? is_true(tested)
                                              : passes_test(require_text(test, "a test"), tested,
                                                  without_first(arguments, place + 1));
        if (holds == wanted)
            made.push_back(item);
    }
    return made;
}

} // namespace

void Work::count(std::size_t steps)
{
    constexpr std::size_t most = 5'000'000;
    done_ += std::min(steps, most + 1);
    if (done_ > most)
        throw Complaint("the template does not come to an end");
}

void Work::count_items(std::size_t items, const Arguments& arguments)
{
    std::size_t bytes = bytes_at_once;
    for (const Json& value : arguments.values)
        bytes += held_bytes(value);
    for (const auto& [name, value] : arguments.named)
        bytes += name.size() + held_bytes(value);
    count_bytes(items * bytes);
}

ItemFilter item_filter(const std::string& name)
{
    static const std::map<std::string, ItemFilter> all{
        { "map", mapped },
        { "select", chosen<false, true> },
        { "reject", chosen<false, false> },
        { "selectattr", chosen<true, true> },
        { "rejectattr", chosen<true, false> },
    };
    const auto found = all.find(name);
    return found == all.end() ? nullptr : found->second;
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

} // namespace circuitloom::templates
