#include "app/cli/commands/commands.h"
#include "app/cli/commands/interrupt.h"
#include "app/cli/commands/progress.h"
#include "app/cli/commands/run_report.h"
#include "app/cli/commands/table.h"

#include "core/run/run_config.h"
#include "core/tuning/tuning_engine.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>

namespace circuitloom {

namespace {

constexpr int stopped_by_user = 130; // as shells report a Ctrl-C

struct Options
{
    std::string config;
    std::string preset;
    std::vector<std::string> settings;
    bool no_capabilities = false;
    std::string output;
    bool json = false;
};

/// Tells a person at the terminal how the run goes.
class TuningProgress : public RunObserver
{
public:
    void preparing(const std::string& what) override { line_.note(what + " …"); }
    void started(RunId run, const std::string& device, int steps) override
    {
        run_ = run;
        steps_ = steps;
        line_.note("run " + std::to_string(run.value) + " on " + device + ", "
            + std::to_string(steps) + " steps");
    }
    void step_done(const StepRecord& step, double steps_per_second) override
    {
        line_.show("tuning", step.step, steps_,
            "loss " + fixed(step.loss, 3) + "  metric " + fixed(step.metric, 3) + "  "
                + fixed(steps_per_second, 1) + " steps/s");
    }
    void iteration_committed(const IterationRecord&) override { }
    void evaluated(const std::vector<EvaluationRecord>&) override { }
    void marked(const MarkRecord& mark) override
    {
        line_.note("step " + std::to_string(mark.step) + ": " + mark.label);
    }

    void finish() { line_.finish(); }
    RunId run() const { return run_; }

private:
    ProgressLine line_;
    RunId run_;
    int steps_ = 0;
};

RunConfig configuration(const Options& options)
{
    if (options.config.empty() == options.preset.empty())
        throw CLI::RequiredError("A configuration file or a --preset");
    RunConfig config
        = options.preset.empty() ? read_run_config(options.config) : preset(options.preset);
    for (const std::string& setting : options.settings)
        set_run_option(config, setting);
    if (options.no_capabilities)
        config.capabilities.clear();
    validate(config);
    return config;
}

void tune(const Options& options)
{
    const RunConfig config = configuration(options);
    TuningProgress progress;
    RunControl control;
    const StopOnInterrupt interrupt;
    const auto start = std::chrono::steady_clock::now();
    const RunState state
        = make_tuning_engine()->tune(config, options.output, progress, control, interrupt.token());
    const double seconds
        = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    progress.finish();

    const ExperimentReader reader(options.output);
    if (options.json)
        std::cout << run_report_json(reader, progress.run());
    else
        std::cout << run_report(reader, progress.run()) << "\n"
                  << run_state_name(state) << " after " << duration(seconds) << "; the run is in "
                  << options.output << "\n";
    if (state != RunState::finished)
        throw CLI::RuntimeError(stopped_by_user);
}

} // namespace

void add_tune_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("tune",
        "Fine-tune a model inside its circuit, and keep every iteration in a .loom file. Ctrl-C "
        "stops after the step under way.");
    std::string names;
    for (const PresetInfo& preset : presets())
        names += (names.empty() ? "" : ", ") + preset.name;
    CLI::Option* config
        = command->add_option("config", options->config, "the run's configuration, a TOML file");
    command->add_option("--preset", options->preset, "a ready-made run: " + names)
        ->excludes(config);
    command
        ->add_option("--set", options->settings,
            "change one setting, as in run.steps=50; may be given again")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    command->add_flag("--no-capabilities", options->no_capabilities,
        "leave out the capability suites of the file or the preset");
    command
        ->add_option("-o,--output", options->output,
            "the .loom file, new or with earlier runs, which it keeps")
        ->required();
    command->add_flag("--json", options->json, "print the summary as JSON");
    command->callback([options] { tune(*options); });
}

} // namespace circuitloom
