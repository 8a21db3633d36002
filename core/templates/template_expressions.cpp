// The expressions of Evaluator.
#include "core/templates/template_evaluator.h"

#include "core/templates/template_functions.h"
#include "core/templates/template_operators.h"

#include <iomanip>
#include <locale>
#include <sstream>

namespace circuitloom::templates {

namespace {

constexpr std::int64_t most_items = 100'000;
constexpr std::size_t keys_at_once = 16; ///< of a dictionary looked through, as much work as a step
constexpr std::size_t longest_format = 1000;

Json range_of(const Arguments& arguments)
{
    std::vector<std::int64_t> bounds;
    for (const Json& bound : arguments.values)
        bounds.push_back(require_whole(bound, "what range takes"));
    if (bounds.empty() || bounds.size() > 3)
        throw Complaint("range takes one to three numbers");
    const std::int64_t step = bounds.size() == 3 ? bounds[2] : 1;
    const std::int64_t first = bounds.size() == 1 ? 0 : bounds[0];
    const std::int64_t last = bounds.size() == 1 ? bounds[0] : bounds[1];
    if (step == 0)
        throw Complaint("the step of range is 0");
    Json list = Json::array();
    for (std::int64_t i = first; step > 0 ? i < last : i > last;) {
        if (std::ssize(list) == most_items)
            throw Complaint("a range has more than " + std::to_string(most_items) + " numbers");
        list.push_back(i);
        if (__builtin_add_overflow(i, step, &i))
            break;
    }
    return list;
}

Json dictionary_of(const Arguments& arguments)
{
    Json made = arguments.at(0, "", Json::object());
    if (!made.is_object())
        throw Complaint("a dictionary cannot be made of " + kind_of(made));
    for (const auto& [name, item] : arguments.named)
        made[name] = item;
    return made;
}

} // namespace

Json Evaluator::named(const std::string& name)
{
    if (const Json* const known = variable(name))
        return *known;
    // So that `x is defined` holds for what can be called.
    if (macros_.contains(name) || name == "strftime_now" || name == "raise_exception")
        return true;
    return undefined();
}

Json Evaluator::value_or_nothing(const ExpressionPtr& expression)
{
    return expression ? value(*expression) : undefined();
}

Json Evaluator::value(const Expression& expression)
{
    work_.count();
    go_deeper();
    Json found = computed(expression);
    --depth_;
    // What is large takes time at every step, and what grows at every step soon takes all memory.
    const std::size_t bytes = held_bytes(found);
    if (bytes > most_bytes)
        throw Complaint("a value becomes longer than " + std::to_string(most_bytes) + " bytes");
    work_.count_bytes(bytes);
    return found;
}

Json Evaluator::computed(const Expression& expression)
{
    using Kind = Expression::Kind;
    const auto& parts = expression.parts;
    switch (expression.kind) {
    case Kind::literal:
        return expression.literal;
    case Kind::name:
        return named(expression.text);
    case Kind::list: {
        Json list = Json::array();
        for (const ExpressionPtr& part : parts)
            list.push_back(value(*part));
        return list;
    }
    case Kind::dictionary: {
        Json made = Json::object();
        for (std::size_t i = 0; i < parts.size(); i += 2) {
            work_.count(made.size() / keys_at_once);
            made[text_of(value(*parts[i]))] = value(*parts[i + 1]);
        }
        return made;
    }
    case Kind::negative:
        return operated("-", 0, value(*parts[0]));
    case Kind::inverse:
        return !is_true(value(*parts[0]));
    case Kind::binary:
        return binary(expression);
    case Kind::comparison:
        return comparison(expression);
    case Kind::conditional:
        return is_true(value(*parts[1])) ? value(*parts[0]) : value_or_nothing(parts[2]);
    case Kind::attribute:
        return attribute_of(value(*parts[0]), expression.text);
    case Kind::item:
        return item_of(value(*parts[0]), value(*parts[1]));
    case Kind::slice:
        return slice_of(value(*parts[0]), value_or_nothing(parts[1]), value_or_nothing(parts[2]),
            value_or_nothing(parts[3]));
    case Kind::call:
        return called(expression);
    case Kind::filter:
        return filtered(expression.text, value(*parts[0]), evaluated(expression.arguments), work_);
    case Kind::test:
        return passes_test(expression.text, value(*parts[0]), evaluated(expression.arguments));
    }
    return undefined();
}

Json Evaluator::binary(const Expression& expression)
{
    Json left = value(*expression.parts[0]);
    if (expression.text == "and")
        return is_true(left) ? value(*expression.parts[1]) : left;
    if (expression.text == "or")
        return is_true(left) ? left : value(*expression.parts[1]);
    return operated(expression.text, left, value(*expression.parts[1]));
}

Json Evaluator::comparison(const Expression& expression)
{
    Json left = value(*expression.parts[0]);
    for (std::size_t i = 0; i < expression.operators.size(); ++i) {
        Json right = value(*expression.parts[i + 1]);
        if (!compared(expression.operators[i], left, right))
            return false;
        left = std::move(right);
    }
    return true;
}

Arguments Evaluator::evaluated(const std::vector<Argument>& arguments)
{
    Arguments made;
    for (const Argument& argument : arguments) {
        Json given = value(*argument.value);
        if (argument.name.empty())
            made.values.push_back(std::move(given));
        else
            made.named.emplace_back(argument.name, std::move(given));
    }
    return made;
}

Json Evaluator::called(const Expression& expression)
{
    const Expression& callee = *expression.parts[0];
    if (callee.kind == Expression::Kind::attribute)
        return method_result(callee.text, value(*callee.parts[0]), evaluated(expression.arguments));
    if (callee.kind != Expression::Kind::name)
        throw Complaint("something is called that is no function");
    Arguments arguments = evaluated(expression.arguments);
    const auto macro = macros_.find(callee.text);
    return macro == macros_.end() ? called_function(callee.text, arguments)
                                  : called_macro(*macro->second, std::move(arguments));
}

Json Evaluator::called_function(const std::string& name, const Arguments& arguments)
{
    if (name == "namespace" || name == "dict")
        return dictionary_of(arguments);
    if (name == "range")
        return range_of(arguments);
    if (name == "raise_exception")
        throw Complaint("the template refuses this: " + text_of(arguments.at(0, "message")));
    if (name == "strftime_now")
        return formatted_now(require_text(arguments.at(0, "format"), "a format of time"));
    throw Complaint("the function " + name + " is not known");
}

std::string Evaluator::formatted_now(const std::string& format) const
{
    if (format.size() > longest_format)
        throw Complaint(
            "a format of time has more than " + std::to_string(longest_format) + " bytes");
    std::tm utc{};
    gmtime_r(&now_, &utc);
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::put_time(&utc, format.c_str());
    return text.str();
}

} // namespace circuitloom::templates
