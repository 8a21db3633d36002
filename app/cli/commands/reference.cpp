#include "app/cli/command_reference.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace circuitloom {

void add_completion_command(CLI::App& app)
{
    auto name = std::make_shared<std::string>();
    CLI::App* command = add_engine_command(app, "completion");
    std::vector<std::string> names;
    for (const Shell& shell : shells())
        names.emplace_back(shell.name);
    command->add_option("shell", *name, "the shell that will read it")
        ->required()
        ->check(CLI::IsMember(names));
    command->callback([name, &app] {
        for (const Shell& shell : shells())
            if (shell.name == *name)
                std::cout << shell.completion(reference_of(app));
    });
}

void add_man_command(CLI::App& app)
{
    auto markdown = std::make_shared<bool>(false);
    CLI::App* command = add_engine_command(app, "man");
    command->add_flag("--markdown", *markdown, "as the page of the documentation instead");
    command->callback([markdown, &app] {
        const ProgramReference program = reference_of(app);
        std::cout << (*markdown ? markdown_page(program) : man_page(program));
    });
}

} // namespace circuitloom
