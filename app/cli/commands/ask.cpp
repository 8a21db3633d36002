#include "app/cli/commands/ask.h"
#include "app/cli/commands/device_option.h"

#include "app/cli/commands/commands.h"
#include "app/cli/commands/interrupt.h"
#include "app/cli/commands/model_option.h"
#include "app/cli/commands/progress.h"
#include "core/engine/tuning_engine.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <sstream>

namespace circuitloom {

void add_ask_options(CLI::App& command, AskOptions& options)
{
    add_model_option(command, options.model);
    command.add_option("--dtype", options.dtype, "by default float32, or what the run computed in")
        ->check(CLI::IsMember(precision_names));
    add_device_option(command, options.device);
    command.add_flag("--json", options.json, "print JSON");
}

void set_model(const AskOptions& options, ModelReference& model, ComputeOptions& compute)
{
    model = parse_model_reference(options.model);
    compute.device = options.device;
    if (!options.dtype.empty())
        compute.dtype = precision_named(options.dtype);
}

Answer ask(const Question& question)
{
    const StopOnInterrupt interrupt;
    ProgressLine progress;
    return make_tuning_engine()->answer(
        question,
        [&progress](
            const std::string& what, int done, int total) { progress.show(what, done, total); },
        interrupt.token());
}

void tell_model(const ModelShown& shown)
{
    if (shown.step >= 0)
        std::cerr << "the model of " << shown.name << ": after step " << shown.step << "\n";
}

std::string quoted(const std::string& token)
{
    return nlohmann::json(token).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<std::string> words_of(const std::string& list)
{
    std::vector<std::string> words;
    std::istringstream stream(list);
    for (std::string word; std::getline(stream, word, ',');)
        if (!word.empty())
            words.push_back(word);
    return words;
}

} // namespace circuitloom
