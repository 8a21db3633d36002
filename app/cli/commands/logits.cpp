#include "app/cli/commands/ask.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/table.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    AskOptions ask;
    NextTokenQuestion question;
};

void logits(Options& options)
{
    NextTokenQuestion& question = options.question;
    set_model(options.ask, question.model, question.compute);
    question.whole_vocabulary = options.ask.json;
    const auto answer = std::get<NextTokenAnswer>(ask(question));
    tell_model(answer.model);
    if (options.ask.json) {
        nlohmann::ordered_json result{ { "ids", answer.ids }, { "tokens", answer.tokens },
            { "log_probabilities", answer.log_probabilities } };
        if (answer.model.step >= 0)
            result["step"] = answer.model.step;
        std::cout << result.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
        return;
    }
    std::cout << "tokens:";
    for (const std::string& token : answer.tokens)
        std::cout << " " << quoted(token);
    std::cout << "\n\n";
    Table table({ { "next token" }, { "id", true }, { "log p", true }, { "p", true } });
    for (const TokenChance& chance : answer.likeliest)
        table.add({ quoted(chance.text), std::to_string(chance.id),
            fixed(chance.log_probability, 4), percent(std::exp(chance.log_probability)) });
    std::cout << table.text();
}

} // namespace

void add_logits_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = add_engine_command(app, "logits");
    add_ask_options(*command, options->ask);
    command->add_option("--text", options->question.text, "the text to go on from")->required();
    command
        ->add_option(
            "--top", options->question.likeliest, "how many of the likeliest tokens to print")
        ->check(CLI::PositiveNumber);
    command->callback([options] { logits(*options); });
}

} // namespace circuitloom
