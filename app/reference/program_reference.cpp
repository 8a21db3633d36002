#include "app/reference/program_reference.h"

#include "app/reference/completions.h"

#include <algorithm>

namespace circuitloom {

std::vector<std::string> words_below(const ProgramReference& program, const std::string& command)
{
    const std::string start = command.empty() ? command : command + " ";
    std::vector<std::string> words;
    for (const CommandReference& other : program.commands) {
        if (other.name.size() <= start.size() || !other.name.starts_with(start))
            continue;
        const std::string rest = other.name.substr(start.size());
        if (rest.find(' ') == std::string::npos)
            words.push_back(rest);
    }
    return words;
}

std::string short_help(const std::string& help)
{
    constexpr std::size_t longest = 80;
    std::size_t end = help.find_first_of(";\n");
    end = std::min({ end, help.find(": "), help.find(". ") });
    std::string line = help.substr(0, end);
    if (line.size() > longest) {
        const std::size_t comma = line.rfind(", ", longest);
        line.resize(comma != std::string::npos ? comma : line.rfind(' ', longest));
    }
    while (line.ends_with('.') || line.ends_with(' '))
        line.pop_back();
    return line;
}

std::string shell_name(const ProgramReference& program)
{
    std::string name = program.name;
    std::ranges::replace(name, '-', '_');
    return name;
}

std::string quoted_for_shell(const std::string& text)
{
    std::string quoted = "'";
    for (const char letter : text)
        quoted += letter == '\'' ? "'\\''" : std::string(1, letter);
    return quoted + "'";
}

std::string shell_words(const std::vector<std::string>& words)
{
    constexpr auto plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,/+";
    std::string text;
    for (const std::string& word : words) {
        const bool bare = !word.empty() && word.find_first_not_of(plain) == std::string::npos;
        text += (text.empty() ? "" : " ") + (bare ? word : quoted_for_shell(word));
    }
    return text;
}

const std::vector<Shell>& shells()
{
    static const std::vector<Shell> all{ { "bash", bash_completion }, { "zsh", zsh_completion },
        { "fish", fish_completion } };
    return all;
}

} // namespace circuitloom
