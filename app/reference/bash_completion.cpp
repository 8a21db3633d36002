#include "app/reference/completions.h"

namespace circuitloom {

namespace {

/// With %NAME% for the program's name as functions have it.
constexpr auto functions = R"(
# The word before the cursor is completed; the line up to it says of which command.
_%NAME%() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local commands='' options='' valued='' words='' files='' arguments='' argument_files=''
    # Readline takes --option=value apart.
    if [[ $word == '=' ]]; then
        word=''
    elif [[ $before == '=' && COMP_CWORD -gt 1 ]]; then
        before=${COMP_WORDS[COMP_CWORD-2]}
    fi

    local command='' i
    _%NAME%_of "$command"
    for ((i = 1; i < COMP_CWORD; i++)); do
        local one=${COMP_WORDS[i]}
        if [[ " $valued " == *" $one "* ]]; then
            ((i++)) # its value
        elif [[ " $commands " == *" $one "* ]]; then
            command+=${command:+ }$one
            _%NAME%_of "$command"
        fi
    done

    COMPREPLY=()
    if [[ " $valued " == *" $before "* ]]; then
        _%NAME%_value "$command" "$before"
    elif [[ $word == -* ]]; then
        words=$options
    else
        words="$commands $arguments"
        files=$argument_files
    fi
    [[ $words ]] && mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
    if [[ $files ]]; then
        compopt -o filenames 2>/dev/null
        local found
        mapfile -t found < <(compgen -f -- "$word")
        COMPREPLY+=("${found[@]}")
    fi
    return 0
}
)";

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return quoted_for_shell(text);
}

/// Sets what may follow a command: its commands, options, and what its arguments may be.
std::string command_case(const ProgramReference& program, const CommandReference& command)
{
    std::vector<std::string> options;
    std::vector<std::string> valued;
    for (const OptionReference& option : command.options)
        for (const std::string& name : option.names) {
            options.push_back(name);
            if (!option.is_switch())
                valued.push_back(name);
        }
    std::vector<std::string> words;
    bool files = false;
    for (const OptionReference& argument : command.arguments) {
        words.insert(words.end(), argument.words.begin(), argument.words.end());
        files = files || argument.takes_file;
    }
    return "    " + quoted_for_shell(command.name) + ")\n        commands="
        + joined(words_below(program, command.name)) + "\n        options=" + joined(options)
        + "\n        valued=" + joined(valued) + "\n        arguments=" + joined(words)
        + "\n        argument_files=" + (files ? "1" : "''") + " ;;\n";
}

/// Sets what the value of a command's option may be.
std::string value_cases(const CommandReference& command)
{
    std::string text;
    for (const OptionReference& option : command.options) {
        if (option.is_switch() || (option.words.empty() && !option.takes_file))
            continue;
        std::string patterns;
        for (const std::string& name : option.names)
            patterns += (patterns.empty() ? "" : "|")
                + quoted_for_shell(command.name + " " + name);
        text += "    " + patterns + ")";
        if (!option.words.empty())
            text += " words=" + joined(option.words);
        text += (option.takes_file ? " files=1" : "") + std::string(" ;;\n");
    }
    return text;
}

} // namespace

std::string bash_completion(const ProgramReference& program)
{
    const std::string name = shell_name(program);
    std::string of = "_" + name + "_of() {\n    case $1 in\n";
    std::string value = "_" + name + "_value() {\n    case \"$1 $2\" in\n";
    for (const CommandReference& command : program.commands) {
        of += command_case(program, command);
        value += value_cases(command);
    }
    std::string body = functions;
    for (std::size_t at; (at = body.find("%NAME%")) != std::string::npos;)
        body.replace(at, 6, name);
    const std::string end = "    esac\n}\n";
    return "# bash completion of " + program.name + " " + program.version + "\n\n" + of + end + "\n"
        + value + end + body + "\ncomplete -F _" + name + " " + program.name + "\n";
}

} // namespace circuitloom
