#include "app/cli/commands/ask.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/base/counted.h"
#include "core/base/error.h"
#include "core/base/number_text.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    AskOptions ask;
    AttentionQuestion question;
    TargetAttentionQuestion on_task;
    std::string heads;
};

std::vector<Node> named_heads(const std::string& names)
{
    std::vector<Node> heads;
    for (const std::string& name : words_of(names)) {
        const auto head = parse_node_name(name, true);
        if (!head || head->kind != NodeKind::head)
            throw InputError(name + " is no attention head; heads are written as in a2.h5.");
        heads.push_back(*head);
    }
    return heads;
}

void print_pattern(const AttentionPattern& pattern, const std::vector<std::string>& tokens)
{
    std::vector<Table::Column> columns{ { node_name(pattern.head) } };
    for (const std::string& token : tokens)
        columns.push_back({ quoted(token), true });
    Table table(columns);
    for (std::size_t row = 0; row < tokens.size(); ++row) {
        std::vector<std::string> cells{ quoted(tokens[row]) };
        for (std::size_t column = 0; column < tokens.size(); ++column)
            cells.push_back(
                column > row ? "" : fixed(100 * pattern.weights[row * tokens.size() + column], 1));
        table.add(cells);
    }
    std::cout << table.text() << "\n";
}

void attention_on_task(Options& options)
{
    TargetAttentionQuestion& question = options.on_task;
    set_model(options.ask, question.model, question.compute);
    question.heads = named_heads(options.heads);
    const auto answer = std::get<TargetAttentionAnswer>(ask(question));
    tell_model(answer.model);
    tell_remarks(answer.dropped, answer.notes);
    if (!options.ask.json) {
        std::cout << "attention of the scored positions, over "
                  << counted(static_cast<std::size_t>(answer.examples), "example")
                  << " (changed: what the corrupted prompt has otherwise, over "
                  << answer.changed_examples << ")\n\n";
        Table table({ { "head" }, { "changed", true }, { "first token", true },
            { "token before", true }, { "itself", true } });
        for (const TargetAttention& head : answer.heads)
            table.add({ node_name(head.head), head.changed ? percent(*head.changed) : "",
                percent(head.first), percent(head.previous), percent(head.itself) });
        std::cout << table.text();
        return;
    }
    nlohmann::ordered_json result{ { "examples", answer.examples },
        { "changed_examples", answer.changed_examples },
        { "heads", nlohmann::ordered_json::array() } };
    if (answer.model.step >= 0)
        result["step"] = answer.model.step;
    for (const TargetAttention& head : answer.heads) {
        nlohmann::ordered_json row{ { "head", node_name(head.head) } };
        if (head.changed)
            row["changed"] = *head.changed;
        row["first"] = head.first;
        row["previous"] = head.previous;
        row["itself"] = head.itself;
        result["heads"].push_back(row);
    }
    std::cout << result.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

void attention(Options& options)
{
    AttentionQuestion& question = options.question;
    set_model(options.ask, question.model, question.compute);
    question.heads = named_heads(options.heads);
    const auto answer = std::get<AttentionAnswer>(ask(question));
    tell_model(answer.model);
    if (!options.ask.json) {
        std::cout << "attention in percent: a row's token looks at the columns' tokens\n\n";
        for (const AttentionPattern& pattern : answer.patterns)
            print_pattern(pattern, answer.tokens);
        return;
    }
    nlohmann::ordered_json result{ { "tokens", answer.tokens },
        { "heads", nlohmann::ordered_json::array() } };
    if (answer.model.step >= 0)
        result["step"] = answer.model.step;
    const std::size_t positions = answer.tokens.size();
    for (const AttentionPattern& pattern : answer.patterns) {
        nlohmann::ordered_json rows = nlohmann::ordered_json::array();
        for (std::size_t row = 0; row < positions; ++row) {
            const auto* first = pattern.weights.data() + row * positions;
            rows.push_back(std::vector<float>(first, first + positions));
        }
        result["heads"].push_back({ { "head", node_name(pattern.head) }, { "weights", rows } });
    }
    std::cout << result.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

} // namespace

void add_attention_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = add_engine_command(app, "attention");
    add_ask_options(*command, options->ask);
    CLI::Option* text
        = command->add_option("--text", options->question.text, "the text to read");
    CLI::Option* task = command->add_option("--task", options->on_task.task,
        "a task, in place of a text: where its scored positions look, on average");
    text->excludes(task);
    command
        ->add_option("--examples", options->on_task.examples,
            "of the task, the first so many; 0 for all")
        ->check(CLI::NonNegativeNumber)
        ->needs(task);
    command->add_option("--max-tokens", options->on_task.max_tokens, "longer examples are cut")
        ->check(CLI::PositiveNumber)
        ->needs(task);
    command->add_option(
        "--heads", options->heads, "names separated by commas, as in a0.h1,a2.h5; all without it");
    command->callback([options, text, task] {
        if (text->empty() && task->empty())
            throw CLI::RequiredError("--text or --task");
        task->empty() ? attention(*options) : attention_on_task(*options);
    });
}

} // namespace circuitloom
