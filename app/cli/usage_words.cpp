#include "app/cli/usage_words.h"

#include "core/base/nearest.h"
#include "core/base/utf8.h"

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

/// As typed behind the program's name, as in "tasks check"; empty for the program itself.
std::string typed_name(const CLI::App& command)
{
    const CLI::App* above = command.get_parent();
    if (!above)
        return {};
    const std::string name = typed_name(*above);
    return name + (name.empty() ? "" : " ") + command.get_name();
}

std::vector<std::string> commands_of(const CLI::App& app)
{
    std::vector<std::string> names;
    for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; }))
        if (!one->get_name().empty())
            names.push_back(one->get_name());
    return names;
}

/// As in "a, b and c".
std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return text;
}

/// The options of a command and of the groups in it, without their dashes.
std::vector<std::string> options_of(const CLI::App& app)
{
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options())
        names.insert(names.end(), option->get_lnames().begin(), option->get_lnames().end());
    for (const CLI::App* group : app.get_subcommands([](const CLI::App*) { return true; }))
        if (group->get_name().empty()) {
            const std::vector<std::string> more = options_of(*group);
            names.insert(names.end(), more.begin(), more.end());
        }
    return names;
}

/// A sentence on an option that `command` has not; empty where every word that begins with a dash
/// is one. A sentence on the word after it would be misleading: that is its value.
std::string unknown_option(const CLI::App& command)
{
    const std::vector<std::string> words = command.remaining();
    const auto word = std::ranges::find_if(
        words, [](const std::string& one) { return one.size() > 1 && one.starts_with('-'); });
    if (word == words.end())
        return {};
    const std::string option = before(*word, "=");
    const std::string name = option.substr(std::min(option.find_first_not_of('-'), option.size()));
    const std::string meant = likely_meant(name, options_of(command));
    const std::string place = typed_name(command);
    return (place.empty() ? "circuitloom-cli itself" : place) + " has no option "
        + for_message(option) + (meant.empty() ? std::string() : "; the nearest is --" + meant)
        + ".";
}

/// A sentence on a word that is neither an argument of `command` nor a command of it; empty where
/// there is no such word.
std::string unknown_word(const CLI::App& command)
{
    const std::vector<std::string> words = command.remaining();
    if (words.empty())
        return {};
    const std::string word = for_message(words.front());
    const std::string place = typed_name(command);
    const std::vector<std::string> names = commands_of(command);
    const std::string meant = likely_meant(word, names);
    const std::string name = place + (place.empty() ? "" : " ");
    if (!meant.empty())
        return "There is no command " + name + word + "; the nearest is " + name + meant + ".";
    if (place.empty())
        return "There is no command " + word + ".";
    return place + " has no use for the word " + word
        + (names.empty() ? "." : "; its commands are " + listed(names) + ".");
}

/// Where no command was given, or a word that is none. What newcomers try is the demo.
std::string without_command(const CLI::App& app)
{
    const std::string unknown = unknown_word(app);
    if (unknown.find("; the nearest is ") != std::string::npos)
        return unknown;
    return (unknown.empty() ? "Give a command." : unknown)
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
    const CLI::App& command = innermost(app);
    const bool needs_command = what == "A subcommand is required";
    const bool has_words = !command.remaining().empty();
    // What else is wrong may follow from an option that was not understood.
    if (command.get_parent() || (has_words && command.remaining().front().starts_with('-')))
        for (const CLI::App* one : { &command, &app })
            if (std::string unknown = unknown_option(*one); !unknown.empty())
                return unknown;
    if (needs_command && command.get_parent() == nullptr)
        return without_command(command);
    if (needs_command && !has_words)
        return "Give a command of " + typed_name(command) + ": " + listed(commands_of(command))
            + ".";
    if (has_words && (needs_command || what.find("not expected") != std::string::npos))
        return unknown_word(command);
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
