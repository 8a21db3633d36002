// Filters that go by the order of items, or by what is equal. As in Jinja, capital and small
// letters are the same to all of them unless case_sensitive says otherwise.
#include "core/templates/template_functions.h"

#include <algorithm>
#include <map>
#include <set>

namespace circuitloom::templates {

namespace {

constexpr std::size_t most_attributes = 20; // each is looked up in every item

/// What an item is compared by, where these two of a filter's arguments say so.
class Keys
{
public:
    Keys(const Json& case_sensitive, Json attribute)
        : folds_(!is_true(case_sensitive))
        , attribute_(std::move(attribute))
    {
    }

    Json of(const Json& item) const
    {
        return folded(is_undefined(attribute_) ? item : attribute_path(item, attribute_));
    }

    /// For a sort, which takes several attributes with commas between.
    Json of_all(const Json& item) const
    {
        if (!attribute_.is_string())
            return of(item);
        const std::string& names = attribute_.get_ref<const std::string&>();
        Json keys = Json::array();
        for (std::size_t begin = 0; begin <= names.size();) {
            const std::size_t end = std::min(names.find(',', begin), names.size());
            keys.push_back(folded(attribute_path(item, names.substr(begin, end - begin))));
            if (keys.size() > most_attributes)
                throw Complaint(
                    "a sort goes by more than " + std::to_string(most_attributes) + " attributes");
            begin = end + 1;
        }
        return keys;
    }

private:
    Json folded(Json key) const
    {
        return folds_ && key.is_string() ? method_result("lower", key, {}) : std::move(key);
    }

    bool folds_;
    Json attribute_;
};

using Keyed = std::pair<Json, Json>; ///< what it is compared by, and the item

/// By what `key` makes of each; equal ones stay in their order, whichever way.
Json in_order(std::vector<Json> items, const auto& key, const Json& descending)
{
    std::vector<Keyed> keyed;
    for (Json& item : items) {
        Json compared = key(item);
        keyed.emplace_back(std::move(compared), std::move(item));
    }
    std::ranges::stable_sort(keyed, [down = is_true(descending)](const Keyed& a, const Keyed& b) {
        const int order = order_of(a.first, b.first);
        return down ? order > 0 : order < 0;
    });
    Json list = Json::array();
    for (Keyed& item : keyed)
        list.push_back(std::move(item.second));
    return list;
}

Json sorted(const Json& value, const Arguments& arguments)
{
    const Keys keys(arguments.at(1, "case_sensitive", false), arguments.at(2, "attribute"));
    return in_order(
        items_of(value), [&keys](const Json& item) { return keys.of_all(item); },
        arguments.at(0, "reverse", false));
}

Json sorted_dictionary(const Json& value, const Arguments& arguments)
{
    const Json by = arguments.at(1, "by", "key");
    if (by != "key" && by != "value")
        throw Complaint("dictsort goes by key or value, not by " + text_of(by));
    const Keys keys(arguments.at(0, "case_sensitive", false), by == "key" ? 0 : 1);
    return in_order(
        items_of(pairs_of(value)), [&keys](const Json& pair) { return keys.of(pair); },
        arguments.at(2, "reverse", false));
}

Json unique(const Json& value, const Arguments& arguments)
{
    const Keys keys(arguments.at(0, "case_sensitive", false), arguments.at(1, "attribute"));
    std::vector<Json> kept;
    std::set<std::string> seen;
    for (Json& item : items_of(value))
        if (seen.insert(key_of(keys.of(item))).second)
            kept.push_back(std::move(item));
    return list_of(std::move(kept));
}

/// The first of those that none is beyond.
template <int sign>
Json extreme(const Json& value, const Arguments& arguments)
{
    const Keys keys(arguments.at(0, "case_sensitive", false), arguments.at(1, "attribute"));
    Keyed found(undefined(), undefined());
    bool any = false;
    for (Json& item : items_of(value)) {
        Json key = keys.of(item);
        if (any && order_of(key, found.first) * sign <= 0)
            continue;
        found = { std::move(key), std::move(item) };
        any = true;
    }
    return found.second;
}

} // namespace

Filter order_filter(const std::string& name)
{
    static const std::map<std::string, Filter> all{
        { "sort", sorted },
        { "dictsort", sorted_dictionary },
        { "unique", unique },
        { "min", extreme<-1> },
        { "max", extreme<1> },
    };
    const auto found = all.find(name);
    return found == all.end() ? nullptr : found->second;
}

} // namespace circuitloom::templates
