#include "app/reference/program_reference.h"

#include <algorithm>
#include <cctype>

namespace circuitloom {

namespace {

/// Words as groff has them: no letter is taken for a request.
std::string escaped(const std::string& text)
{
    std::string out;
    for (const char letter : text) {
        switch (letter) {
        case '\\': out += "\\e"; break;
        case '-': out += "\\-"; break;
        case '\'': out += "\\(aq"; break;
        case '`': out += "\\(ga"; break;
        case '^': out += "\\(ha"; break;
        case '~': out += "\\(ti"; break;
        case '.': out += out.empty() ? "\\&." : "."; break;
        default: out += letter;
        }
    }
    return out;
}

/// A paragraph in lines of at most 80 bytes, as far as its words allow. An empty line begins
/// another paragraph, and one that is indented stays a line.
std::string lines_of(const std::string& text)
{
    constexpr std::size_t longest = 80;
    std::string lines;
    std::string line;
    const auto end_line = [&] {
        if (!line.empty())
            lines += line + "\n";
        line.clear();
    };
    for (std::size_t first = 0; first < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \n", first), text.size());
        const std::string word = escaped(text.substr(first, end - first));
        if (!line.empty() && line.size() + 1 + word.size() > longest)
            end_line();
        if (!word.empty())
            line += (line.empty() ? "" : " ") + word;
        if (text.substr(end, 2) == "\n\n") {
            end_line();
            lines += ".PP\n";
        } else if (text.substr(end, 2) == "\n ") {
            end_line();
            lines += ".br\n";
        }
        first = end + 1;
    }
    end_line();
    return lines;
}

std::string bold(const std::string& text)
{
    return "\\fB" + escaped(text) + "\\fR";
}

std::string italic(const std::string& text)
{
    return "\\fI" + escaped(text) + "\\fR";
}

std::string value_of(const OptionReference& option)
{
    return italic(option.value) + (option.repeats ? "\\ ..." : "");
}

std::string entry(const OptionReference& option)
{
    std::string head;
    for (const std::string& name : option.names)
        head += (head.empty() ? "" : ", ") + bold(name);
    if (!option.is_switch())
        head += (head.empty() ? "" : " ") + value_of(option);
    std::string text = ".TP\n" + head + "\n";
    const std::string help = sentence_of(option.help, option.words);
    if (!help.empty())
        text += lines_of(help);
    for (const std::string& condition : conditions_of(option))
        text += escaped(condition) + "\n";
    if (has_choice(option)) {
        std::string words;
        for (const std::string& word : option.words)
            words += (words.empty() ? "" : ",\n") + bold(word);
        text += "It may be\n" + words + ".\n";
    } else if (help.empty()) {
        text += "\\&\n"; // an entry has a text
    }
    return text;
}

std::string synopsis(const ProgramReference& program, const CommandReference& command)
{
    const std::string called
        = command.name.empty() ? program.name : program.name + " " + command.name;
    std::string rest;
    if (!command.options.empty())
        rest += " [" + italic("options") + "]";
    for (const OptionReference& argument : command.arguments)
        rest += argument.required ? " " + value_of(argument) : " [" + value_of(argument) + "]";
    if (!words_below(program, command.name).empty())
        rest += " [" + italic("command") + "]";
    return ".B " + escaped(called) + "\n" + rest.substr(rest.empty() ? 0 : 1) + "\n";
}

std::string upper(std::string text)
{
    std::ranges::transform(text, text.begin(),
        [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return text;
}

std::string entries(const CommandReference& command)
{
    std::string text;
    for (const OptionReference& argument : command.arguments)
        text += entry(argument);
    for (const OptionReference& option : command.options)
        text += entry(option);
    return text;
}

} // namespace

std::string man_page(const ProgramReference& program)
{
    const CommandReference& own = program.commands.front();
    std::string text = "'\\\" -*- coding: UTF-8 -*-\n.TH " + escaped(upper(program.name)) + " 1 "
        + CIRCUITLOOM_RELEASE_DATE + " \"Circuitloom " + program.version
        + "\" \"User Commands\"\n.nh\n.ad l\n.SH NAME\n" + escaped(program.name) + " \\- "
        + escaped(program.title) + "\n.SH SYNOPSIS\n" + synopsis(program, own)
        + ".SH DESCRIPTION\n" + lines_of(program.description) + ".SH OPTIONS\n" + entries(own);
    if (program.commands.size() > 1) {
        text += ".SH COMMANDS\n";
        for (const CommandReference& command : program.commands)
            if (!command.name.empty())
                text += ".SS " + escaped(command.name) + "\n" + synopsis(program, command) + ".PP\n"
                    + lines_of(sentence_of(command.help)) + entries(command);
    }
    text += ".SH EXIT STATUS\n" + lines_of(program.exit_status) + ".SH SEE ALSO\n.BR "
        + escaped(program.see_also) + " (1)\n";
    return text;
}

} // namespace circuitloom
