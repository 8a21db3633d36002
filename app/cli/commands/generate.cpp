#include "app/cli/commands/ask.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/table.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <sstream>

namespace circuitloom {

namespace {

struct Options
{
    AskOptions ask;
    NextTokenQuestion question;
};

void generate(Options& options)
{
    NextTokenQuestion& question = options.question;
    set_model(options.ask, question.model, question.compute);
    const auto answer = std::get<NextTokenAnswer>(ask(question));
    tell_model(answer.model);
    if (options.ask.json) {
        nlohmann::ordered_json result{ { "text", answer.continued } };
        if (answer.model.step >= 0)
            result["step"] = answer.model.step;
        std::cout << result.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    } else {
        // A model may write what would command the terminal; its lines are its own.
        std::istringstream lines(answer.continued + "\n");
        for (std::string line; std::getline(lines, line);)
            std::cout << printable(line) << "\n";
    }
}

} // namespace

void add_generate_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    NextTokenQuestion& question = options->question;
    question.continuation = 40;
    question.likeliest = 0;
    CLI::App* command = add_engine_command(app, "generate");
    add_ask_options(*command, options->ask);
    command->add_option("--prompt", question.text,
        "the text to continue; empty begins with the model's start token");
    command->add_option("-n,--tokens", question.continuation, "at most so many tokens")
        ->check(CLI::Range(1, 1'000'000));
    command
        ->add_option("--temperature", question.temperature,
            "0 takes the likeliest token; 1 draws as the model says")
        ->check(CLI::Range(0.0, 100.0));
    command->add_option("--seed", question.seed, "of what is drawn");
    command->callback([options] { generate(*options); });
}

} // namespace circuitloom
