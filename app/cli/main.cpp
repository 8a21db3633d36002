#include "app/cli/commands/commands.h"

#include "core/base/error.h"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>

namespace {

constexpr int failure = 1;
constexpr int wrong_usage = 2;
constexpr int cancelled = 130; // as shells say it of a program that Ctrl-C ended

} // namespace

int main(int argc, char** argv)
{
    using namespace circuitloom;
    CLI::App app{ "Watch a language model learn, edge by edge: circuit-tuning without a window.",
        "circuitloom-cli" };
    app.set_version_flag("--version", CIRCUITLOOM_VERSION);
    app.require_subcommand(1);
    add_commands(app);
    try {
        app.parse(argc, argv);
        return 0;
    } catch (const CLI::RuntimeError& ended) { // a command's own exit code
        return ended.get_exit_code();
    } catch (const CLI::ParseError& usage) { // --help among them
        return app.exit(usage) == 0 ? 0 : wrong_usage;
    } catch (const Cancelled& stopped) {
        std::cerr << stopped.what() << '\n';
        return cancelled;
    } catch (const std::exception& error) {
        std::cerr << "circuitloom-cli: " << error.what() << '\n';
        return failure;
    }
}
