#include "app/cli/commands/commands.h"

namespace circuitloom {

void add_commands(CLI::App& app)
{
    add_tune_command(app);
    add_runs_command(app);
    add_export_command(app);
}

} // namespace circuitloom
