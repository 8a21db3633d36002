#include "app/cli/commands/commands.h"
#include "app/cli/commands/run_report.h"

#include <CLI/CLI.hpp>

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
    const ExperimentReader reader(options.file);
    std::cout << (options.json ? run_list_json(reader) : run_list(reader));
}

void show(const Options& options)
{
    const ExperimentReader reader(options.file);
    const RunId run{ options.run };
    std::cout << (options.json ? run_report_json(reader, run) : run_report(reader, run));
}

} // namespace

void add_runs_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* runs = app.add_subcommand("runs",
        "What is in an experiment: FILE.loom lists its runs, FILE.loom show R tells all of one.");
    runs->add_option("file", options->file, "the .loom file")->required();
    runs->add_flag("--json", options->json, "print JSON");
    runs->require_subcommand(0, 1);

    CLI::App* one
        = runs->add_subcommand("show", "one run: its figures, every suite before and after");
    one->add_option("run", options->run, "the run's number")->required();
    one->add_flag("--json", options->json, "print JSON");
    CLI::App* all = runs->add_subcommand("list", "every run, a line each (as without a word)");
    all->add_flag("--json", options->json, "print JSON");

    runs->callback([options, one] { one->parsed() ? show(*options) : list(*options); });
}

} // namespace circuitloom
