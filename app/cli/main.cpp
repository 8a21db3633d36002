#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/engine_program.h"
#include "app/cli/program.h"
#include "core/base/failure_text.h"

#include <CLI/CLI.hpp>

#include <string>

// circuitloom-cli: the commands that need no LibTorch, and the names of those that do.

namespace {

using namespace circuitloom;

void add_commands(CLI::App& app, CommandLine words)
{
    if (needs_engine(words)) // which reads the words itself
        become_engine_program(words);
    add_models_command(app, [](CLI::App& models) { add_engine_command(models, "models export"); });
    add_tokenize_command(app);
    add_tasks_command(app);
    add_circuits_command(app);
    add_import_command(app);
    add_checkpoints_command(app);
    add_runs_command(
        app,
        [words](const ExperimentReader&, RunId) -> RunDrift { become_engine_program(words); },
        [words](const StudyQuestion&) -> StudyAnswer { become_engine_program(words); });
    add_stream_command(app);
    add_mirror_command(app);
    add_export_command(app);
    add_estimate_command(app);
    add_check_command(app);
    // For the list of all commands.
    for (const EngineCommand& command : engine_commands)
        if (command.name.find(' ') == std::string_view::npos)
            add_engine_command(app, command.name);
}

} // namespace

int main(int argc, char** argv)
{
    return run_program(
        argc, argv, [argv](CLI::App& app) { add_commands(app, argv); },
        [](const std::string&) { return failure_text(); });
}
