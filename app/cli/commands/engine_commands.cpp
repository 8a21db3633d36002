#include "app/cli/commands/engine_commands.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string>

namespace circuitloom {

CLI::App* add_engine_command(CLI::App& app, std::string_view name)
{
    const auto* found = std::ranges::find(engine_commands, name, &EngineCommand::name);
    const auto last_word = name.rfind(' ') + 1; // npos + 1 is 0
    return app.add_subcommand(std::string(name.substr(last_word)), found->help);
}

} // namespace circuitloom
