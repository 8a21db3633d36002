#include "app/reference/completions.h"

#include <algorithm>

namespace circuitloom {

namespace {

/// `text` as one word of fish, whose single quotes know \\ and \'.
std::string quoted(const std::string& text)
{
    std::string word = "'";
    for (const char letter : text)
        word += (letter == '\'' || letter == '\\' ? "\\" : "") + std::string(1, letter);
    return word + "'";
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return quoted(text);
}

/// A function that is true where the cursor stands behind this command.
std::string place_function(const ProgramReference& program, const std::string& function)
{
    std::string commands;
    std::string valued;
    for (const CommandReference& command : program.commands) {
        if (!command.name.empty())
            commands += " " + quoted(" " + command.name);
        for (const OptionReference& option : command.options)
            for (const std::string& name : option.names)
                if (!option.is_switch())
                    valued += " " + quoted(
                        (command.name.empty() ? "" : " " + command.name) + " " + name);
    }
    return "function " + function + "\n    set -l at ''\n    set -l skip 0\n"
        + "    for word in (commandline -opc)[2..-1]\n"
        + "        if test $skip = 1\n            set skip 0\n            continue\n        end\n"
        + "        switch \"$at $word\"\n            case" + commands
        + "\n                set at \"$at $word\"\n            case" + valued
        + "\n                set skip 1\n        end\n    end\n"
        + "    test \"$at\" = \"$argv\"\nend\n";
}

std::string option_line(const std::string& start, const OptionReference& option)
{
    std::string line = start;
    for (const std::string& name : option.names)
        line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (!option.is_switch())
        line += option.takes_file ? " -r -F" : " -x";
    if (!option.words.empty())
        line += " -a " + joined(option.words);
    return line + " -d " + quoted(short_help(option.help)) + "\n";
}

} // namespace

std::string fish_completion(const ProgramReference& program)
{
    const std::string function = "__" + shell_name(program) + "_at";
    std::string text = "# fish completion of " + program.name + " " + program.version + "\n\n"
        + place_function(program, function) + "\n";
    for (const CommandReference& command : program.commands) {
        const std::string at = command.name.empty() ? "" : " " + command.name;
        const std::string start
            = "complete -c " + program.name + " -n " + quoted(function + " " + quoted(at));
        const bool files
            = std::ranges::any_of(command.arguments, &OptionReference::takes_file);
        if (!files)
            text += start + " -f\n";
        for (const OptionReference& argument : command.arguments)
            if (!argument.words.empty())
                text += start + " -a " + joined(argument.words) + "\n";
        for (const std::string& word : words_below(program, command.name)) {
            const std::string whole = command.name.empty() ? word : command.name + " " + word;
            const auto below
                = std::ranges::find(program.commands, whole, &CommandReference::name);
            text += start + " -a " + quoted(word) + " -d " + quoted(short_help(below->help)) + "\n";
        }
        for (const OptionReference& option : command.options)
            text += option_line(start, option);
    }
    return text;
}

} // namespace circuitloom
