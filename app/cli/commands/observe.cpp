#include "app/cli/commands/circuit_imports.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/experiment_name.h"
#include "app/cli/commands/interrupt.h"
#include "app/cli/commands/progress.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/run_report.h"
#include "app/cli/commands/table.h"

#include "core/base/error.h"
#include "core/base/exit_code.h"
#include "core/base/utf8.h"
#include "core/engine/observe.h"
#include "core/run/circuits_found.h"
#include "core/store/creation.h"
#include "core/store/experiment_reader.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>
#include <utility>

namespace circuitloom {

namespace {

struct Options
{
    ObserveRequest request;
    std::vector<std::string> capabilities;
    std::vector<std::string> settings;
    std::string name;
    std::string output;
    int quiet = 5;
    bool dry_run = false;
    bool json = false;
};

/// A suite as NAME=FILE, or a file whose name is that of the suite.
SuiteReference suite_of(const std::string& word)
{
    const std::size_t sign = word.find('=');
    if (sign != std::string::npos && sign > 0)
        return { word.substr(0, sign), word.substr(sign + 1) };
    return { std::filesystem::path(word).stem().string(), word };
}

class Progress : public ObservationObserver
{
public:
    void note(const std::string& line) override { line_.note(line); }
    void reading(const std::string& checkpoint, int done, int total) override
    {
        line_.show("reading", done, total, checkpoint);
    }
    void started(RunId run, const std::string&, int) override
    {
        run_ = run;
        line_.note("run " + std::to_string(run.value));
    }
    void observing(const SeriesCheckpoint& checkpoint, int done, int total) override
    {
        line_.show("observing", done, total, checkpoint.name);
    }

