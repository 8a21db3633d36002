#pragma once

namespace CLI {
class App;
}

namespace circuitloom {

/// The subcommands of `models`.
void add_models_list(CLI::App& models);
void add_models_inspect(CLI::App& models);
void add_models_export(CLI::App& models);

} // namespace circuitloom
