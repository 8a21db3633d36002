#pragma once

#include <string>
#include <vector>

namespace circuitloom {

// What a program's command line has, as its manual page and the completions of shells are written
// from. Both programs fill it in from the options that they parse with.

/// An option, or an argument that has a place instead of a name.
struct OptionReference
{
    std::vector<std::string> names; ///< with their dashes; none for an argument
    std::string value;              ///< what it takes, as in "FILE"; empty for a switch
    std::string help;
    std::vector<std::string> words; ///< what may be completed; one that ends with = goes on
    bool takes_file = false;        ///< the name of a file or folder may be completed
    bool repeats = false;           ///< takes several values, or may be given again
    bool required = false;
    std::string limits; ///< of a number, as in "from 1 to 1000"
    std::string fallback; ///< its value where it is not given, as far as that is known
    std::vector<std::string> needs; ///< names of options without which it says nothing
    std::vector<std::string> excludes; ///< names of options that it cannot stand beside

    bool is_switch() const { return value.empty(); }
};

/// A command; the program itself is the one without a name.
struct CommandReference
{
    std::string name; ///< with that of the command it is part of, as in "runs merge"
    std::string help;
    std::vector<OptionReference> arguments;
    std::vector<OptionReference> options;
};

struct ProgramReference
{
    std::string name;
    std::string title; ///< a line: what it is for
    std::string description;
    std::string version;
    std::string exit_status; ///< a sentence
    std::string see_also;    ///< another program with a manual page
    std::vector<CommandReference> commands; ///< the program itself first
};

/// The words that may follow `command`: those of the commands that are directly part of it.
std::vector<std::string> words_below(const ProgramReference& program, const std::string& command);

/// A line of at most 80 characters for a list: what comes before the first semicolon, colon or the
/// end of the first sentence, without the full stop.
std::string short_help(const std::string& help);

/// `text` with a capital letter and a full stop. A first word that is one of `literal` stays.
std::string sentence_of(std::string text, const std::vector<std::string>& literal = {});

/// A sentence each: what the option may be, is without being given, needs and excludes.
std::vector<std::string> conditions_of(const OptionReference& option);

/// Whether its words are all that it may be, and its help does not list them.
bool has_choice(const OptionReference& option);

/// The name as shells' functions have it: circuitloom_cli.
std::string shell_name(const ProgramReference& program);

/// `text` as one word of a POSIX shell.
std::string quoted_for_shell(const std::string& text);

/// The words, quoted where they must be, with a blank between them.
std::string shell_words(const std::vector<std::string>& words);

using WriteCompletion = std::string (*)(const ProgramReference& program);

struct Shell
{
    const char* name;
    WriteCompletion completion; ///< the script that the shell reads
};

/// Those that completions are written for: bash, zsh and fish.
const std::vector<Shell>& shells();

/// A manual page of section 1 in the language of groff's man macros, UTF-8.
std::string man_page(const ProgramReference& program);

/// The same as a page of the documentation, in Markdown: a heading for each command.
std::string markdown_page(const ProgramReference& program);

} // namespace circuitloom
