#include "app/cli/commands/circuit_imports.h"
#include "app/cli/commands/commands.h"

#include "core/architecture/model_config.h"
#include "core/architecture/model_files.h"
#include "core/run/model_reference.h"

#include <CLI/CLI.hpp>

#include <utility>

namespace circuitloom {

namespace {

struct Options
{
    std::vector<std::filesystem::path> paths;
    std::string model;
    std::string output;
    ImportOptions import;
    bool json = false;
};

void import(Options options)
{
    if (!options.model.empty()) {
        const ModelFiles files = open_model_description(untouched_model(options.model));
        options.import.series.shape
            = parse_model_config(files.config_json, files.config_origin).graph_shape();
    }
    import_and_print(options.paths, options.output, std::move(options.import), options.json);
}

} // namespace

void add_import_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("import",
        "Circuits that another program found, as runs to look at and compare: graph JSON of EAP-IG, "
        "a file or a folder with one for each step, and the log.jsonl of circuit-tuning's "
        "repository.");
    command
        ->add_option("paths", options->paths,
            "files and folders; every folder and every log is a run, single files are one together")
        ->required();
    command->add_option("-o,--output", options->output,
            "the .loom file, new or with earlier runs, which it keeps")
        ->required();
    command->add_option("--name", options->import.name,
        "what the run is called; without, as its file or folder");
    command->add_option("--model", options->model,
        "the model the circuits are of: only its sizes are read; without, they are what the files "
        "tell");
    command
        ->add_option("--top-n", options->import.series.top_n,
            "the strongest edges to take of each circuit; 0: all")
        ->capture_default_str();
    command->add_flag("--json", options->json, "print which runs there are, as JSON");
    command->callback([options] { import(*options); });
}

} // namespace circuitloom
