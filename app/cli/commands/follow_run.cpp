#include "app/cli/commands/follow_run.h"

#include "app/cli/commands/interrupt.h"
#include "app/cli/commands/run_report.h"
#include "app/cli/commands/table.h"
#include "app/cli/commands/tuning_progress.h"

#include "core/base/exit_code.h"
#include "core/run/tune_command.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>

namespace circuitloom {

namespace {

std::string what_next(const std::filesystem::path& file, RunId run)
{
    const std::string name = shell_word(file.string());
    const std::string number = std::to_string(run.value);
    return "to look at it:     circuitloom " + name + "\nhow it changed:    circuitloom-cli runs "
        + name + " --dynamics " + number + "\nits last circuit:  circuitloom-cli export " + name
        + " --run " + number + " -o circuit.json\n";
}

} // namespace

void follow_run(
    const std::filesystem::path& file, bool json, int processes, const RunAction& action)
{
    TuningProgress progress(file);
    RunControl control;
    const StopOnInterrupt interrupt(processes > 1 ? nullptr : &control);
    const auto start = std::chrono::steady_clock::now();
    const RunState state = action(progress, control, interrupt.token());
    const double seconds
        = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    progress.finish();

    const ExperimentReader reader(file);
    if (json)
        std::cout << run_report_json(reader, progress.run());
    else
        std::cout << run_report(reader, progress.run()) << "\n"
                  << run_state_name(state) << " after " << duration(seconds) << "; the run is in "
                  << file.string() << "\n\n"
                  << what_next(file, progress.run());
    if (state != RunState::finished)
        throw CLI::RuntimeError(stopped_by_user);
}

} // namespace circuitloom
