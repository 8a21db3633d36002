#pragma once

#include "core/templates/template_value.h"

#include <string>
#include <utility>
#include <vector>

namespace circuitloom::templates {

/// The arguments of a call, evaluated.
struct Arguments
{
    std::vector<Json> values; ///< known by their place
    std::vector<std::pair<std::string, Json>> named;

    /// The one at this place or of this name; `otherwise` where neither is given.
    Json at(std::size_t place, const std::string& name, Json otherwise = undefined()) const;
    /// The same, which is then no longer there.
    Json take(std::size_t place, const std::string& name);
};

/// How much one rendering has done, so that each comes to an end.
class Work
{
public:
    /// Throws Complaint beyond what a template for people's conversations does.
    void count(std::size_t steps = 1);
    /// Of reading or making what holds so many bytes.
    void count_bytes(std::size_t bytes) { count(bytes / bytes_at_once); }
    /// Of doing something with each of these, which reads all the arguments every time.
    void count_items(std::size_t items, const Arguments& arguments);

private:
    static constexpr std::size_t bytes_at_once = 128; ///< as much work as a step
    std::size_t done_ = 0;
};

/// Jinja's filters: value | name(arguments). Those that take another filter or a test by its name
/// (map, select, …) are here too. Throws Complaint for names that this program does not know, for
/// values that a filter does not take, and where it is too much work; what reading the value and
/// making the result take is not counted.
Json filtered(const std::string& name, const Json& value, const Arguments& arguments, Work& work);
/// The same for a filter that takes no other one.
Json filtered(const std::string& name, const Json& value, const Arguments& arguments);
using Filter = Json (*)(const Json& value, const Arguments& arguments);
/// Filters that go by the order of items or by what is equal; null for others.
Filter order_filter(const std::string& name);
/// Filters that do something with each item of a list; null for others.
using ItemFilter = Json (*)(const Json& value, const Arguments& arguments, Work& work);
ItemFilter item_filter(const std::string& name);
/// Jinja's tests: value is name(arguments).
bool passes_test(const std::string& name, const Json& value, const Arguments& arguments);
/// Python's methods of texts, lists and dictionaries: value.name(arguments).
Json method_result(const std::string& name, const Json& value, const Arguments& arguments);
/// value.name or value[name], which is undefined where the value has none.
Json attribute_of(const Json& value, const std::string& name);
/// The same of `a.b.c` in turn, or value[path] where that is a whole number.
Json attribute_path(Json value, const Json& path);

} // namespace circuitloom::templates
