#include "app/cli/commands/commands.h"

#include "core/model/language_model.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    std::string model;
    std::string prompt;
    LanguageModelOptions engine;
    std::string dtype = "float32";
    int tokens = 40;
    double temperature = 0;
    std::uint64_t seed = 1;
    bool json = false;
};

void generate(Options options)
{
    options.engine.dtype = precision_named(options.dtype);
    const LanguageModel model(options.model, options.engine);
    const std::string text
        = model.generate(options.prompt, options.tokens, options.temperature, options.seed);
    if (options.json)
        std::cout << nlohmann::json{ { "text", text } }.dump(
            -1, ' ', false, nlohmann::json::error_handler_t::replace)
                  << "\n";
    else
        std::cout << text << "\n";
}

} // namespace

void add_generate_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("generate", "Continue a text.");
    command->add_option("model", options->model, model_help)->required();
    command->add_option("--prompt", options->prompt,
        "the text to continue; empty begins with the model's start token");
    command->add_option("-n,--tokens", options->tokens, "at most so many tokens")
        ->check(CLI::Range(1, 1'000'000));
    command
        ->add_option("--temperature", options->temperature,
            "0 takes the likeliest token; 1 draws as the model says")
        ->check(CLI::Range(0.0, 100.0));
    command->add_option("--seed", options->seed, "of what is drawn");
    command->add_option("--dtype", options->dtype)->check(CLI::IsMember(precision_names));
    command->add_option("--device", options->engine.device)
        ->check(CLI::IsMember({ "auto", "cpu", "cuda" }));
    command->add_flag("--json", options->json, "print JSON");
    command->callback([options] { generate(*options); });
}

} // namespace circuitloom
