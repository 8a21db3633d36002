#include "app/cli/commands/commands.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/base/date_text.h"
#include "core/store/experiment_reader.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    std::string file;
    std::int64_t run = 0;
    bool json = false;
};

void list(const Options& options)
{
    const auto found = ExperimentReader(options.file).checkpoints({ options.run });
    if (options.json) {
        auto array = nlohmann::ordered_json::array();
        for (const CheckpointRecord& one : found)
            array.push_back({ { "checkpoint", one.id }, { "step", one.step },
                { "iterations", one.iterations }, { "reason", checkpoint_reason_name(one.reason) },
                { "bytes", one.bytes }, { "created", one.created },
                { "optimizer", one.optimizer } });
        std::cout << written(array);
        return;
    }
    Table table({ { "checkpoint", true }, { "step", true }, { "reason", false }, { "MB", true },
        { "optimizer", false }, { "written (UTC)", false } });
    for (const CheckpointRecord& one : found)
        table.add({ std::to_string(one.id), std::to_string(one.step),
            std::string(checkpoint_reason_name(one.reason)),
            fixed(static_cast<double>(one.bytes) / 1e6, 1), one.optimizer ? "kept" : "left out",
            date_and_time(one.created) });
    std::cout << (table.empty() ? "Run " + std::to_string(options.run) + " has no checkpoints.\n"
                                : table.text());
}

} // namespace

void add_checkpoints_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "checkpoints", "The states of a run that can be resumed from or exported as a model.");
    command->add_option("file", options->file, "the .loom file")->required();
    command->add_option("--run", options->run, "the run's number")->required();
    command->add_flag("--json", options->json, "print JSON");
    command->callback([options] { list(*options); });
}

} // namespace circuitloom
