#include "app/cli/program.h"

#include "app/cli/commands/table.h"
#include "app/cli/commands/whole_output.h"
#include "app/cli/usage_words.h"
#include "core/base/error.h"
#include "core/base/exit_code.h"
#include "core/base/utf8.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <sstream>

namespace circuitloom {

namespace {

constexpr int failure = 1;
constexpr int wrong_usage = 2;
constexpr const char* own_name = "circuitloom-cli";

/// Without control characters; names and values that nobody could read lose their middle.
std::string for_terminal(const std::string& message)
{
    constexpr std::size_t longest = 300; // bytes; names of files have up to 255
    std::string text;
    for (std::size_t first = 0; first < message.size();) {
        const std::size_t end = std::min(message.find_first_of(" \n", first), message.size());
        const std::string word = message.substr(first, end - first);
        text += word.size() > longest ? for_message(word, longest) : word;
        text += message.substr(end, 1);
        first = end + 1;
    }
    return printable(text);
}

/// The same line by line.
std::string lines_for_terminal(const std::string& message)
{
    std::istringstream lines(message);
    std::string text;
    for (std::string line; std::getline(lines, line);)
        text += for_terminal(line) + "\n";
    return text;
}

/// By the options that the command has.
std::string less_memory(const CLI::App& app)
{
    const CLI::App* command = &app;
    while (!command->get_subcommands().empty())
        command = command->get_subcommands().front();
    std::string options;
    for (const char* option : { "--batch", "--max-tokens", "--memory" })
        if (command->get_option_no_throw(option))
            options += std::string(options.empty() ? "Lower " : " or ") + option;
    return options.empty() ? "Choose a smaller model or a shorter text."
                           : options + ", or choose a smaller model.";
}

} // namespace

int run_program(int argc, char** argv, const std::function<void(CLI::App&)>& add_commands,
    const std::function<std::string(const std::string& less_memory)>& failure_in_words)
{
    CLI::App app{ "Watch a language model learn, edge by edge: circuit-tuning without a window.",
        own_name };
    app.set_version_flag("--version", CIRCUITLOOM_VERSION);
    app.require_subcommand(1);
    app.failure_message([](const CLI::App* whole, const CLI::Error& wrong) {
        return lines_for_terminal(usage_in_words(*whole, wrong))
            + "Run with --help for more information.\n";
    });
    try {
        add_commands(app);
        refuse_unusable_values(app);
        app.parse(argc, argv);
        return whole_output(own_name) ? 0 : failure;
    } catch (const CLI::RuntimeError& ended) { // a command's own exit code
        return whole_output(own_name) ? ended.get_exit_code() : failure;
    } catch (const CLI::ParseError& usage) { // --help among them
        const int code = app.exit(usage) == 0 ? 0 : wrong_usage;
        return code == 0 && !whole_output(own_name) ? failure : code;
    } catch (const Cancelled& stopped) {
        std::cerr << for_terminal(stopped.what()) << '\n';
        return stopped_by_user;
    } catch (...) {
        std::cerr << own_name << ": " << for_terminal(failure_in_words(less_memory(app))) << '\n';
        return failure;
    }
}

} // namespace circuitloom
