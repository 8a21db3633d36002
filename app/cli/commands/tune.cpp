#include "app/cli/commands/commands.h"
#include "app/cli/commands/follow_run.h"

#include "core/run/run_config.h"
#include "core/tuning/tuning_engine.h"

#include <CLI/CLI.hpp>

namespace circuitloom {

namespace {

struct Options
{
    std::string config;
    std::string preset;
    std::vector<std::string> settings;
    bool no_capabilities = false;
    std::string output;
    bool json = false;
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
    follow_run(options.output, options.json,
        [&](RunObserver& observer, RunControl& control, std::stop_token stop) {
            return make_tuning_engine()->tune(config, options.output, observer, control, stop);
        });
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
