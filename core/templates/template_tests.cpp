#include "core/templates/template_functions.h"

#include <map>

namespace circuitloom::templates {

namespace {

using Test = bool (*)(const Json& value, const Arguments& arguments);

Json first_of(const Arguments& arguments)
{
    return arguments.at(0, "");
}

std::int64_t remainder(const Json& value, std::int64_t divisor)
{
    if (divisor == 0)
        throw Complaint("a division by 0");
    const std::int64_t divided = require_whole(value, "what is divided");
    return divisor == -1 ? 0 : divided % divisor; // the least number has no counterpart
}

const std::map<std::string, Test>& tests()
{
    static const std::map<std::string, Test> all{
        { "defined", [](const Json& x, const Arguments&) { return !is_undefined(x); } },
        { "undefined", [](const Json& x, const Arguments&) { return is_undefined(x); } },
        { "none", [](const Json& x, const Arguments&) { return x.is_null(); } },
        { "boolean", [](const Json& x, const Arguments&) { return x.is_boolean(); } },
        { "true", [](const Json& x, const Arguments&) { return x == Json(true); } },
        { "false", [](const Json& x, const Arguments&) { return x == Json(false); } },
        { "string", [](const Json& x, const Arguments&) { return x.is_string(); } },
        { "number",
            [](const Json& x, const Arguments&) { return x.is_number() || x.is_boolean(); } },
        { "integer", [](const Json& x, const Arguments&) { return x.is_number_integer(); } },
        { "float", [](const Json& x, const Arguments&) { return x.is_number_float(); } },
        { "mapping", [](const Json& x, const Arguments&) { return x.is_object(); } },
        { "iterable",
            [](const Json& x, const Arguments&) {
                return is_undefined(x) || x.is_structured() || x.is_string();
            } },
        { "sequence",
            [](const Json& x, const Arguments&) {
                return is_undefined(x) || x.is_structured() || x.is_string();
            } },
        { "even", [](const Json& x, const Arguments&) { return remainder(x, 2) == 0; } },
        { "odd", [](const Json& x, const Arguments&) { return remainder(x, 2) != 0; } },
        { "divisibleby",
            [](const Json& x, const Arguments& a) {
                return remainder(x, require_whole(first_of(a), "a divisor")) == 0;
            } },
        { "eq", [](const Json& x, const Arguments& a) { return are_equal(x, first_of(a)); } },
        { "equalto", [](const Json& x, const Arguments& a) { return are_equal(x, first_of(a)); } },
        { "ne", [](const Json& x, const Arguments& a) { return !are_equal(x, first_of(a)); } },
        { "lt", [](const Json& x, const Arguments& a) { return order_of(x, first_of(a)) < 0; } },
        { "le", [](const Json& x, const Arguments& a) { return order_of(x, first_of(a)) <= 0; } },
        { "gt", [](const Json& x, const Arguments& a) { return order_of(x, first_of(a)) > 0; } },
        { "ge", [](const Json& x, const Arguments& a) { return order_of(x, first_of(a)) >= 0; } },
        { "in", [](const Json& x, const Arguments& a) { return contains(first_of(a), x); } },
    };
    return all;
}

} // namespace

bool passes_test(const std::string& name, const Json& value, const Arguments& arguments)
{
    static const std::map<std::string, std::string> signs{ { "==", "eq" }, { "!=", "ne" },
        { "<", "lt" }, { "<=", "le" }, { ">", "gt" }, { ">=", "ge" } };
    const auto sign = signs.find(name);
    const auto found = tests().find(sign == signs.end() ? name : sign->second);
    if (found == tests().end())
        throw Complaint("the test " + name + " is not known");
    return found->second(value, arguments);
}

} // namespace circuitloom::templates
