#include "core/report/html.h"

#include "core/base/utf8.h"

namespace circuitloom {

std::string html(std::string_view text)
{
    std::string escaped;
    for (const char letter : valid_utf8(text)) {
        const auto byte = static_cast<unsigned char>(letter);
        switch (letter) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        case '\'':
            escaped += "&#39;";
            break;
        default:
            if ((byte < 0x20 && letter != '\n' && letter != '\t') || byte == 0x7f)
                escaped += "\xEF\xBF\xBD";
            else
                escaped += letter;
        }
    }
    return escaped;
}

std::string json_in_html(std::string_view json)
{
    std::string escaped;
    escaped.reserve(json.size());
    for (const char letter : json) {
        if (letter == '<') // only within strings
            escaped += "\\u003c";
        else
            escaped += letter;
    }
    return escaped;
}

std::string filled(
    std::string_view page, const std::function<std::string(std::string_view name)>& value_of)
{
    std::string whole;
    while (true) {
        const std::size_t from = page.find("{{");
        const std::size_t to = from == page.npos ? page.npos : page.find("}}", from);
        whole += page.substr(0, to == page.npos ? page.npos : from);
        if (to == page.npos)
            return whole;
        whole += value_of(page.substr(from + 2, to - from - 2));
        page.remove_prefix(to + 2);
    }
}

} // namespace circuitloom
