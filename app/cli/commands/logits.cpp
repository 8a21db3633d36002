#include "app/cli/commands/ask.h"
#include "app/cli/commands/choices.h"
#include "app/cli/commands/circuit_source.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/table.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <iostream>
#include <string_view>
#include <utility>

namespace circuitloom {

namespace {

struct Options
{
    AskOptions ask;
    NextTokenQuestion question;
    std::string ids;
    std::string circuit;
    int top_n = 0;
    std::string task;
    std::string baseline = "mean";
};

/// The circuit that is asked in place of the whole model.
CircuitAlone circuit_alone(const Options& options)
{
    CircuitAlone circuit;
    CircuitSource source = read_circuit(options.circuit, options.ask.model, options.top_n);
    circuit.edges = std::move(source.edges);
    circuit.graph = source.graph;
    circuit.baseline = choice_of<Baseline>(options.baseline, baseline_names);
    circuit.task = options.task;
    if (circuit.baseline == Baseline::mean && circuit.task.empty())
        throw InputError("What is ablated carries its mean over a task: name that with --task, or "
                         "take --baseline zero.");
    return circuit;
}

/// Ids as in `1,2,3`; spaces may stand between them.
std::vector<std::int32_t> ids_from(const std::string& list)
{
    std::vector<std::int32_t> ids;
    for (const std::string& word : words_of(list)) {
        const std::size_t first = word.find_first_not_of(' ');
        const std::size_t last = word.find_last_not_of(' ');
        const std::string_view number = first == std::string::npos
            ? std::string_view()
            : std::string_view(word).substr(first, last - first + 1);
        std::int32_t id = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id);
        if (error != std::errc() || end != number.data() + number.size() || id < 0)
            throw InputError("--ids has " + for_message(word)
                + ", which is no token id; write whole numbers with commas, as in 1,2,3.");
        ids.push_back(id);
    }
    if (ids.empty())
        throw InputError("--ids has no token id; write whole numbers with commas, as in 1,2,3.");
    return ids;
}

std::string table_of_positions(const NextTokenAnswer& answer)
{
    Table table({ { "position", true }, { "token" }, { "next token" }, { "log p", true },
        { "likeliest" }, { "log p", true } });
    for (std::size_t i = 0; i < answer.positions.size(); ++i) {
        const PositionChances& here = answer.positions[i];
        table.add({ std::to_string(i), quoted(answer.tokens[i]),
            here.next ? quoted(here.next->text) : "-",
            here.next ? fixed(here.next->log_probability, 4) : "-", quoted(here.likeliest.text),
            fixed(here.likeliest.log_probability, 4) });
    }
    return table.text();
}

void logits(Options& options)
{
    NextTokenQuestion& question = options.question;
    if (!options.ids.empty())
        question.ids = ids_from(options.ids);
    set_model(options.ask, question.model, question.compute);
    if (!options.circuit.empty())
        question.circuit = circuit_alone(options);
    question.whole_vocabulary = options.ask.json;
    const auto answer = std::get<NextTokenAnswer>(ask(question));
    tell_model(answer.model);
    if (options.ask.json) {
        nlohmann::ordered_json result{ { "ids", answer.ids }, { "tokens", answer.tokens },
            { "log_probabilities", answer.log_probabilities } };
        if (question.all_positions) {
            result["log_probabilities"] = nlohmann::ordered_json::array();
            for (const PositionChances& here : answer.positions)
                result["log_probabilities"].push_back(here.log_probabilities);
        }
        if (answer.model.step >= 0)
            result["step"] = answer.model.step;
        if (answer.kept_edges >= 0)
            result["kept_edges"] = answer.kept_edges;
        std::cout << result.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
        return;
    }
    std::cout << "tokens:";
    for (const std::string& token : answer.tokens)
        std::cout << " " << quoted(token);
    std::cout << "\n\n";
    if (answer.kept_edges >= 0)
        std::cout << "the circuit alone: " << answer.kept_edges
                  << " edges kept, all others ablated (baseline " << options.baseline << ")\n\n";
    if (question.all_positions) {
        std::cout << table_of_positions(answer);
        return;
    }
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
    CLI::Option_group* start = command->add_option_group("start", "what to go on from");
    start->add_option("--text", options->question.text, "the text to go on from");
    start->add_option("--ids", options->ids,
        "token ids in place of a text, as in 1,2,3; no start token is added");
    start->require_option(1);
    command->add_flag("--all-positions", options->question.all_positions,
        "one row for every token: what comes after it, and what the model expects there");
    command
        ->add_option(
            "--top", options->question.likeliest, "how many of the likeliest tokens to print")
        ->check(CLI::PositiveNumber);
    CLI::Option* circuit = command->add_option("--circuit", options->circuit,
        "the circuit to ask in place of the whole model, all other edges ablated: scores.json, "
        "EAP-IG's JSON, or FILE.loom:R@I");
    command
        ->add_option("--top-n", options->top_n,
            "with --circuit: the best so many edges of the file, or of the iteration's circuit")
        ->needs(circuit)
        ->check(CLI::PositiveNumber);
    command
        ->add_option("--task", options->task,
            "with --circuit: the task over whose examples an ablated output is averaged")
        ->needs(circuit);
    command
        ->add_option("--baseline", options->baseline,
            "with --circuit: what an ablated edge carries, mean or zero")
        ->needs(circuit)
        ->check(CLI::IsMember({ "mean", "zero" }));
    command->callback([options] { logits(*options); });
}

} // namespace circuitloom
