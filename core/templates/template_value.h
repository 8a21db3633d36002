#pragma once

#include "core/templates/template_syntax.h"

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom::templates {

/// What an expression asks for that cannot be had, as a clause; the evaluator adds where.
class Complaint : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Templates' values are JSON's, and one more: what a name or an attribute is that nobody set. It
/// is written as nothing and counts as false.
Json undefined();
bool is_undefined(const Json& value);

/// Whether `if value` holds, as in Python.
bool is_true(const Json& value);
/// str(value) and repr(value) as in Python.
std::string text_of(const Json& value);
std::string written_value(const Json& value);

/// How Python's json.dumps writes a value, by the names of its arguments.
struct JsonStyle
{
    bool ensure_ascii = false;
    int indent = -1; ///< below 0: all in one line
    std::string between_items = ", "; ///< as `separators` has it
    std::string behind_key = ": ";
    bool sort_keys = false;
};
/// Throws Complaint where that becomes too long.
std::string json_text(const Json& value, const JsonStyle& style = {});

/// What a message calls the kind of the value, as in "a text".
std::string kind_of(const Json& value);

/// No text that a template makes is longer, and no value holds more, in bytes.
inline constexpr std::size_t most_bytes = std::size_t{ 16 } << 20;
/// What a text, a list or a dictionary takes beside the bytes and the values in it.
inline constexpr std::size_t bytes_beside = 48;

/// About how many bytes a value holds, with all that is in it. Throws Complaint where that is
/// nested deeper than 200 levels.
std::size_t held_bytes(const Json& value);
/// Throws Complaint where a list of so many texts holds more than a value may.
void limit_texts(std::size_t count);

bool are_equal(const Json& a, const Json& b);
/// The same text for values that are equal, as in Python, and for no others.
std::string key_of(const Json& value);
/// Below, equal or above 0. Throws Complaint where these have no order.
int order_of(const Json& a, const Json& b);
bool contains(const Json& container, const Json& item);

/// The values of a list, the keys of a dictionary, the characters of a text; nothing for undefined.
/// Throws Complaint for others.
std::vector<Json> items_of(const Json& value);
std::size_t length_of(const Json& value);
Json list_of(std::vector<Json> items);
/// A list of [key, value] of each entry of a dictionary; an empty one for undefined. Throws Complaint
/// for others.
Json pairs_of(const Json& value);

std::string require_text(const Json& value, std::string_view of_what);
/// Of a whole number or a truth value.
std::int64_t require_whole(const Json& value, std::string_view of_what);
double require_number(const Json& value, std::string_view of_what);

/// Characters [first, last) of valid UTF-8, which are within the text.
std::string characters(const std::string& text, std::size_t first, std::size_t last);

} // namespace circuitloom::templates
