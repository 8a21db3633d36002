#include "app/cli/command_reference.h"

#include "core/run/run_config.h"
#include "core/run/run_options.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <regex>
#include <set>

namespace circuitloom {

namespace {

constexpr std::array number_types{ "INT", "UINT", "FLOAT" };
/// Whose values are words of a person's, not files.
constexpr std::array texts{ "--text", "--prompt", "--target", "--alternative", "--name", "--ids",
    "--heads", "--nodes", "--without", "--title" };

/// The words of IsMember's description, "{csv,tsv}".
std::vector<std::string> words_in(const std::string& braces)
{
    std::vector<std::string> words;
    for (std::size_t first = 1; first < braces.size();) {
        const std::size_t end = std::min(braces.find_first_of(",}", first), braces.size());
        words.push_back(braces.substr(first, end - first));
        first = end + 1;
    }
    return words;
}

std::vector<std::string> setting_names()
{
    RunConfig config;
    std::vector<std::string> names;
    for (const RunOption& option : options_of(config))
        names.push_back(option.name() + "=");
    return names;
}

/// What CLI11 does not know that an option may be.
std::vector<std::string> known_words(const std::string& name)
{
    if (name == "--set" || name == "--sweep")
        return setting_names();
    if (name == "model" || name == "--model")
        return { "demo" };
    std::vector<std::string> words;
    if (name == "--preset")
        for (const PresetInfo& preset : presets())
            words.push_back(preset.name);
    return words;
}

/// The descriptions of the option's checks that have one.
std::vector<std::string> checks_of(CLI::Option& option)
{
    std::vector<std::string> checks;
    try {
        for (int index = 0;; ++index)
            if (const auto text = option.get_validator(index)->get_description(); !text.empty())
                checks.push_back(text);
    } catch (const CLI::OptionNotFound&) { // there are no more
    }
    return checks;
}

/// The type without the checks, which CLI11 puts behind it.
std::string type_of(const CLI::Option& option, const std::vector<std::string>& checks)
{
    std::string type = option.get_type_name();
    for (auto check = checks.rbegin(); check != checks.rend(); ++check)
        if (type.ends_with(":" + *check))
            type.resize(type.size() - check->size() - 1);
    return type;
}

/// "INT in [1 - 1000]", as CLI11 has it, in words; empty where the check is none of numbers.
std::string limits_in_words(const std::string& check)
{
    if (check == "POSITIVE")
        return "above 0";
    if (check == "NONNEGATIVE")
        return "at least 0";
    static const std::regex range(R"(\w+ in \[(\S+) - (\S+)\])");
    std::smatch ends;
    if (!std::regex_match(check, ends, range))
        return "";
    return "from " + ends.str(1) + " to " + ends.str(2);
}

/// What the option is where it is not given; empty where its help says so already, and where that
/// is no value that it could be given: -1, and a 0 that the help does not speak of, stand for
/// nothing.
std::string fallback_of(CLI::Option& option)
{
    static const std::regex speaks_of_zero(".*\\b0[ :].*");
    option.capture_default_str();
    std::string value = option.get_default_str();
    const std::string& help = option.get_description();
    if (option.get_required() || value == "[]" || value == "{}" || value == "-1"
        || help.find("default: ") != std::string::npos
        || help.find("(" + value + ")") != std::string::npos
        || (value == "0" && !std::regex_match(help, speaks_of_zero)))
        return "";
    try {
        for (int index = 0;; ++index)
            if (!(*option.get_validator(index))(value).empty())
                return "";
    } catch (const CLI::OptionNotFound&) { // there are no more
    }
    return value;
}

/// Of options that CLI11 keeps in the order of their addresses.
std::vector<std::string> sorted_names(const std::set<CLI::Option*>& options)
{
    std::vector<std::string> names;
    for (const CLI::Option* option : options)
        names.push_back(option->get_name());
    std::ranges::sort(names);
    return names;
}

OptionReference option_reference(CLI::Option& option)
{
    OptionReference reference;
    for (const std::string& name : option.get_snames())
        reference.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames())
        reference.names.push_back("--" + name);
    reference.help = option.get_description();
    reference.required = option.get_required();
    reference.needs = sorted_names(option.get_needs());
    reference.excludes = sorted_names(option.get_excludes());
    if (option.get_items_expected_max() == 0)
        return reference; // a switch

    const std::vector<std::string> checks = checks_of(option);
    const std::string type = type_of(option, checks);
    const std::string name = option.get_name();
    const bool number = std::ranges::find(number_types, type) != number_types.end();
    reference.value = reference.names.empty() ? name : type;
    reference.repeats = option.get_items_expected_max() > 1;
    for (const std::string& check : checks) {
        if (check.starts_with('{'))
            reference.words = words_in(check);
        if (reference.limits.empty())
            reference.limits = limits_in_words(check);
    }
    reference.fallback = fallback_of(option);
    reference.takes_file = !number && reference.words.empty()
        && std::ranges::find(texts, name) == texts.end();
    if (reference.words.empty()) {
        reference.words = known_words(name);
        if (!reference.words.empty() && !name.ends_with("model"))
            reference.takes_file = false;
    }
    return reference;
}

/// The options of `app`, and of its groups of options.
void add_options(CLI::App& app, CommandReference& command)
{
    for (CLI::Option* option : app.get_options())
        (option->get_positional() ? command.arguments : command.options)
            .push_back(option_reference(*option));
    for (CLI::App* group : app.get_subcommands([](CLI::App*) { return true; }))
        if (group->get_name().empty())
            add_options(*group, command);
}

void add_commands(CLI::App& app, const std::string& name, ProgramReference& program)
{
    CommandReference command;
    command.name = name;
    command.help = app.get_description();
    add_options(app, command);
    program.commands.push_back(std::move(command));
    for (CLI::App* below : app.get_subcommands([](CLI::App*) { return true; }))
        if (!below->get_name().empty())
            add_commands(*below, name + (name.empty() ? "" : " ") + below->get_name(), program);
}

} // namespace

ProgramReference reference_of(CLI::App& app)
{
    ProgramReference program;
    program.name = app.get_name();
    program.title = "tune a language model inside its circuit, without a window";
    program.description = app.get_description()
        + " Results go to the standard output, progress to the standard error. A model is named by "
          "its directory, its id in the local Hugging Face cache, a GGUF file, or demo, which is "
          "built in; nothing is ever downloaded.";
    program.exit_status = "0 only on success, 1 for a failure, which the standard error tells in a "
                          "sentence, 2 for a wrong command line, and 130 for what was interrupted.";
    program.see_also = "circuitloom";
    program.version = CIRCUITLOOM_VERSION;
    add_commands(app, "", program);
    return program;
}

} // namespace circuitloom
