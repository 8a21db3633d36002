#include "app/reference/program_reference.h"

#include "app/reference/completions.h"

#include <algorithm>
#include <cctype>

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

std::string sentence_of(std::string text, const std::vector<std::string>& literal)
{
    if (text.empty())
        return text;
    const std::size_t word_end = std::min(text.find_first_of(" ,:;"), text.size());
    const auto lower = [](unsigned char letter) { return std::islower(letter) != 0; };
    // A name such as eap-ig or demo keeps its letters.
    if (std::ranges::find(literal, text.substr(0, word_end)) == literal.end()
        && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(word_end), lower))
        text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    while (text.ends_with('\n') || text.ends_with(' '))
        text.pop_back();
    const bool listing = text.compare(text.rfind('\n') + 1, 2, "  ") == 0; // which ends a help
    if (!text.ends_with('.') && !listing)
        text += '.';
    return text;
}

std::vector<std::string> conditions_of(const OptionReference& option)
{
    const auto joined = [](const std::vector<std::string>& names) {
        std::string text;
        for (const std::string& name : names)
            text += (text.empty() ? "" : ", ") + name;
        return text;
    };
    std::vector<std::string> sentences;
    if (option.required && !option.names.empty())
        sentences.push_back("Required.");
    if (!option.limits.empty())
        sentences.push_back(sentence_of(option.limits));
    if (!option.fallback.empty())
        sentences.push_back("Default: " + option.fallback + ".");
    if (!option.needs.empty())
        sentences.push_back("Only with " + joined(option.needs) + ".");
    if (!option.excludes.empty())
        sentences.push_back("Not with " + joined(option.excludes) + ".");
    return sentences;
}

bool has_choice(const OptionReference& option)
{
    if (option.words.empty() || option.takes_file || option.words.front().ends_with('='))
        return false;
    std::string list;
    for (const std::string& word : option.words)
        list += (list.empty() ? "" : ", ") + word;
    return option.help.find(list) == std::string::npos;
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
