#include "app/cli/commands/device_option.h"

#include "core/run/device_choice.h"

#include <CLI/CLI.hpp>

namespace circuitloom {

void add_device_option(CLI::App& command, std::string& device)
{
    const CLI::Validator known(
        [](const std::string& word) {
            return device_choice(word) ? std::string()
                                       : word + " is not " + std::string(device_choices);
        },
        std::string(device_choices), "device");
    command.add_option("--device", device, "where to compute; auto takes a GPU where there is one")
        ->check(known);
}

} // namespace circuitloom
