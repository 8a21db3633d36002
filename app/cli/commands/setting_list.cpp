#include "app/cli/commands/setting_list.h"

#include "app/reference/markdown.h"
#include "core/run/run_options.h"

namespace circuitloom {

namespace {

constexpr auto introduction
    = "This page is what `circuitloom-cli tune --list-settings --markdown` prints. A configuration "
      "is a TOML file with a table for each heading below, as in `[optimizer]`; only `[task] "
      "train` "
      "is required. `--set optimizer.learning_rate=0.01` changes one setting on the command line, "
      "and the window's dialog for a new run finds each by its name. A name that does not exist "
      "and "
      "a value that cannot be are refused with what is near or possible. Which of them belong "
      "together is said in [the command line](command-line.md#a-configuration) and in "
      "[the algorithm](algorithm.md); the ready-made runs of `tune --list-presets` are such files.";

constexpr auto suites
    = "A suite that is measured beside the task, one table for each; there may be any number, and "
      "`--no-capabilities` leaves all out. [Task files](task-files.md) says what a suite may be.";

/// As a line of the file has it.
std::string assignment(const RunOption& option)
{
    const bool is_text = std::holds_alternative<std::string*>(option.value)
        || std::holds_alternative<Choice>(option.value);
    const std::string quote = is_text ? "\"" : "";
    return std::string(option.key) + " = " + quote + option.text() + quote;
}

std::string entry(const RunOption& option)
{
    const std::string text = "`" + assignment(option) + "`, "
        + markdown_escaped(option.allowed() + ". " + std::string(option.help));
    std::string lines = "- " + markdown_lines(text, "  ") + "\n";
    if (const auto* choice = std::get_if<Choice>(&option.value))
        for (std::size_t i = 0; i < choice->words.size(); ++i)
            lines += "  - "
                + markdown_lines("`" + std::string(choice->names[i])
                        + "`: " + markdown_escaped(std::string(choice->words[i].help)),
                    "    ")
                + "\n";
    return lines;
}

} // namespace

std::string setting_list(RunConfig config)
{
    std::string text;
    for (const RunOption& option : options_of(config)) {
        text += option.name() + " = " + option.text() + "\n    " + std::string(option.help)
            + "\n    It may be " + option.allowed() + ".\n";
        if (const auto* choice = std::get_if<Choice>(&option.value))
            for (std::size_t i = 0; i < choice->words.size(); ++i)
                text += "    " + std::string(choice->names[i]) + ": "
                    + std::string(choice->words[i].help) + "\n";
    }
    return text;
}

std::string settings_page()
{
    RunConfig config;
    std::string text = "# The configuration: every setting\n\n" + markdown_lines(introduction, "")
        + "\n\n## At the top\n\n";
    std::string_view section;
    for (const RunOption& option : options_of(config)) {
        if (option.section != section) {
            section = option.section;
            text += "\n## " + std::string(section) + "\n\n";
        }
        text += entry(option);
    }
    return text + "\n## capabilities\n\n" + markdown_lines(suites, "")
        + "\n\n- `name`, a text: what the suite is called in curves and tables.\n"
          "- `source`, a text: a file, or one of the demo's suites, as in `demo/was-were`.\n";
}

} // namespace circuitloom
