#include "core/templates/template_operators.h"

#include "core/base/utf8.h"
#include "core/templates/template_functions.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::templates {

namespace {

[[noreturn]] void refuse(const std::string& symbol, const Json& a, const Json& b)
{
    throw Complaint(kind_of(a) + " " + symbol + " " + kind_of(b) + " cannot be computed");
}

bool counts(const Json& value)
{
    return value.is_number() || value.is_boolean();
}

Json whole_result(const std::string& symbol, std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    bool overflows = false;
    if (symbol == "+") {
        overflows = __builtin_add_overflow(a, b, &result);
    } else if (symbol == "-") {
        overflows = __builtin_sub_overflow(a, b, &result);
    } else if (symbol == "*") {
        overflows = __builtin_mul_overflow(a, b, &result);
    } else {
        if (b == 0)
            throw Complaint("a division by 0");
        if (b == -1)
            return symbol == "//" ? whole_result("-", 0, a) : Json(0);
        // Python rounds down, and the remainder has the divisor's sign.
        const std::int64_t left = a % b;
        const bool down = left != 0 && (left < 0) != (b < 0);
        result = symbol == "//" ? a / b - (down ? 1 : 0) : left + (down ? b : 0);
    }
    if (overflows)
        throw Complaint("a number becomes too large");
    return result;
}

Json number_result(const std::string& symbol, double a, double b)
{
    if (symbol == "+")
        return a + b;
    if (symbol == "-")
        return a - b;
    if (symbol == "*")
        return a * b;
    if (b == 0)
        throw Complaint("a division by 0");
    if (symbol == "/")
        return a / b;
    return symbol == "//" ? std::floor(a / b) : a - b * std::floor(a / b);
}

Json power(const Json& a, const Json& b)
{
    const double result
        = std::pow(require_number(a, "a power's base"), require_number(b, "an exponent"));
    const bool whole = !a.is_number_float() && !b.is_number_float() && std::abs(result) < 9e15
        && result == std::floor(result);
    return whole ? Json(static_cast<std::int64_t>(result)) : Json(result);
}

Json repeated(const Json& value, std::int64_t times)
{
    if (times <= 0 || length_of(value) == 0)
        return value.is_string() ? Json("") : Json::array();
    const std::size_t bytes
        = value.is_string() ? value.get_ref<const std::string&>().size() : held_bytes(value);
    if (bytes > most_bytes / static_cast<std::size_t>(times))
        throw Complaint("a value becomes too long");
    if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        std::string made;
        made.reserve(text.size() * static_cast<std::size_t>(times));
        for (std::int64_t i = 0; i < times; ++i)
            made += text;
        return made;
    }
    Json made = Json::array();
    for (std::int64_t i = 0; i < times; ++i)
        made.insert(made.end(), value.begin(), value.end());
    return made;
}

} // namespace

Json operated(const std::string& symbol, const Json& a, const Json& b)
{
    if (symbol == "~" || (symbol == "+" && a.is_string() && b.is_string())) {
        std::string text = text_of(a) + text_of(b);
        if (text.size() > most_bytes)
            throw Complaint("a text becomes too long");
        return text;
    }
    if (symbol == "+" && a.is_array() && b.is_array()) {
        Json made = a;
        made.insert(made.end(), b.begin(), b.end());
        return made;
    }
    if (symbol == "*" && (a.is_string() || a.is_array()) && b.is_number_integer())
        return repeated(a, b.get<std::int64_t>());
    if (!counts(a) || !counts(b))
        refuse(symbol, a, b);
    if (symbol == "**")
        return power(a, b);
    if (symbol == "/" || a.is_number_float() || b.is_number_float())
        return number_result(symbol, require_number(a, ""), require_number(b, ""));
    return whole_result(symbol, require_whole(a, ""), require_whole(b, ""));
}

bool compared(const std::string& symbol, const Json& a, const Json& b)
{
    if (symbol == "==")
        return are_equal(a, b);
    if (symbol == "!=")
        return !are_equal(a, b);
    if (symbol == "in")
        return contains(b, a);
    if (symbol == "not in")
        return !contains(b, a);
    const int order = order_of(a, b);
    if (symbol == "<")
        return order < 0;
    if (symbol == "<=")
        return order <= 0;
    return symbol == ">" ? order > 0 : order >= 0;
}

Json item_of(const Json& value, const Json& index)
{
    if (is_undefined(value))
        throw Complaint(text_of(index) + " is asked of something that is not defined");
    if (index.is_string())
        return attribute_of(value, index.get_ref<const std::string&>());
    if (!index.is_number_integer() || (!value.is_array() && !value.is_string()))
        return undefined();
    const auto size = static_cast<std::int64_t>(length_of(value));
    auto place = index.get<std::int64_t>();
    place += place < 0 ? size : 0;
    if (place < 0 || place >= size)
        return undefined();
    const auto at = static_cast<std::size_t>(place);
    return value.is_array() ? value[at]
                            : Json(characters(value.get_ref<const std::string&>(), at, at + 1));
}

Json slice_of(const Json& value, const Json& first, const Json& last, const Json& step)
{
    if (is_undefined(value))
        return undefined();
    const bool is_text = value.is_string();
    const std::string text = is_text ? value.get<std::string>() : std::string();
    const std::vector<std::size_t> offsets = character_offsets(text);
    const std::vector<Json> items = is_text ? std::vector<Json>() : items_of(value);
    const std::int64_t size = is_text ? std::ssize(offsets) - 1 : std::ssize(items);
    const auto given = [](const Json& bound) { return !bound.is_null() && !is_undefined(bound); };
    const std::int64_t by = given(step) ? require_whole(step, "a slice's step") : 1;
    if (by == 0)
        throw Complaint("a slice's step is 0");
    const auto bound = [&](const Json& wanted, std::int64_t otherwise) {
        if (!given(wanted))
            return otherwise;
        std::int64_t place = require_whole(wanted, "a slice's bound");
        place += place < 0 ? size : 0;
        return by > 0 ? std::clamp<std::int64_t>(place, 0, size)
                      : std::clamp<std::int64_t>(place, -1, size - 1);
    };
    const std::int64_t begin = bound(first, by > 0 ? 0 : size - 1);
    const std::int64_t end = bound(last, by > 0 ? size : -1);
    Json list = Json::array();
    std::string part;
    for (std::int64_t i = begin; by > 0 ? i < end : i > end; i += by) {
        const auto at = static_cast<std::size_t>(i);
        if (is_text)
            part.append(text, offsets[at], offsets[at + 1] - offsets[at]);
        else
            list.push_back(items[at]);
        if (by > size || by < -size)
            break;
    }
    return is_text ? Json(part) : list;
}

} // namespace circuitloom::templates
