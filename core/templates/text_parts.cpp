#include "core/templates/text_parts.h"

#include "core/base/utf8.h"
#include "core/templates/text_search.h"

#include <algorithm>
#include <set>
#include <vector>

namespace circuitloom::templates {

namespace {

constexpr const char* white = " \t\n\r\v\f\x1c\x1d\x1e\x1f";

Json split_at_white(const std::string& text, std::int64_t most)
{
    Json parts = Json::array();
    std::size_t begin = text.find_first_not_of(white);
    while (begin != text.npos) {
        if (most >= 0 && std::ssize(parts) == most) {
            parts.push_back(text.substr(begin)); // with the white space at its end
            break;
        }
        limit_texts(parts.size());
        const std::size_t end = std::min(text.find_first_of(white, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = text.find_first_not_of(white, end);
    }
    return parts;
}

/// A range of bytes.
struct TextPart
{
    std::size_t begin;
    std::size_t end;
};

/// What stands around the first `most` marks in a text; around all where that is below 0.
std::vector<TextPart> parts_between(
    const std::string& text, const std::string& mark, std::int64_t most)
{
    std::vector<TextPart> parts;
    std::size_t begin = 0;
    for (std::size_t end = first_place(text, mark);
         end != text.npos && (most < 0 || std::ssize(parts) < most);
         end = first_place(text, mark, begin)) {
        limit_texts(parts.size());
        parts.push_back({ begin, end });
        begin = end + mark.size();
    }
    parts.push_back({ begin, text.size() });
    return parts;
}

} // namespace

Json parts_of_text(const std::string& text, const Arguments& arguments)
{
    const Json separator = arguments.at(0, "sep", nullptr);
    const std::int64_t most = require_whole(arguments.at(1, "maxsplit", -1), "maxsplit");
    if (separator.is_null())
        return split_at_white(text, most);
    const std::string mark = require_text(separator, "a separator");
    if (mark.empty())
        throw Complaint("a separator is empty");
    Json parts = Json::array();
    for (const TextPart& part : parts_between(text, mark, most))
        parts.push_back(text.substr(part.begin, part.end - part.begin));
    return parts;
}

Json parts_from_right(const std::string& text, const Arguments& arguments)
{
    const std::string mark = require_text(arguments.at(0, "sep"), "a separator");
    const std::int64_t most = require_whole(arguments.at(1, "maxsplit", -1), "maxsplit");
    if (mark.empty())
        throw Complaint("a separator is empty");
    // From the left in the text that is turned round.
    const std::string turned(text.rbegin(), text.rend());
    std::vector<TextPart> found
        = parts_between(turned, std::string(mark.rbegin(), mark.rend()), most);
    std::ranges::reverse(found);
    Json parts = Json::array();
    for (const TextPart& part : found)
        parts.push_back(text.substr(text.size() - part.end, part.end - part.begin));
    return parts;
}

Json lines_of_text(const std::string& text, const Arguments&)
{
    Json parts = Json::array();
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        limit_texts(parts.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

std::string stripped(const std::string& text, const std::string& set, bool left, bool right)
{
    const std::string chars = set.empty() ? white : set;
    std::set<char32_t> going;
    for (std::size_t at = 0; at < chars.size(); at += character_bytes(chars[at]))
        going.insert(character_at(chars, at));
    std::size_t first = 0;
    while (left && first < text.size() && going.contains(character_at(text, first)))
        first += character_bytes(text[first]);
    std::size_t end = text.size();
    while (right && end > first) {
        std::size_t last = end - 1; // of a character of several bytes, where it begins
        while (last > first && (static_cast<unsigned char>(text[last]) & 0xC0U) == 0x80U)
            --last;
        if (!going.contains(character_at(text, last)))
            break;
        end = last;
    }
    return text.substr(first, end - first);
}

} // namespace circuitloom::templates
