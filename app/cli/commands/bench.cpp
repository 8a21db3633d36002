#include "app/cli/commands/commands.h"

#include "core/tuning/benchmark.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    RunConfig config = preset("demo");
    int pairs = 30;
    int warm_up = 5;
    bool json = true;
};

void bench(const Options& options)
{
    const StepTimes times = time_steps(options.config, options.pairs, options.warm_up);
    const nlohmann::ordered_json result{ { "model", options.config.model },
        { "task", options.config.task }, { "batch", options.config.batch },
        { "top_n", options.config.top_n },
        { "mlp_group_size", options.config.graph.mlp_group_size }, { "pairs", times.pairs },
        { "tuning_step_ms", times.tuning_ms }, { "plain_step_ms", times.plain_ms },
        { "ratio", times.ratio } };
    std::cout << result.dump(2) << "\n";
}

} // namespace

void add_bench_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    RunConfig& config = options->config;
    CLI::App* command = app.add_subcommand("bench",
        "Time a circuit-tuning step (discovery at every step) and a plain fine-tuning step in "
        "turn; prints the medians and their ratio as JSON.");
    command->add_option("--model", config.model, model_help);
    command->add_option("--task", config.task, "a task file, or demo/NAME");
    command->add_option("--batch", config.batch)->check(CLI::Range(1, 100'000));
    command->add_option("--top-n", config.top_n)->check(CLI::PositiveNumber);
    command->add_option("--mlp-group-size", config.graph.mlp_group_size);
    command->add_option("--max-tokens", config.max_tokens)->check(CLI::PositiveNumber);
    command->add_option("--device", config.device)->check(CLI::IsMember({ "auto", "cpu", "cuda" }));
    command->add_option("--pairs", options->pairs, "how many pairs of steps to time")
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--warm-up", options->warm_up, "pairs that are not counted, first")
        ->check(CLI::Range(0, 1'000'000));
    command->add_flag("--json", options->json, "what it prints is JSON in any case");
    command->callback([options] { bench(*options); });
}

} // namespace circuitloom
