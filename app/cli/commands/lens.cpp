#include "app/cli/commands/ask.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

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
};

std::string written(const std::optional<double>& logit)
{
    return logit ? fixed(*logit, 4) : "";
}

void print_table(const LensAnswer& answer)
{
    Table table({ { "node" }, { "target", true }, { "alternative", true }, { "difference", true },
        { "promotes most" } });
    for (const NodeLens& lens : answer.nodes) {
        std::string promoted;
        for (const TokenPush& push : lens.promoted)
            promoted += quoted(push.text) + " " + fixed(push.logit, 2) + "  ";
        table.add({ node_name(lens.node), written(lens.target), written(lens.alternative),
            lens.target && lens.alternative ? fixed(*lens.target - *lens.alternative, 4) : "",
            promoted });
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
        node["promoted"] = nlohmann::ordered_json::array();
        for (const TokenPush& push : lens.promoted)
            node["promoted"].push_back(
                { { "id", push.id }, { "token", push.text }, { "logit", push.logit } });
        result["nodes"].push_back(node);
    }
    std::cout << result.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

void lens(Options& options)
{
    LensQuestion& question = options.question;
    set_model(options.ask, question.model, question.compute);
    for (const std::string& name : words_of(options.nodes)) {
        const auto node = parse_node_name(name, true);
        if (!node)
            throw InputError(name
                + " is no node that writes; they are written as in input, a2.h5, m3 and m3.g7.");
        question.nodes.push_back(*node);
    }
    const auto answer = std::get<LensAnswer>(ask(question));
    tell_model(answer.model);
    tell_remarks(answer.dropped, answer.notes);
    options.ask.json ? print_json(answer) : print_table(answer);
}

} // namespace

void add_lens_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    LensQuestion& question = options->question;
    CLI::App* command = add_engine_command(app, "lens");
    add_ask_options(*command, options->ask);
    command
        ->add_option(
            "--nodes", options->nodes, "names separated by commas, as in input,a2.h5,m3,m3.g7")
        ->required();
    CLI::Option* text = command->add_option("--text", question.text, "the text to read");
    CLI::Option* task = command->add_option(
        "--task", question.task, "a task file, demo/NAME or a ready-made task");
    text->excludes(task);
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
    command->callback([options, text, task] {
        if (text->empty() && task->empty())
            throw CLI::RequiredError("--text or --task");
        lens(*options);
    });
}

} // namespace circuitloom
