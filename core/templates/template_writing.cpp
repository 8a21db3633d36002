// How values are written.
#include "core/templates/template_value.h"

#include "core/base/number_text.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace circuitloom::templates {

namespace {

std::string number_text(const Json& value)
{
    if (!value.is_number_float())
        return value.dump();
    const double number = value.get<double>();
    if (!std::isfinite(number))
        return std::isnan(number) ? "nan" : number > 0 ? "inf" : "-inf";
    // Python writes an exponent below 1e-4 and from 1e16 on.
    const double size = std::abs(number);
    if (size != 0 && (size < 1e-4 || size >= 1e16))
        return shortest(number);
    std::string digits = shortest(number);
    if (digits.find('e') != digits.npos)
        digits = fixed(number, 0);
    return digits.find('.') == digits.npos ? digits + ".0" : digits;
}

void write_quoted(std::string& written, const std::string& text)
{
    const char quote = text.find('\'') != text.npos && text.find('"') == text.npos ? '"' : '\'';
    written += quote;
    for (const char c : text) {
        switch (c) {
        case '\n':
            written += "\\n";
            break;
        case '\r':
            written += "\\r";
            break;
        case '\t':
            written += "\\t";
            break;
        case '\\':
            written += "\\\\";
            break;
        default:
            if (c == quote)
                written += '\\';
            written += c;
        }
    }
    written += quote;
}

/// repr(value) as in Python, at the end of `out`.
void write_value(std::string& out, const Json& value)
{
    if (value.is_string()) {
        write_quoted(out, value.get_ref<const std::string&>());
        return;
    }
    if (!value.is_structured()) {
        out += text_of(value);
        return;
    }
    out += value.is_array() ? '[' : '{';
    bool first = true;
    for (auto it = value.begin(); it != value.end(); ++it) {
        out += first ? "" : ", ";
        first = false;
        if (value.is_object()) {
            write_quoted(out, it.key());
            out += ": ";
        }
        write_value(out, *it);
    }
    out += value.is_array() ? ']' : '}';
}

void write_key(std::string& out, const Json& value)
{
    const auto of_text
        = [&out](const std::string& text) { out += std::to_string(text.size()) + ':' + text; };
    if (value.is_string()) {
        of_text(value.get_ref<const std::string&>());
    } else if (value.is_structured()) {
        out += value.is_array() ? '[' : '{';
        for (auto it = value.begin(); it != value.end(); ++it) {
            if (value.is_object())
                of_text(it.key());
            write_key(out, *it);
        }
        out += value.is_array() ? ']' : '}';
    } else if (value.is_number_float()) {
        constexpr double beyond = 9.2e18; // about what a whole number can be
        const double number = value.get<double>();
        const bool whole = std::abs(number) < beyond && number == std::floor(number);
        out += (whole ? std::to_string(static_cast<std::int64_t>(number)) : number_text(value))
            + ';';
    } else if (value.is_boolean()) {
        out += value.get<bool>() ? "1;" : "0;";
    } else {
        out += text_of(value) + ';';
    }
}

std::vector<Json::const_iterator> entries_of(const Json& value, bool sorted)
{
    std::vector<Json::const_iterator> entries;
    for (auto it = value.begin(); it != value.end(); ++it)
        entries.push_back(it);
    if (sorted && value.is_object())
        std::ranges::sort(entries, {}, [](const auto& entry) { return entry.key(); });
    return entries;
}

void write_json(std::string& out, const Json& value, const JsonStyle& style, int depth)
{
    if (out.size() > most_bytes)
        throw Complaint("a text becomes too long");
    const auto line = [&](int levels) {
        if (style.indent >= 0)
            (out += '\n')
                .append(
                    static_cast<std::size_t>(style.indent) * static_cast<std::size_t>(levels), ' ');
    };
    const auto text = [&style](const std::string& of) {
        return Json(of).dump(-1, ' ', style.ensure_ascii, Json::error_handler_t::replace);
    };
    if (!value.is_structured()) {
        out += value.is_number() ? number_text(value)
            : value.is_string()  ? text(value.get_ref<const std::string&>())
                                 : value.dump();
        return;
    }
    out += value.is_array() ? '[' : '{';
    bool first = true;
    for (const auto& entry : entries_of(value, style.sort_keys)) {
        out += first ? "" : style.between_items;
        first = false;
        line(depth + 1);
        if (value.is_object())
            out += text(entry.key()) + style.behind_key;
        write_json(out, *entry, style, depth + 1);
    }
    if (!first)
        line(depth);
    out += value.is_array() ? ']' : '}';
}

} // namespace

std::string written_value(const Json& value)
{
    std::string text;
    write_value(text, value);
    return text;
}

std::string text_of(const Json& value)
{
    if (is_undefined(value))
        return {};
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_boolean())
        return value.get<bool>() ? "True" : "False";
    if (value.is_null())
        return "None";
    if (value.is_number())
        return number_text(value);
    return written_value(value);
}

std::string json_text(const Json& value, const JsonStyle& style)
{
    if (is_undefined(value))
        throw Complaint("what is not defined cannot be written as JSON");
    std::string out;
    write_json(out, value, style, 0);
    return out;
}

std::string key_of(const Json& value)
{
    std::string key;
    write_key(key, value);
    return key;
}

} // namespace circuitloom::templates
