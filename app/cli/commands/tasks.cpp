#include "app/cli/commands/commands.h"
#include "app/cli/commands/model_option.h"
#include "app/cli/commands/output_option.h"
#include "app/cli/commands/table.h"

#include "core/base/counted.h"
#include "core/base/error.h"
#include "core/demo/demo.h"
#include "core/run/model_reference.h"
#include "core/run/run_config.h"
#include "core/tasks/encoded_task.h"
#include "core/tasks/generated/generated_task.h"
#include "core/tasks/left_out.h"
#include "core/tokenizer/model_tokenizer.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    std::string task;
    std::string model;
    std::size_t examples = 1000;
    std::uint64_t seed = generated_seed;
    int max_tokens = RunConfig{}.max_tokens;
    OutputOption output;
    bool json = false;
    bool strict = false;
};

Tokenizer open_tokenizer(const std::string& model)
{
    return tokenizer_of(open_model_files(untouched_model(model)));
}

nlohmann::ordered_json to_json(const std::vector<ReasonCount>& reasons)
{
    auto list = nlohmann::ordered_json::array();
    for (const ReasonCount& reason : reasons)
        list.push_back(
            { { "reason", reason.reason }, { "count", reason.count }, { "first", reason.where } });
    return list;
}

void print(const std::string& title, const std::vector<ReasonCount>& reasons)
{
    if (reasons.empty())
        return;
    std::cout << "\n" << title << ":\n";
    for (const ReasonCount& reason : reasons) {
        std::cout << "  " << reason.count << " × " << printable(reason.reason) << "\n";
        for (const std::string& where : reason.where)
            std::cout << "      " << printable(where) << "\n";
    }
}

void print_json(const nlohmann::ordered_json& json)
{
    std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

void list_tasks(const Options& options)
{
    if (options.json) {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const GeneratedTask& task : generated_tasks())
            list.push_back(
                { { "name", task.name }, { "description", task.description }, { "model", "any" } });
        for (const std::string& name : demo::task_names())
            list.push_back({ { "name", "demo/" + name }, { "model", "demo" } });
        print_json(list);
        return;
    }
    Table table({ { "task" }, { "what it asks" } });
    for (const GeneratedTask& task : generated_tasks())
        table.add({ std::string(task.name), std::string(task.description) });
    std::cout << table.text() << "\nEach also as NAME-held-out. In the demo model's language:";
    for (const std::string& name : demo::task_names())
        std::cout << " demo/" << name;
    std::cout << "\n";
}

void make_task(const Options& options)
{
    const ResultFile result = options.output.result(
        FileContent::task, places_of_model(options.model));
    const Tokenizer tokenizer = open_tokenizer(options.model);
    const GeneratedExamples made
        = generate_task(options.task, options.examples, options.seed, tokenizer);
    const std::vector<ReasonCount> reasons = count_reasons(made.left_out);
    if (made.examples.empty())
        throw InputError("None of " + std::to_string(made.left_out.size()) + " sentences of "
            + options.task + " is well formed for " + options.model + ": " + reasons.front().reason
            + ", as in " + reasons.front().where.front() + ".");
    result.write(to_jsonl(made.examples));
    if (options.json) {
        print_json({ { "task", options.task }, { "model", options.model }, { "seed", options.seed },
            { "output", options.output.file }, { "examples", made.examples.size() },
            { "drawn", made.examples.size() + made.left_out.size() },
            { "left_out", to_json(reasons) } });
        return;
    }
    std::cout << counted(made.examples.size(), "example")
              << (made.examples.size() == 1 ? " is in " : " are in ") << options.output.file;
    if (made.examples.size() < options.examples)
        std::cout << " (" << options.examples << " were asked for)";
    std::cout << "; " << made.left_out.size() << (made.left_out.size() == 1 ? " was" : " were")
              << " left out\n";
    print("left out", reasons);
}

