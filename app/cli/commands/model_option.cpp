#include "app/cli/commands/model_option.h"

#include "core/architecture/adapter.h"

#include <CLI/CLI.hpp>

namespace circuitloom {

void add_model_option(
    CLI::App& command, std::string& model, const std::string& name, const std::string& help)
{
    command.add_option(name, model, help)->required();
    add_adapter_option(command, model);
}

// Options are taken in the order in which they were added: the model is known by then.
void add_adapter_option(CLI::App& command, std::string& model)
{
    command
        .add_option_function<std::string>(
            "--adapter",
            [&model](const std::string& directory) {
                model = to_string(AdaptedName{ model, directory });
            },
            "the directory of a LoRA adapter in PEFT's layout, which is added to the model")
        ->type_name("DIR");
}

} // namespace circuitloom
