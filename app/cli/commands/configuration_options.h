#pragma once

#include "core/run/run_config.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace circuitloom {

/// Where a command takes a run's configuration from.
struct ConfigurationOptions
{
    std::string config; ///< a TOML file
    std::string preset;
    std::vector<std::string> settings; ///< changes, in their order
    std::string adapter; ///< a directory, which is added to the model
    bool no_capabilities = false;
    bool strict = false;
};

/// Adds them to `command`; `options` must live as long as it.
void add_configuration_options(CLI::App& command, ConfigurationOptions& options);
/// The configuration that they describe. Throws CLI::RequiredError where neither a file nor a
/// preset is named, else InputError.
RunConfig configuration(const ConfigurationOptions& options);
/// The same for somebody who looks at it: it may lack what a run needs, and is the defaults where
/// neither a file nor a preset is named. Throws InputError.
RunConfig unfinished_configuration(const ConfigurationOptions& options);
/// What names the configuration on a command line.
std::vector<std::string> source_words(const ConfigurationOptions& options);

} // namespace circuitloom
