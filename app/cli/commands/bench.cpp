#include "app/cli/commands/commands.h"
#include "app/cli/commands/device_option.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/report_text.h"

#include "core/tuning/benchmark.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    RunConfig config = preset("sv-disagreement");
    int rounds = 10;
    int warm_up = 2;
    int generated = 0; ///< tokens for each text; 0 times steps instead
    bool json = true;
};

void bench_generation(const Options& options)
{
    const GenerationTimes times
        = time_generation(options.config, options.generated, options.rounds, options.warm_up);
    const nlohmann::ordered_json result{ { "model", options.config.model },
        { "task", options.config.task }, { "batch", options.config.batch },
        { "prompt_tokens", times.prompt_tokens }, { "generated_tokens", times.tokens },
        { "rounds", options.rounds }, { "wall_ms", 1e3 * times.seconds },
        { "tokens_per_second", times.tokens_per_second } };
    std::cout << written(result);
}

void bench(const Options& options)
{
    if (options.generated > 0)
        return bench_generation(options);
    const StepTimes times = time_steps(options.config, options.rounds, options.warm_up);
    const nlohmann::ordered_json result{ { "model", options.config.model },
        { "task", options.config.task }, { "batch", options.config.batch },
        { "tokens", times.tokens }, { "edges", times.edges },
        { "top_n", options.config.selection.n },
        { "mlp_group_size", options.config.graph.mlp_group_size }, { "rounds", times.rounds },
        { "tunable_share", times.tunable_share }, { "plain_step_ms", times.plain_ms },
        { "tuning_step_ms", times.discovering_ms },
        { "tuning_step_k8_ms", (times.discovering_ms + 7 * times.following_ms) / 8 },
        { "ratio_k1", times.every_step }, { "ratio_k8", times.every_eighth_step },
        { "discovery_all_positions_ms", times.discovery_ms } };
    std::cout << written(result);
}

} // namespace

void add_bench_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    RunConfig& config = options->config;
    CLI::App* command = add_engine_command(app, "bench");
    command->add_option("--model", config.model,
        "demo, a model's directory, or the id of a model in the Hugging Face cache");
    command->add_option("--task", config.task, "a task file, demo/NAME or a ready-made task");
    command->add_option("--batch", config.batch)->check(CLI::Range(1, 100'000));
    command->add_option("--top-n", config.selection.n)->check(CLI::PositiveNumber);
    command->add_option("--mlp-group-size", config.graph.mlp_group_size);
    command->add_option("--max-tokens", config.max_tokens)->check(CLI::PositiveNumber);
    add_device_option(*command, config.device);
    command->add_option("--rounds", options->rounds, "how often everything is timed")
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--warm-up", options->warm_up, "rounds that are not counted, first")
        ->check(CLI::Range(0, 1'000'000));
    command
        ->add_option("--generate", options->generated,
            "instead of steps: continue the first half of each text of a batch by so many tokens, all "
            "at once")
        ->check(CLI::Range(1, 100'000));
    command->add_flag("--json", options->json, "what it prints is JSON in any case");
    command->callback([options] { bench(*options); });
}

} // namespace circuitloom
