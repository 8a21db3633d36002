#include "app/cli/program.h"

#include "app/cli/commands/table.h"
#include "core/base/error.h"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>

namespace circuitloom {

namespace {

constexpr int failure = 1;
constexpr int wrong_usage = 2;
constexpr int cancelled = 130; // as shells say it of a program that Ctrl-C ended

/// Whether everything that was printed has arrived; says so where it has not.
bool whole_output()
{
    if (std::cout.flush() && std::fflush(stdout) == 0)
        return true;
    std::cerr << "circuitloom-cli: The standard output could not be written to: "
              << std::strerror(errno) << ".\n";
    return false;
}

} // namespace

int run_program(int argc, char** argv, const std::function<void(CLI::App&)>& add_commands,
    const std::function<std::string()>& failure_in_words)
{
    CLI::App app{ "Watch a language model learn, edge by edge: circuit-tuning without a window.",
        "circuitloom-cli" };
    app.set_version_flag("--version", CIRCUITLOOM_VERSION);
    app.require_subcommand(1);
    try {
        add_commands(app);
        app.parse(argc, argv);
        return whole_output() ? 0 : failure;
    } catch (const CLI::RuntimeError& ended) { // a command's own exit code
        return whole_output() ? ended.get_exit_code() : failure;
    } catch (const CLI::ParseError& usage) { // --help among them
        const int code = app.exit(usage) == 0 ? 0 : wrong_usage;
        return code == 0 && !whole_output() ? failure : code;
    } catch (const Cancelled& stopped) {
        std::cerr << printable(stopped.what()) << '\n';
        return cancelled;
    } catch (...) {
        std::cerr << "circuitloom-cli: " << printable(failure_in_words()) << '\n';
        return failure;
    }
}

} // namespace circuitloom