void check_task(const Options& options)
{
    const Tokenizer tokenizer = open_tokenizer(options.model);
    std::vector<LeftOut> left_out, unread;
    std::vector<TaskExample> examples;
    if (is_generated_task(options.task)) {
        GeneratedExamples made
            = generate_task(options.task, generated_examples, generated_seed, tokenizer);
        examples = std::move(made.examples);
        left_out = std::move(made.left_out);
    } else {
        examples = load_task(options.task, &left_out, &unread);
    }
    const bool has_corrupted = std::ranges::any_of(
        examples, [](const TaskExample& example) { return example.corrupted.has_value(); });
    std::vector<LeftOut> without_corrupted, doubts;
    std::size_t kept = 0, targets = 0, corrupted = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const std::string where = example_name(i, examples[i]);
        const ExampleEncoding encoding = encode_example(examples[i], tokenizer, options.max_tokens);
        for (const LeftOut& span : encoding.left_out)
            left_out.push_back({ where + ", " + span.where, span.reason });
        if (encoding.example.targets.empty())
            continue;
        for (const LeftOut& doubt : encoding.doubts)
            doubts.push_back({ where + ", " + doubt.where, doubt.reason });
        ++kept;
        targets += encoding.example.targets.size();
        if (!encoding.example.corrupted.empty())
            ++corrupted;
        else if (!encoding.corrupted_problem.empty())
            without_corrupted.push_back({ where, encoding.corrupted_problem });
        else if (has_corrupted)
            without_corrupted.push_back({ where, "others have a corrupted text, these have none" });
    }
    if (options.json) {
        print_json({ { "task", options.task }, { "model", options.model }, { "examples", kept },
            { "targets", targets }, { "with_corrupted", corrupted },
            { "left_out", to_json(count_reasons(left_out)) },
            { "without_corrupted", to_json(count_reasons(without_corrupted)) },
            { "doubtful", to_json(count_reasons(doubts)) },
            { "unread", to_json(count_reasons(unread)) } });
    } else {
        std::cout << counted(kept, "example") << " can be scored, with "
                  << counted(targets, "target") << "; " << corrupted
                  << (corrupted == 1 ? " has" : " have") << " a corrupted text\n";
        for (const ReasonCount& field : count_reasons(unread))
            std::cout << "\n"
                      << printable(field.where.front()) << " has " << printable(field.reason)
                      << (field.count > 1 ? " It is in " + counted(field.count, "place") + "."
                                          : std::string())
                      << "\n";
        print("left out", count_reasons(left_out));
        print("kept without their corrupted text", count_reasons(without_corrupted));
        print("look like a mistake of the task", count_reasons(doubts));
    }
    if (kept == 0)
        throw InputError("The task " + options.task + " has no example that " + options.model
            + " can be scored on.");
    if (options.strict && !doubts.empty())
        throw InputError(counted(doubts.size(), "target")
            + (doubts.size() == 1 ? " looks" : " look")
            + " like a mistake of the task: " + count_reasons(doubts).front().reason + ".");
}

} // namespace

void add_tasks_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* tasks = app.add_subcommand("tasks", "Ready-made tasks, and what a model can use.");
    tasks->require_subcommand(1);

    CLI::App* list = tasks->add_subcommand("list", "the tasks that need no file");
    list->add_flag("--json", options->json, "print JSON");
    list->callback([options] { list_tasks(*options); });

    const auto add_model = [&options](CLI::App* command) {
        add_model_option(*command, options->model, "--model");
        command->add_flag("--json", options->json, "print JSON");
    };
    CLI::App* make = tasks->add_subcommand(
        "make", "writes a ready-made task's examples that suit a model's tokenizer");
    make->add_option("name", options->task, "see tasks list")->required();
    add_model(make);
    make->add_option("--examples", options->examples, "at most so many")
        ->check(CLI::Range(1, 1'000'000));
    make->add_option("--seed", options->seed);
    options->output.add_to(*make, "a task file")->required();
    make->callback([options] { make_task(*options); });

    CLI::App* check = tasks->add_subcommand(
        "check", "which of a task's examples a model can be scored on, and why not the others");
    check->add_option("task", options->task, "a task file, or a task of tasks list")->required();
    add_model(check);
    check->add_option("--max-tokens", options->max_tokens, "longer examples are cut")
        ->check(CLI::PositiveNumber);
    check->add_flag(
        "--strict", options->strict, "fail where targets look like mistakes of the task");
    check->callback([options] { check_task(*options); });
}

} // namespace circuitloom
