#include "app/reference/markdown.h"
#include "app/reference/program_reference.h"

#include <algorithm>

namespace circuitloom {

namespace {

std::string literal(const std::string& text)
{
    return "`" + text + "`";
}

std::string value_of(const OptionReference& option)
{
    return option.value + (option.repeats ? " ..." : "");
}

std::string list_of(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + literal(word);
    return text;
}

/// What an option's help says of each of its values has a line of its own: "name: what it is".
bool explains_words(const OptionReference& option)
{
    return !option.words.empty()
        && option.help.find("\n" + option.words.front() + ": ") != std::string::npos;
}

std::string entry(const OptionReference& option)
{
    std::string head;
    for (const std::string& name : option.names)
        head += (head.empty() ? "" : ", ") + name;
    if (!option.is_switch())
        head += (head.empty() ? "" : " ") + value_of(option);
    const std::size_t first_line = option.help.find('\n');
    const bool explained = explains_words(option);
    std::string text = explained ? option.help.substr(0, first_line) : option.help;
    text = markdown_escaped(sentence_of(text, option.words));
    for (const std::string& condition : conditions_of(option))
        text += (text.empty() ? "" : " ") + condition;
    if (!explained && has_choice(option))
        text += (text.empty() ? "" : " ") + std::string("One of ") + list_of(option.words) + ".";
    std::string lines
        = "- " + markdown_lines(literal(head) + (text.empty() ? "" : ": " + text), "  ") + "\n";
    for (std::size_t at = first_line; explained && at < option.help.size();) {
        const std::size_t colon = option.help.find(": ", at);
        const std::size_t end = std::min(option.help.find('\n', at + 1), option.help.size());
        const std::string word = option.help.substr(at + 1, colon - at - 1);
        lines += "  - "
            + markdown_lines(literal(word) + ": "
                    + markdown_escaped(option.help.substr(colon + 2, end - colon - 2)),
                "    ")
            + "\n";
        at = end;
    }
    return lines;
}

bool is_help(const OptionReference& option)
{
    return std::ranges::find(option.names, "--help") != option.names.end();
}

std::string entries(const CommandReference& command)
{
    std::string text;
    for (const OptionReference& argument : command.arguments)
        text += entry(argument);
    for (const OptionReference& option : command.options)
        if (!is_help(option))
            text += entry(option);
    return text.empty() ? text : "\n" + text;
}

std::string section(const ProgramReference& program, const CommandReference& command)
{
    std::string called = program.name + " " + command.name;
    for (const OptionReference& argument : command.arguments)
        called += argument.required ? " " + value_of(argument) : " [" + value_of(argument) + "]";
    if (!std::ranges::all_of(command.options, is_help))
        called += " [options]";
    const std::vector<std::string> below = words_below(program, command.name);
    std::string text = "\n## " + command.name + "\n\n" + markdown_lines(literal(called), "")
        + "\n\n" + markdown_lines(markdown_escaped(sentence_of(command.help)), "") + "\n";
    if (!below.empty())
        text += "\n" + markdown_lines("Its commands are " + list_of(below) + ".", "") + "\n";
    return text + entries(command);
}

} // namespace

std::string markdown_page(const ProgramReference& program)
{
    std::string text = "# " + program.name + ": every option\n\n"
        + markdown_lines("This page is what `" + program.name
                + " man --markdown` prints; `man` has the same as a manual page. "
                + markdown_escaped(program.description),
            "")
        + "\n\n" + markdown_lines("The exit code is " + markdown_escaped(program.exit_status), "")
        + "\n" + entries(program.commands.front());
    for (const CommandReference& command : program.commands)
        if (!command.name.empty())
            text += section(program, command);
    return text;
}

} // namespace circuitloom
