#include "app/cli/commands/configuration_options.h"

#include "core/architecture/adapter.h"

#include <CLI/CLI.hpp>

namespace circuitloom {

void add_configuration_options(CLI::App& command, ConfigurationOptions& options)
{
    std::string names;
    for (const PresetInfo& preset : presets())
        names += (names.empty() ? "" : ", ") + preset.name;
    CLI::Option* config
        = command.add_option("config", options.config, "the run's configuration, a TOML file");
    command.add_option("--preset", options.preset, "a ready-made run: " + names)->excludes(config);
    command
        .add_option("--set", options.settings,
            "change one setting, as in run.steps=50; may be given again")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    command
        .add_option("--adapter", options.adapter,
            "the directory of a LoRA adapter in PEFT's layout, which is added to the run's model")
        ->type_name("DIR");
    command.add_flag("--no-capabilities", options.no_capabilities,
        "leave out the capability suites of the file or the preset");
    command.add_flag("--strict", options.strict,
        "refuse tasks with targets that look like mistakes, as task.strict = true does");
}

RunConfig unfinished_configuration(const ConfigurationOptions& options)
{
    RunConfig config;
    if (!options.config.empty())
        config = read_run_config(options.config);
    else if (!options.preset.empty())
        config = preset(options.preset);
    for (const std::string& setting : options.settings)
        set_run_option(config, setting);
    if (!options.adapter.empty())
        config.model = to_string(AdaptedName{ config.model, options.adapter });
    if (options.no_capabilities)
        config.capabilities.clear();
    config.strict = config.strict || options.strict;
    return config;
}

RunConfig configuration(const ConfigurationOptions& options)
{
    if (options.config.empty() == options.preset.empty())
        throw CLI::RequiredError("A configuration file or a --preset");
    RunConfig config = unfinished_configuration(options);
    validate(config);
    return config;
}

std::vector<std::string> source_words(const ConfigurationOptions& options)
{
    std::vector<std::string> words;
    if (options.config.empty())
        words = { "--preset", options.preset };
    else
        words = { options.config };
    for (const std::string& setting : options.settings) {
        words.emplace_back("--set");
        words.push_back(setting);
    }
    if (!options.adapter.empty()) {
        words.emplace_back("--adapter");
        words.push_back(options.adapter);
    }
    if (options.no_capabilities)
        words.emplace_back("--no-capabilities");
    if (options.strict)
        words.emplace_back("--strict");
    return words;
}

} // namespace circuitloom
