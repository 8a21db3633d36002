#include "app/cli/commands/commands.h"
#include "app/cli/commands/table.h"

#include "core/base/counted.h"
#include "core/base/error.h"
#include "core/formats/text_file.h"
#include "core/run/run_check.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>

namespace circuitloom {

namespace {

constexpr std::size_t largest_configuration = 1 << 20;

struct Options
{
    std::string config;
    std::string folder;
    bool json = false;
};

std::string configuration_of(const Options& options)
{
    if (options.config != "-")
        return read_text_file(options.config, largest_configuration);
    std::string text(std::istreambuf_iterator<char>(std::cin), {});
    if (text.size() > largest_configuration)
        throw InputError("The configuration on the standard input has more than 1 MB.");
    return text;
}

void print(const RunCheck& check)
{
    for (const auto& [setting, problem] : check.problems)
        std::cout << printable((setting.empty() ? "" : setting + ": ") + problem) << "\n";
    for (const std::string& note : check.notes)
        std::cout << "note: " << printable(note) << "\n";
    if (!check.problems.empty())
        throw CLI::RuntimeError(1);
    std::cout << "The run can begin: "
              << counted(static_cast<std::size_t>(check.task.examples), "example")
              << ", the longest of "
              << counted(static_cast<std::size_t>(check.task.longest), "token");
    if (check.task.held_out > 0)
        std::cout << "; " << check.task.held_out << " held out";
    std::cout << ".\n";
}

void check(const Options& options)
{
    const std::string configuration = configuration_of(options);
    if (!options.folder.empty()) {
        std::error_code failed;
        std::filesystem::current_path(options.folder, failed);
        if (failed)
            throw InputError("The folder " + options.folder + " cannot be used: "
                + failed.message() + ".");
    }
    const RunCheck checked = check_run(configuration);
    if (options.json)
        std::cout << to_json(checked);
    else
        print(checked);
}

} // namespace

void add_check_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("check",
        "whether a run can begin: looks for its model, tokenizer, tasks and suites and reads them, but "
        "no weights; exit code 1 where something is wrong");
    command
        ->add_option("config", options->config,
            "the run's configuration, a TOML file; - for the standard input")
        ->required();
    command->add_option("--folder", options->folder,
        "where relative paths of the configuration begin; without it, here");
    command->add_flag("--json", options->json,
        "as JSON, by setting, with the model's config.json and the task's size; exit code 0 also where "
        "something is wrong");
    command->callback([options] { check(*options); });
}

} // namespace circuitloom
