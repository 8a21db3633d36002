#include "app/cli/commands/commands.h"
#include "app/cli/commands/table.h"

#include "core/model/language_model.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numeric>

namespace circuitloom {

namespace {

struct Options
{
    std::string model;
    std::string text;
    LanguageModelOptions engine;
    std::string dtype = "float32";
    int top = 10;
    bool json = false;
};

std::string quoted(const std::string& token)
{
    return nlohmann::json(token).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void logits(Options options)
{
    options.engine.dtype = precision_named(options.dtype);
    const LanguageModel model(options.model, options.engine);
    const auto ids = model.encode(options.text);
    const auto next = model.next_token_log_probabilities(ids);
    std::vector<std::int32_t> order(next.size());
    std::iota(order.begin(), order.end(), 0);
    const auto shown = std::min(next.size(), static_cast<std::size_t>(std::max(1, options.top)));
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown),
        order.end(), [&next](std::int32_t a, std::int32_t b) {
            const double left = next[static_cast<std::size_t>(a)];
            const double right = next[static_cast<std::size_t>(b)];
            return left != right ? left > right : a < b;
        });
    if (options.json) {
        nlohmann::ordered_json result{ { "ids", ids }, { "tokens", nlohmann::json::array() },
            { "log_probabilities", next } };
        for (const std::int32_t id : ids)
            result["tokens"].push_back(model.token_text(id));
        std::cout << result.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
        return;
    }
    std::cout << "tokens:";
    for (const std::int32_t id : ids)
        std::cout << " " << quoted(model.token_text(id));
    std::cout << "\n\n";
    Table table({ { "next token" }, { "id", true }, { "log p", true }, { "p", true } });
    for (std::size_t i = 0; i < shown; ++i) {
        const double value = next[static_cast<std::size_t>(order[i])];
        table.add({ quoted(model.token_text(order[i])), std::to_string(order[i]), fixed(value, 4),
            percent(std::exp(value)) });
    }
    std::cout << table.text();
}

} // namespace

void add_logits_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("logits",
        "The log-probabilities of the next token after a text; with --json those of every token.");
    command->add_option("model", options->model, model_help)->required();
    command->add_option("--text", options->text, "the text to go on from")->required();
    command->add_option("--top", options->top, "how many of the likeliest tokens to print")
        ->check(CLI::PositiveNumber);
    command->add_option("--dtype", options->dtype)->check(CLI::IsMember(precision_names));
    command->add_option("--device", options->engine.device)
        ->check(CLI::IsMember({ "auto", "cpu", "cuda" }));
    command->add_flag("--json", options->json, "print JSON");
    command->callback([options] { logits(*options); });
}

} // namespace circuitloom