    void finish() { line_.finish(); }
    RunId run() const { return run_; }

private:
    ProgressLine line_;
    RunId run_;
};

void preview(const Options& options)
{
    const FoundSeries found = CheckpointSeries(options.request.series).look();
    if (found.used.empty() && found.unused.empty())
        throw InputError(options.request.series + " holds no checkpoint-N folders and no circuits.");
    if (options.json) {
        nlohmann::ordered_json printed{ { "used", nlohmann::json::array() },
            { "unused", nlohmann::json::array() } };
        for (const SeriesCheckpoint& one : found.used) {
            printed["used"].push_back({ { "name", one.name },
                { "directory", one.directory.string() }, { "step", one.step } });
            if (one.tokens)
                printed["used"].back()["tokens"] = *one.tokens;
        }
        for (const UnusedCheckpoint& one : found.unused)
            printed["unused"].push_back({ { "name", one.name }, { "why", one.why } });
        std::cout << written(printed);
        return;
    }
    Table table({ { "checkpoint" }, { "step", true }, { "tokens", true } });
    for (const SeriesCheckpoint& one : found.used)
        table.add({ one.name, std::to_string(one.step),
            one.tokens ? std::to_string(*one.tokens) : std::string() });
    std::cout << table.text();
    for (const UnusedCheckpoint& one : found.unused)
        std::cout << printable(one.name) << " is not used: " << printable(one.why) << "\n";
}

/// How many edges of each circuit `settings` keep, which may say nothing else.
std::size_t kept_edges(const std::string& series, const std::vector<std::string>& settings)
{
    RunConfig config;
    for (const std::string& setting : settings) {
        const std::string name = setting.substr(0, setting.find('='));
        if (name != "circuit.top_n")
            throw InputError(series + " holds circuits that were found already; of the settings, "
                + "circuit.top_n is for them, and " + for_message(name) + " is for checkpoints.");
        set_run_option(config, setting);
    }
    return static_cast<std::size_t>(config.selection.n);
}

/// Circuits that others found need no model and no task.
void take_circuits(const Options& options)
{
    const ObserveRequest& request = options.request;
    const std::initializer_list<std::pair<const char*, bool>> given{
        { "--task", !request.config.task.empty() },
        { "--held-out", !request.config.held_out_task.empty() },
        { "--capability", !options.capabilities.empty() }, { "--events", !request.events.empty() },
        { "--watch", request.watch }
    };
    for (const auto& [option, is_given] : given)
        if (is_given)
            throw InputError(request.series + " holds circuits that were found already; " + option
                + " is for checkpoints.");
    if (options.dry_run)
        return print_circuits_found(options.request.series, options.json);
    if (options.output.empty())
        throw CLI::RequiredError("--output");
    ImportOptions import;
    import.name = options.name;
    if (!options.settings.empty())
        import.series.top_n = kept_edges(request.series, options.settings);
    import_and_print({ options.request.series }, options.output, std::move(import), options.json);
}

void run_observation(Options options)
{
    if (holds_circuits(options.request.series))
        return take_circuits(options);
    if (!options.name.empty())
        options.request.config.name = options.name;
    if (options.dry_run)
        return preview(options);
    if (options.output.empty())
        throw CLI::RequiredError("--output");
    ObserveRequest& request = options.request;
    if (request.config.task.empty())
        throw CLI::RequiredError("--task");
    request.file = options.output;
    request.quiet = std::chrono::seconds(options.quiet);
    for (const std::string& word : options.capabilities)
        request.config.capabilities.push_back(suite_of(word));
    for (const std::string& setting : options.settings)
        set_run_option(request.config, setting);
    require_experiment_name(options.output);
    require_place_for_runs(options.output);
    Progress progress;
    RunControl control;
    const StopOnInterrupt interrupt(&control);
    const RunState state = observe(request, progress, control, interrupt.token());
    progress.finish();
    if (progress.run().value > 0) {
        const ExperimentReader reader(options.output);
        std::cout << (options.json ? run_report_json(reader, progress.run())
                                   : run_report(reader, progress.run()) + "\n"
                              + std::string(run_state_name(state)) + "; the run is in "
                              + options.output + "\n");
    }
    if (state != RunState::finished)
        throw CLI::RuntimeError(stopped_by_user);
}

} // namespace

void add_observe_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    ObserveRequest& request = options->request;
    request.config.name = "observed";
    CLI::App* command = add_engine_command(app, "observe");
    command
        ->add_option("series", request.series,
            "a folder with checkpoint-N folders, a list in TOML ([[checkpoint]] with path, step and "
            "perhaps tokens), or the id of a model in the hub cache with revisions step1000 and so "
            "on; or circuits that others found: a folder of graph JSON, or log.jsonl, which need no "
            "task")
        ->required();
    command->add_option("--task", request.config.task,
        "a task file, demo/NAME or a ready-made task; edges are scored on "
        "circuit.probe_examples of it");
    command->add_option(
        "--held-out", request.config.held_out_task, "a task that every checkpoint is evaluated on");
    command->add_option("--capability", options->capabilities,
        "a suite, as FILE or NAME=FILE; may be given again");
    command->add_option("--name", options->name, "of the run");
    command
        ->add_option("--set", options->settings,
            "change one setting, as in circuit.top_n=100; may be given again")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    command->add_option(
        "-o,--output", options->output, "the .loom file, new or with earlier runs, which it keeps");
    command->add_option("--events", request.events,
        "TensorBoard's event files of the training, or their folder: loss, learning rate and "
        "evaluations become curves, instead of those of trainer_state.json");
    command->add_flag("--dry-run", options->dry_run,
        "say which checkpoints there are, in which order, and which will not be used and why");
    command->add_flag("--watch", request.watch,
        "wait for further checkpoints, as a training writes them, until Ctrl-C");
    command
        ->add_option("--quiet-seconds", options->quiet,
            "with --watch: how long nothing in a checkpoint must have changed")
        ->check(CLI::Range(1, 86'400));
    command->add_flag("--json", options->json, "print JSON");
    command->callback([options] { run_observation(*options); });
}

} // namespace circuitloom
