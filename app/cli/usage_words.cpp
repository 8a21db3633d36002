#include "app/cli/usage_words.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::array texts{ "--text", "--prompt" }; ///< may be empty

/// The whole of `text` as a number, without a sign for plus.
template <class Number>
std::optional<Number> number_in(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    Number number{};
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(number) : std::nullopt;
}

/// Writes `value` as the decimal number that it is: CLI11 would take 010 for eight.
template <class Number>
std::string refusal_of_whole(std::string& value)
{
    const auto number = number_in<Number>(value);
    if (!number)
        return "is " + value + "; it must be a whole number"
            + (std::is_signed_v<Number> ? "" : " from 0") + ", such as 5";
    value = std::to_string(*number);
    return {};
}

std::string refusal_of_real(const std::string& value)
{
    const auto number = number_in<double>(value);
    return number && std::isfinite(*number)
        ? std::string()
        : "is " + value + "; it must be a number such as 0.5, neither infinite nor nan";
}

CLI::Validator usable(const CLI::Option& option)
{
    const bool may_be_empty = std::ranges::find(texts, option.get_name()) != texts.end();
    CLI::Validator validator("");
    validator.operation([may_be_empty, type = option.get_type_name()](std::string& value) {
        if (value.empty() && !may_be_empty)
            return std::string("is empty; give it a value");
        return type.starts_with("UINT") ? refusal_of_whole<std::uint64_t>(value)
            : type.starts_with("INT")   ? refusal_of_whole<std::int64_t>(value)
            : type.starts_with("FLOAT") ? refusal_of_real(value)
                                        : std::string();
    });
    return validator;
}

/// The innermost command that was given.
const CLI::App& innermost(const CLI::App& app)
{
    for (const CLI::App* given : app.get_subcommands())
        if (!given->get_name().empty()) // a group of options has none
            return innermost(*given);
    return app;
}

/// What follows `mark` in `text`; empty where it is not in it.
std::string_view after(std::string_view text, std::string_view mark)
{
    const std::size_t at = text.find(mark);
    return at == std::string_view::npos ? std::string_view() : text.substr(at + mark.size());
}

std::string before(std::string_view text, std::string_view mark)
{
    return std::string(text.substr(0, text.find(mark)));
}

/// `0.500000` without what says nothing.
std::string shortened(std::string number)
{
    if (number.find('.') != std::string::npos && number.find('e') == std::string::npos) {
        number.erase(number.find_last_not_of('0') + 1);
        if (number.ends_with('.'))
            number.pop_back();
    }
    return number;
}

/// The two ends of a range in CLI11's words: "1 to 5", and of newer versions "[1 - 5]".
std::pair<std::string, std::string> ends_of(std::string_view range)
{
    if (range.starts_with('[') && range.ends_with(']'))
        range = range.substr(1, range.size() - 2);
    const char* between = range.find(" to ") != std::string_view::npos ? " to " : " - ";
    return { shortened(before(range, between)), shortened(std::string(after(range, between))) };
}

/// What CLI11 says of a value outside of a range: "--top-n: Value 0 not in range 1 to 5".
std::string out_of_range(const CLI::App& app, const std::string& what)
{
    const std::string name = before(what, ": Value ");
    const std::string given = before(after(what, ": Value "), " not in range ");
    const auto [least, most] = ends_of(after(what, " not in range "));
    constexpr double unlimited = 1e300; // no limit that a person set is as high
    const CLI::Option* option = innermost(app).get_option_no_throw(name);
    const bool zero = option && option->get_type_name().find("NONNEGATIVE") != std::string::npos;
    return name + " is " + given + "; it must be "
        + (number_in<double>(most).value_or(unlimited) < unlimited ? "from " + least + " to " + most
                : zero                                    ? "0 or more"
                                                          : "above 0")
        + ".";
}

/// Where no command was given, or a word that is none. What newcomers try is the demo.
std::string without_command(const std::vector<std::string>& words)
{
    const auto word = std::ranges::find_if(words, [](const std::string& one) { return !one.starts_with('-'); });
    const std::string said = word == words.end() ? std::string("Give a command.")
                                                 : "There is no command " + *word + ".";
    return said
        + " To begin, run the demo, look at it in the window, list its runs, write its circuit:\n"
          "  circuitloom-cli tune --preset sv-disagreement -o demo.loom\n"
          "  circuitloom demo.loom\n"
          "  circuitloom-cli runs demo.loom\n"
          "  circuitloom-cli export demo.loom --run 1 -o circuit.json";
}

} // namespace

void refuse_unusable_values(CLI::App& app)
{
    for (CLI::Option* option : app.get_options())
        if (option->get_items_expected_max() > 0)
            option->transform(usable(*option)); // before the other checks
    for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; }))
        refuse_unusable_values(*command);
}

std::string usage_in_words(const CLI::App& app, const CLI::Error& wrong)
{
    const std::string what = wrong.what();
    if (what == "A subcommand is required" && innermost(app).get_parent() == nullptr)
        return without_command(app.remaining());
    if (const auto refusal = after(what, ": is "); !refusal.empty()) // by usable()
        return before(what, ": is ") + " is " + std::string(refusal) + ".";
    if (what.starts_with("Could not convert: "))
        return before(after(what, "Could not convert: "), " = ") + " is "
            + std::string(after(what, " = ")) + ", which is too large for it.";
    if (what.find(": Value ") != std::string::npos
        && what.find(" not in range ") != std::string::npos)
        return out_of_range(app, what);
    if (const auto choices = after(what, " not in {"); choices.ends_with('}')) {
        std::string words(choices.substr(0, choices.size() - 1));
        for (std::size_t at = 0; (at = words.find(',', at)) != std::string::npos; at += 2)
            words.insert(at + 1, " ");
        return before(what, ": ") + " is " + before(after(what, ": "), " not in {")
            + "; it must be one of " + words + ".";
    }
    if (const auto times = after(what, ": At Most 1 required but received "); !times.empty())
        return before(what, ": At Most") + " is given " + std::string(times)
            + " times; it is taken once.";
    if (const auto counts = after(what, ": At least "); !counts.empty())
        return before(what, ": At least") + " needs at least "
            + before(counts, " required but received ") + " values.";
    if (what.ends_with(" missing") && what.find(" required ") != std::string::npos)
        return before(what, ": ") + " needs a value.";
    return what;
}

} // namespace circuitloom
