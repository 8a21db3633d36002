#include "core/templates/template_functions.h"

#include "core/base/utf8.h"

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

constexpr const char* white = " \t\n\r\v\f\x1c\x1d\x1e\x1f";

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

Json split_at_white(const std::string& text, std::int64_t most)
{
    Json parts = Json::array();
    std::size_t begin = text.find_first_not_of(white);
    while (begin != text.npos) {
        if (most >= 0 && std::ssize(parts) == most) {
            parts.push_back(text.substr(begin)); // with the white space at its end
            break;
        }
        const std::size_t end = std::min(text.find_first_of(white, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = text.find_first_not_of(white, end);
    }
    return parts;
}

Json split(const std::string& text, const Arguments& arguments)
{
    const Json separator = arguments.at(0, "sep", nullptr);
    const std::int64_t most = require_whole(arguments.at(1, "maxsplit", -1), "maxsplit");
    if (separator.is_null())
        return split_at_white(text, most);
    const std::string mark = require_text(separator, "a separator");
    if (mark.empty())
        throw Complaint("a separator is empty");
    Json parts = Json::array();
    std::size_t begin = 0;
    for (std::size_t end = text.find(mark);
         end != text.npos && (most < 0 || std::ssize(parts) < most); end = text.find(mark, begin)) {
        parts.push_back(text.substr(begin, end - begin));
        begin = end + mark.size();
    }
    parts.push_back(text.substr(begin));
    return parts;
}

Json split_from_right(const std::string& text, const Arguments& arguments)
{
    const std::string mark = require_text(arguments.at(0, "sep"), "a separator");
    const std::int64_t most = require_whole(arguments.at(1, "maxsplit", -1), "maxsplit");
    if (mark.empty())
        throw Complaint("a separator is empty");
    std::vector<std::string> parts;
    std::string left = text;
    for (std::size_t at = left.rfind(mark);
         at != left.npos && (most < 0 || std::ssize(parts) < most); at = left.rfind(mark)) {
        parts.push_back(left.substr(at + mark.size()));
        left.resize(at);
    }
    parts.push_back(left);
    std::ranges::reverse(parts);
    return parts;
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
    std::int64_t left = require_whole(arguments.at(2, "count", -1), "count");
    if (old.empty())
        throw Complaint("what is replaced is empty");
    std::string result;
    std::size_t begin = 0;
    for (std::size_t at = text.find(old); at != text.npos && left-- != 0;
         at = text.find(old, begin)) {
        result.append(text, begin, at - begin).append(made);
        begin = at + old.size();
        if (result.size() > most_bytes)
            throw Complaint("a text becomes too long");
    }
    return result.append(text, begin);
}

template <bool first>
Json place(const std::string& text, const Arguments& arguments)
{
    const std::string part = require_text(arguments.at(0, ""), "what is looked for");
    const std::size_t found = first ? text.find(part) : text.rfind(part);
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
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size()))
        ++number;
    return number;
}

Json lines(const std::string& text, const Arguments&)
{
    Json parts = Json::array();
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
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
        { "split", split },
        { "rsplit", split_from_right },
        { "splitlines", lines },
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
    const auto is_it = [&](const Json& item) { return are_equal(item, arguments.at(0, "")); };
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

std::string stripped(const std::string& text, const std::string& set, bool left, bool right)
{
    const std::string chars = set.empty() ? white : set;
    const std::string_view all = text;
    const auto goes
        = [&chars](std::string_view character) { return chars.find(character) != chars.npos; };
    std::size_t first = 0;
    while (left && first < all.size() && goes(all.substr(first, character_bytes(all[first]))))
        first += character_bytes(all[first]);
    std::size_t end = all.size();
    while (right && end > first) {
        std::size_t last = end - 1; // of a character of several bytes, where it begins
        while (last > first && (static_cast<unsigned char>(all[last]) & 0xC0U) == 0x80U)
            --last;
        if (!goes(all.substr(last, end - last)))
            break;
        end = last;
    }
    return text.substr(first, end - first);
}

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
