#include "app/cli/commands/ask.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/base/counted.h"
#include "core/base/error.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    AskOptions ask;
    LensQuestion question;
    std::string nodes;
    std::string neurons_of; ///< an MLP or neuron group, in place of `nodes`
    int neurons = 5;
};

std::string written(const std::optional<double>& logit)
{
    return logit ? fixed(*logit, 4) : "";
}

std::string promoted_text(const std::vector<TokenPush>& promoted)
{
    std::string text;
    for (const TokenPush& push : promoted)
        text += quoted(push.text) + " " + fixed(push.logit, 2) + "  ";
    return text;
}

nlohmann::ordered_json promoted_json(const std::vector<TokenPush>& promoted)
{
    auto list = nlohmann::ordered_json::array();
    for (const TokenPush& push : promoted)
        list.push_back({ { "id", push.id }, { "token", push.text }, { "logit", push.logit } });
    return list;
}

void print_table(const LensAnswer& answer)
{
    Table table({ { "node" }, { "target", true }, { "alternative", true }, { "difference", true },
        { "promotes most" } });
    for (const NodeLens& lens : answer.nodes) {
        table.add({ node_name(lens.node), written(lens.target), written(lens.alternative),
            lens.target && lens.alternative ? fixed(*lens.target - *lens.alternative, 4) : "",
            promoted_text(lens.promoted) });
    }
    std::cout << "what each node adds to the logits, less its mean over the vocabulary\n\n"
              << table.text();
}

void print_json(const LensAnswer& answer)
{
    nlohmann::ordered_json result{ { "examples", answer.examples },
        { "nodes", nlohmann::ordered_json::array() } };
    if (answer.model.step >= 0)
        result["step"] = answer.model.step;
    for (const NodeLens& lens : answer.nodes) {
        nlohmann::ordered_json node{ { "node", node_name(lens.node) } };
        if (lens.target)
            node["target"] = *lens.target;
        if (lens.alternative)
            node["alternative"] = *lens.alternative;
        node["promoted"] = promoted_json(lens.promoted);
        result["nodes"].push_back(node);
    }
    std::cout << result.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

void lens(Options& options)
{
    LensQuestion& question = options.question;
    set_model(options.ask, question.model, question.compute);
    for (const std::string& name : words_of(options.nodes)) {
        const auto node = parse_node_name(name, name != "logits");
        if (!node)
            throw InputError(name
                + " is no node that writes; they are written as in input, a2.h5, m3 and m3.g7. "
                  "logits is all of them together.");
        question.nodes.push_back(*node);
    }
    const auto answer = std::get<LensAnswer>(ask(question));
    tell_model(answer.model);
    tell_remarks(answer.dropped, answer.notes);
    options.ask.json ? print_json(answer) : print_table(answer);
}

void neurons(const Options& options)
{
    const LensQuestion& lens = options.question;
    NeuronQuestion question;
    set_model(options.ask, question.model, question.compute);
    const auto node = parse_node_name(options.neurons_of, true);
    if (!node || (node->kind != NodeKind::mlp && node->kind != NodeKind::mlp_group))
        throw InputError(options.neurons_of
            + " is no MLP or neuron group; they are written as in m3 and m3.g7.");
    question.node = *node;
    question.mlp_group_size = lens.mlp_group_size;
    question.task = lens.task;
    question.examples = lens.examples;
    question.max_tokens = lens.max_tokens;
    question.neurons = options.neurons;
    question.promoted = lens.promoted;
    const auto answer = std::get<NeuronAnswer>(ask(question));
    tell_model(answer.model);
    tell_remarks(answer.dropped, answer.notes);
    if (!options.ask.json) {
        std::cout << "of " << answer.of
                  << " neurons those that write most towards the target, less "
                  << (answer.alternatives ? "the alternative" : "the mean over the vocabulary")
                  << ", over " << counted(static_cast<std::size_t>(answer.examples), "example")
                  << "\n\n";
        Table table({ { "neuron", true }, { "activation", true }, { "difference", true },
            { "promotes most" } });
        for (const NeuronLens& neuron : answer.neurons)
            table.add({ std::to_string(neuron.neuron), fixed(neuron.activation, 4),
                fixed(neuron.difference, 4), promoted_text(neuron.promoted) });
        std::cout << table.text();
        return;
    }
    nlohmann::ordered_json result{ { "examples", answer.examples },
        { "node", node_name(*node) }, { "of", answer.of },
        { "less", answer.alternatives ? "alternative" : "mean" },
        { "neurons", nlohmann::ordered_json::array() } };
    if (answer.model.step >= 0)
        result["step"] = answer.model.step;
    for (const NeuronLens& neuron : answer.neurons)
        result["neurons"].push_back({ { "neuron", neuron.neuron },
            { "activation", neuron.activation }, { "difference", neuron.difference },
            { "promoted", promoted_json(neuron.promoted) } });
    std::cout << result.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

} // namespace

void add_lens_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    LensQuestion& question = options->question;
    CLI::App* command = add_engine_command(app, "lens");
    add_ask_options(*command, options->ask);
    CLI::Option* nodes = command->add_option(
        "--nodes", options->nodes, "names separated by commas, as in input,a2.h5,m3,m3.g7,logits");
    CLI::Option* neurons_of = command->add_option("--neurons-of", options->neurons_of,
        "with --task: the neurons of an MLP or group that write most, as in m3 or m3.g7");
    nodes->excludes(neurons_of);
    command->add_option("--neurons", options->neurons, "so many of these")
        ->check(CLI::PositiveNumber)
        ->needs(neurons_of);
    CLI::Option* text = command->add_option("--text", question.text, "the text to read");
    CLI::Option* task = command->add_option(
        "--task", question.task, "a task file, demo/NAME or a ready-made task");
    text->excludes(task);
    neurons_of->needs(task);
    command->add_option("--target", question.target, "with --text: a word that may come next")
        ->needs(text);
    command->add_option("--alternative", question.alternative, "with --text: one that competes")
        ->needs(text);
    command
        ->add_option("--examples", question.examples, "of the task, the first so many; 0 for all")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--max-tokens", question.max_tokens, "longer examples are cut")
        ->check(CLI::PositiveNumber);
    command->add_option("--mlp-group-size", question.mlp_group_size,
        "neurons to a group, where --nodes names groups");
    command->add_option("--top", question.promoted, "so many of the tokens that a node promotes")
        ->check(CLI::PositiveNumber);
    command->callback([options, nodes, neurons_of, text, task] {
        if (nodes->empty() && neurons_of->empty())
            throw CLI::RequiredError("--nodes or --neurons-of");
        if (text->empty() && task->empty())
            throw CLI::RequiredError("--text or --task");
        neurons_of->empty() ? lens(*options) : neurons(*options);
    });
}

} // namespace circuitloom
