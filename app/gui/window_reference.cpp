#include "app/gui/window_reference.h"

#include "app/gui/export_options.h"
#include "app/gui/opengl_check.h"
#include "app/gui/printed_text.h"
#include "app/gui/report_command.h"
#include "app/gui/window_options.h"
#include "app/reference/program_reference.h"

#include <cstdio>

namespace circuitloom {

namespace {

constexpr const char* window_description
    = "Watch a language model learn, edge by edge. With FILE.loom opens that experiment; with "
      "ssh:// one on another\nmachine, over your own ssh, and shows it as it grows.";

OptionReference option(const char* name, const char* help)
{
    OptionReference reference;
    reference.names = { name };
    reference.help = help;
    return reference;
}

OptionReference language()
{
    OptionReference reference = option(language_option,
        "The language of the window, as in de; without it the one that LANGUAGE or LANG asks for, "
        "where\nthere is a translation, else English.");
    reference.value = "LANGUAGE";
    return reference;
}

CommandReference window()
{
    CommandReference command;
    command.help = window_description;
    OptionReference file;
    file.value = "FILE.loom | ssh://[user@]host/path/FILE.loom | FILE...";
    file.help = "The experiment to open. Other files are taken as if dropped onto the window: a "
                "model (its folder\nor a GGUF file), a task file and a run's configuration begin a "
                "new run, checkpoints are observed,\ncircuits imported.";
    file.takes_file = true;
    command.arguments = { file };
    command.options = {
        option(opengl_check_option,
            "Says what paints the circuit. CIRCUITLOOM_OPENGL=off keeps OpenGL out of it,\n"
            "CIRCUITLOOM_OPENGL=on uses it even where the processor has to do its work."),
        language(),
        option("--version", "Prints the version."),
        option("--help", "Prints how this is called."),
    };
    return command;
}

CommandReference completion()
{
    CommandReference command;
    command.name = "completion";
    command.help = "prints what completes this program's commands and options in a shell.";
    OptionReference shell;
    shell.value = "SHELL";
    shell.help = "The shell that will read it.";
    shell.required = true;
    for (const Shell& one : shells())
        shell.words.emplace_back(one.name);
    command.arguments = { shell };
    return command;
}

CommandReference man()
{
    CommandReference command;
    command.name = "man";
    command.help = "prints the manual page, for man -l -.";
    command.options = { option("--markdown", "As the page of the documentation instead.") };
    return command;
}

ProgramReference reference()
{
    ProgramReference program;
    program.name = "circuitloom";
    program.title = "watch a language model learn, edge by edge";
    program.description = std::string(window_description)
        + " A model is tuned only inside the circuit that does a task, and the circuit of every "
          "iteration is kept in the file. Ctrl+F1 shows all pages of its documentation.";
    program.version = CIRCUITLOOM_VERSION;
    program.exit_status = "0 only on success, 1 for a failure, which the standard error tells in a "
                          "sentence, and 130 for what was interrupted.";
    program.see_also = "circuitloom-cli";
    program.commands = { window(), export_command_reference(), report_command_reference(),
        completion(), man() };
    return program;
}

} // namespace

std::string help_text()
{
    const CommandReference own = window();
    std::string options;
    for (const OptionReference& one : own.options)
        options += (options.empty() ? "" : " | ") + one.names.front()
            + (one.value.empty() ? "" : " " + one.value);
    std::string options_help;
    for (const OptionReference& one : own.options)
        options_help += one.names.front() + ": " + one.help + "\n";
    std::string shell_names;
    for (const Shell& shell : shells())
        shell_names += (shell_names.empty() ? "" : "|") + std::string(shell.name);
    return "Usage: circuitloom [" + own.arguments.front().value
        + "]\n       circuitloom export FILE.loom [options] -o OUT\n"
          "       circuitloom report FILE.loom [options] -o OUT.html\n"
          "       circuitloom completion "
        + shell_names + "\n       circuitloom man [--markdown]\n       circuitloom " + options
        + "\n\n" + own.help
        + "\nexport renders circuits, curves and films without a display; see circuitloom export "
          "--help.\nreport writes runs as one web page that loads nothing; see circuitloom report "
          "--help.\n"
        + "completion " + completion().help + "\nman " + man().help + "\n" + options_help;
}

int print_man_page(const char* option)
{
    const std::string given = option ? option : "";
    if (given.empty())
        return print_whole(man_page(reference()).c_str());
    if (given == "--markdown")
        return print_whole(markdown_page(reference()).c_str());
    std::fputs("Usage: circuitloom man [--markdown].\n", stderr);
    return 1;
}

int print_completion(const char* name)
{
    const std::string wanted = name ? name : "";
    std::string names;
    for (const Shell& shell : shells()) {
        if (wanted == shell.name)
            return print_whole(shell.completion(reference()).c_str());
        names += (names.empty() ? "" : ", ") + std::string(shell.name);
    }
    std::fprintf(stderr, "Usage: circuitloom completion SHELL, where SHELL is one of %s.\n",
        names.c_str());
    return 1;
}

} // namespace circuitloom
