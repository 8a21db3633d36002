#include "app/reference/completions.h"

#include <algorithm>

namespace circuitloom {

namespace {

/// `text` for a place of _arguments where these letters have a meaning.
std::string escaped(const std::string& text, const char* special = "\\[]:")
{
    std::string out;
    for (const char letter : text) {
        if (std::string(special).find(letter) != std::string::npos)
            out += '\\';
        out += letter;
    }
    return out;
}

/// What completes a value: a list of words, files, both or nothing.
std::string action(const OptionReference& option)
{
    std::string words;
    for (const std::string& word : option.words)
        words += (words.empty() ? "" : " ") + escaped(word, "\\: ()");
    if (words.empty())
        return option.takes_file ? "_files" : " ";
    const bool goes_on = std::ranges::any_of(
        option.words, [](const std::string& word) { return word.ends_with('='); });
    if (goes_on)
        return "compadd -S \"\" - " + words;
    return option.takes_file ? "_alternative \"words:word:(" + words + ")\" \"files:file:_files\""
                             : "(" + words + ")";
}

std::string option_lines(const OptionReference& option)
{
    std::string lines;
    for (const std::string& name : option.names) {
        const bool is_long = name.starts_with("--");
        std::string line = (option.repeats ? "*" : "") + name;
        if (!option.is_switch())
            line += is_long ? "=" : "+";
        line += "[" + escaped(short_help(option.help)) + "]";
        if (!option.is_switch())
            line += ":" + escaped(option.value) + ":" + action(option);
        lines += " \\\n            " + quoted_for_shell(line);
    }
    return lines;
}

std::string command_list(const ProgramReference& program, const CommandReference& command)
{
    std::string list;
    for (const std::string& word : words_below(program, command.name)) {
        const std::string whole = command.name.empty() ? word : command.name + " " + word;
        const auto below = std::ranges::find(program.commands, whole, &CommandReference::name);
        list += "                "
            + quoted_for_shell(escaped(word, "\\:") + ":" + short_help(below->help)) + "\n";
    }
    return list;
}

/// What completes the words that are no options: commands where there are any, and arguments.
std::string rest(const ProgramReference& program, const CommandReference& command)
{
    const bool commands = !words_below(program, command.name).empty();
    std::string lines;
    if (commands)
        lines += " \\\n            '1: :->first'";
    int place = 0;
    for (const OptionReference& argument : command.arguments) {
        ++place;
        if (commands && place == 1)
            continue; // completed with the commands
        const std::string at = argument.repeats ? "*" : std::to_string(place);
        lines += " \\\n            "
            + quoted_for_shell(at + ":" + escaped(argument.value) + ":" + action(argument));
    }
    return lines;
}

std::string command_case(const ProgramReference& program, const CommandReference& command)
{
    std::string text = "    (" + quoted_for_shell(command.name) + ")\n        _arguments -C";
    for (const OptionReference& option : command.options)
        text += option_lines(option);
    text += rest(program, command) + "\n";
    const std::string list = command_list(program, command);
    if (!list.empty()) {
        text += "        if [[ $state == first ]]; then\n            local -a below=(\n" + list
            + "            )\n            _describe command below\n";
        if (std::ranges::any_of(command.arguments, &OptionReference::takes_file))
            text += "            _files\n";
        text += "        fi\n";
    }
    return text + "        ;;\n";
}

} // namespace

std::string zsh_completion(const ProgramReference& program)
{
    const std::string function = "_" + shell_name(program);
    std::string names;
    std::string valued;
    std::string cases;
    for (const CommandReference& command : program.commands) {
        if (!command.name.empty())
            names += (names.empty() ? "" : "|") + quoted_for_shell(command.name);
        for (const OptionReference& option : command.options)
            for (const std::string& name : option.names)
                if (!option.is_switch())
                    valued += (valued.empty() ? "" : "|")
                        + quoted_for_shell(
                            (command.name.empty() ? "" : command.name + " ") + name);
        cases += command_case(program, command);
    }
    return "#compdef " + program.name + "\n# zsh completion of " + program.name + " "
        + program.version + "\n\n" + function + "() {\n"
        + "    local at= whole state line\n    local -A opt_args\n    integer i last=1\n"
        + "    for (( i = 2; i < CURRENT; i++ )); do\n"
        + "        whole=\"$at${at:+ }$words[i]\"\n        case $whole in\n"
        + "        (" + names + ") at=$whole; last=i ;;\n"
        + "        (" + valued + ") (( i++ )) ;;\n        esac\n    done\n"
        + "    # The command, not the program, is what _arguments sees first.\n"
        + "    words=(\"${(@)words[last,-1]}\")\n    (( CURRENT -= last - 1 ))\n"
        + "    case $at in\n" + cases + "    esac\n}\n\n" + function + " \"$@\"\n";
}

} // namespace circuitloom
