#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/follow_run.h"
#include "app/cli/commands/shared_run.h"

#include "core/engine/shared_run.h"

#include <CLI/CLI.hpp>

#include <utility>

namespace circuitloom {

namespace {

struct Options
{
    std::string file;
    std::int64_t run = 0;
    bool json = false;
    SharedRunOptions shared;
};

void resume(const Options& options)
{
    const ProcessPlace place = place_by(options.shared);
    if (place.rank > 0)
        return assist_first(place);
    if (starts_processes(options.shared, place))
        return start_processes(options.shared);
    follow_run(options.file, options.json, place.size,
        [&](RunObserver& observer, RunControl& control, std::stop_token stop) {
            return make_shared_tuning_engine(place)->resume(
                options.file, { options.run }, observer, control, std::move(stop));
        });
}

} // namespace

void add_resume_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = add_engine_command(app, "resume");
    command->add_option("file", options->file, "the .loom file")->required();
    command->add_option("--run", options->run, "the run's number")->required();
    add_shared_run_options(*command, options->shared);
    command->add_flag("--json", options->json, "print the summary as JSON");
    command->callback([options] { resume(*options); });
}

} // namespace circuitloom
