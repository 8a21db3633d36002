#pragma once

#include <string>

namespace CLI {
class App;
}

namespace circuitloom {

/// Adds --device to a command: where it computes.
void add_device_option(CLI::App& command, std::string& device);

} // namespace circuitloom
