#include "core/templates/template_functions.h"

#include "core/base/utf8.h"
#include "core/templates/text_parts.h"
#include "core/templates/text_search.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <utf8proc.h>

namespace circuitloom::templates {

namespace {

using Method = Json (*)(const std::string& text, const Arguments& arguments);

char32_t small_letter(char32_t c)
{
    return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}
char32_t capital_letter(char32_t c)
{
    return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
}
char32_t title_letter(char32_t c)
{
    return static_cast<char32_t>(utf8proc_totitle(static_cast<utf8proc_int32_t>(c)));
}
utf8proc_category_t category_of(char32_t c)
{
    return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}
bool has_case(char32_t c)
{
    const utf8proc_category_t category = category_of(c);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LL
        || category == UTF8PROC_CATEGORY_LT;
}
bool is_letter(char32_t c)
{
    const utf8proc_category_t category = category_of(c);
    return has_case(c) || category == UTF8PROC_CATEGORY_LM || category == UTF8PROC_CATEGORY_LO;
}
bool is_digit(char32_t c)
{
    return category_of(c) == UTF8PROC_CATEGORY_ND;
}

/// What `change` makes of each character.
template <class Change>
std::string with_characters(const std::string& text, Change change)
{
    std::string made;
    for (std::size_t at = 0; at < text.size(); at += character_bytes(text[at]))
        append_character(made, change(character_at(text, at)));
    return made;
}

template <char32_t (*change)(char32_t)>
Json changed_letters(const std::string& text, const Arguments&)
{
    return with_characters(text, change);
}

Json capitalized(const std::string& text, const Arguments&)
{
    bool is_first = true;
    return with_characters(text, [&is_first](char32_t c) {
        return std::exchange(is_first, false) ? title_letter(c) : small_letter(c);
    });
}

Json titled(const std::string& text, const Arguments&)
{
    bool begins = true;
    return with_characters(text, [&begins](char32_t c) {
        const char32_t made = begins ? title_letter(c) : small_letter(c);
        begins = !has_case(c);
        return made;
    });
}

template <bool left, bool right>
Json strip(const std::string& text, const Arguments& arguments)
{
    const Json set = arguments.at(0, "chars", nullptr);
    return stripped(text, set.is_null() ? "" : require_text(set, "what is stripped"), left, right);
}

template <bool at_start>
Json has_at_end(const std::string& text, const Arguments& arguments)
{
    const Json parts = arguments.at(0, "");
    const auto has = [&text](const Json& part) {
        const std::string wanted = require_text(part, "what a text starts or ends with");
        return at_start ? text.starts_with(wanted) : text.ends_with(wanted);
    };
    return parts.is_array() ? std::ranges::any_of(parts, has) : has(parts);
}

template <bool at_start>
Json without_end(const std::string& text, const Arguments& arguments)
{
    const std::string part = require_text(arguments.at(0, ""), "what is removed");
    if (at_start ? !text.starts_with(part) : !text.ends_with(part))
        return text;
    return at_start ? text.substr(part.size()) : text.substr(0, text.size() - part.size());
}

Json replace(const std::string& text, const Arguments& arguments)
{
    const std::string old = require_text(arguments.at(0, "old"), "what is replaced");
    const std::string made = require_text(arguments.at(1, "new"), "what takes its place");
    const std::int64_t most = require_whole(arguments.at(2, "count", -1), "count");
    if (old.empty())
        throw Complaint("what is replaced is empty");
    std::string result;
    std::size_t begin = 0;
    std::int64_t replaced = 0;
    for (std::size_t at = first_place(text, old); at != text.npos && (most < 0 || replaced < most);
         at = first_place(text, old, begin)) {
        result.append(text, begin, at - begin).append(made);
        begin = at + old.size();
        ++replaced;
        if (result.size() > most_bytes)
            throw Complaint("a text becomes too long");
    }
    return result.append(text, begin);
}

template <bool first>
Json place(const std::string& text, const Arguments& arguments)
{
    const std::string part = require_text(arguments.at(0, ""), "what is looked for");
    const std::size_t found = first ? first_place(text, part) : last_place(text, part);
    return found == text.npos
        ? std::int64_t{ -1 }
        : static_cast<std::int64_t>(character_offsets(text.substr(0, found)).size()) - 1;
}

Json count(const std::string& text, const Arguments& arguments)
{
    const std::string part = require_text(arguments.at(0, ""), "what is counted");
    if (part.empty())
        throw Complaint("what is counted is empty");
    std::int64_t number = 0;
    for (std::size_t at = first_place(text, part); at != text.npos;
         at = first_place(text, part, at + part.size()))
        ++number;
    return number;
}

template <bool (*holds)(char32_t)>
Json all_are(const std::string& text, const Arguments&)
{
    for (std::size_t at = 0; at < text.size(); at += character_bytes(text[at]))
        if (!holds(character_at(text, at)))
            return false;
    return !text.empty();
}

Json join(const std::string& text, const Arguments& arguments)
{
    return filtered("join", arguments.at(0, ""), { { text }, {} });
}

const std::map<std::string, Method>& text_methods()
{
    static const std::map<std::string, Method> all{
        { "strip", strip<true, true> },
        { "lstrip", strip<true, false> },
        { "rstrip", strip<false, true> },
        { "split", parts_of_text },
        { "rsplit", parts_from_right },
        { "splitlines", lines_of_text },
        { "startswith", has_at_end<true> },
        { "endswith", has_at_end<false> },
        { "removeprefix", without_end<true> },
        { "removesuffix", without_end<false> },
        { "replace", replace },
        { "find", place<true> },
        { "rfind", place<false> },
        { "count", count },
        { "upper", changed_letters<capital_letter> },
        { "lower", changed_letters<small_letter> },
        { "capitalize", capitalized },
        { "title", titled },
        { "isdigit", all_are<is_digit> },
        { "isalpha", all_are<is_letter> },
        { "join", join },
    };
    return all;
}

std::optional<Json> dictionary_method(
    const std::string& name, const Json& value, const Arguments& arguments)
{
    if (name == "items")
        return filtered("items", value, {});
    if (name == "keys")
        return filtered("list", value, {});
    if (name == "values") {
        Json values = Json::array();
        for (const Json& item : value)
            values.push_back(item);
        return values;
    }
    if (name == "get") {
        const auto found = value.find(require_text(arguments.at(0, ""), "a key"));
        return found == value.end() ? arguments.at(1, "default", nullptr) : *found;
    }
    return std::nullopt;
}

std::optional<Json> list_method(
    const std::string& name, const Json& value, const Arguments& arguments)
{
    const Json wanted = arguments.at(0, "");
    const auto is_it = [&wanted](const Json& item) { return are_equal(item, wanted); };
    if (name == "count")
        return std::ranges::count_if(value, is_it);
    if (name == "index") {
        const auto found = std::ranges::find_if(value, is_it);
        if (found == value.end())
            throw Complaint("the list does not have what index looks for");
        return found - value.begin();
    }
    return std::nullopt;
}

} // namespace

Json method_result(const std::string& name, const Json& value, const Arguments& arguments)
{
    if (value.is_string()) {
        const auto found = text_methods().find(name);
        if (found != text_methods().end())
            return found->second(value.get_ref<const std::string&>(), arguments);
    }
    std::optional<Json> result;
    if (value.is_object())
        result = dictionary_method(name, value, arguments);
    else if (value.is_array())
        result = list_method(name, value, arguments);
    if (!result)
        throw Complaint(kind_of(value) + " has no method " + name + " that is evaluated");
    return *result;
}

Json attribute_of(const Json& value, const std::string& name)
{
    if (is_undefined(value))
        throw Complaint(name + " is asked of something that is not defined");
    if (!value.is_object())
        return undefined();
    const auto found = value.find(name);
    return found == value.end() ? undefined() : *found;
}

} // namespace circuitloom::templates
