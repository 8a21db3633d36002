#include "core/run/run_estimate.h"

#include "core/architecture/model_size.h"
#include "core/run/block_sharding.h"
#include "core/run/differing_settings.h"
#include "core/run/run_options.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>
#include <string_view>
#include <tuple>
#include <utility>

namespace circuitloom {

namespace {

// Bytes in the file, rounded up from what the demo's runs take.
constexpr std::int64_t edge_row = 24;
constexpr std::int64_t certainty_row = 40; ///< of an edge of a circuit that was resampled
constexpr std::int64_t iteration_row = 120;
constexpr std::int64_t step_row = 36;
constexpr std::int64_t evaluation_row = 48;
constexpr std::int64_t catalogue_row = 24; ///< of an edge; there are many fewer nodes

/// Of 100 bytes of weights, what their difference to those before takes, compressed. How
/// far they move decides it: 60 were measured on SmolLM2-135M with SGD, 64 and 80 on the demo with
/// SGD and AdamW at its rates.
constexpr std::int64_t difference_share = 85;

int times(int every, int steps)
{
    return every > 0 ? steps / every + (steps % every > 0 ? 1 : 0) : 0;
}

/// The share of the blocks' entries that the circuits of so many steps can open together.
double most_opened_in_all(
    const RunConfig& config, const ModelConfig& model, const ComputationalGraph& graph, int steps)
{
    if (config.graph.kind == GraphKind::paper && config.train_layer0_qkv)
        return 1; // beside the circuits
    const int circuits
        = config.method == TuningMethod::fixed ? 1 : times(config.discover_every, steps);
    return std::min(1.0, most_opened_at_once(config, model, graph) * std::max(1, circuits));
}

/// Settings that decide how long a step takes, but for the examples of one.
constexpr std::string_view of_the_time[]{ "device", "dtype", "task.train", "task.held_out",
    "task.max_tokens", "graph.kind", "graph.mlp_group_size", "circuit.method",
    "circuit.discover_every", "circuit.attribution", "circuit.metric", "circuit.baseline",
    "circuit.positions", "circuit.integration_steps", "circuit.integration_path",
    "circuit.integration_points", "circuit.score_on", "circuit.probe_examples", "circuit.resamples",
    "lora.rank", "lora.targets", "optimizer.kind", "run.batch", "run.accumulate",
    "run.recompute_blocks", "run.offload_inputs", "run.shard_blocks",
    "run.evaluate_every", "run.evaluation_items", "capabilities" };

std::vector<std::string> differences_in_time(const RunConfig& a, const RunConfig& b)
{
    const RunConfig both[]{ a, b };
    std::vector<std::string> names = differing_settings(both).names;
    std::erase_if(names, [](const std::string& name) {
        return std::ranges::find(of_the_time, name) == std::end(of_the_time);
    });
    return names;
}

} // namespace

std::optional<int> planned_steps(const RunConfig& config, const TaskSize& task)
{
    if (config.epochs == 0)
        return config.steps;
    if (task.examples == 0)
        return std::nullopt;
    const std::int64_t a_step = std::int64_t{ config.batch } * config.accumulate;
    const std::int64_t steps
        = (std::int64_t{ task.examples } * config.epochs + a_step - 1) / a_step;
    return static_cast<int>(std::min<std::int64_t>(steps, std::numeric_limits<int>::max()));
}

RunEstimate estimate_run(
    const RunConfig& config, const ModelConfig& model, const TaskSize& task, int processes)
{
    const ComputationalGraph graph(model.graph_shape(), config.graph);
    const int steps = planned_steps(config, task).value_or(1);
    RunEstimate estimate;
    estimate.parameters = parameter_count(model);
    estimate.edges = static_cast<std::int64_t>(graph.edges().size());
    // The last circuit is that after the last step.
    estimate.iterations = times(config.discover_every, steps) + std::int64_t{ 1 };

    estimate.memory = estimate_memory(config, model, graph, task, 1, processes);
    estimate.first_memory = estimate_memory(
        config, model, graph, task, most_opened_at_once(config, model, graph), processes);
    const bool adapters = tuning_method_info(config.method).part == TunedPart::adapters;
    const double opened_in_all = most_opened_in_all(config, model, graph, steps);
    const std::int64_t changed
        = changed_entries(config, model, opened_in_all) * bytes_of_weight(config.dtype);
    const MemoryParts of_changed
        = estimate_memory(config, model, graph, task, opened_in_all, processes);
    const int written = 1 + (steps - 1) / std::max(1, config.checkpoint_every)
            * (config.checkpoint_every > 0 ? 1 : 0);
    const std::int64_t how_many
        = std::min(config.checkpoint_keep, written) + (config.checkpoint_keep_best ? 1 : 0);
    const std::int64_t limit = std::int64_t{ config.checkpoint_limit_mb } << 20;
    const std::int64_t weights
        = adapters ? changed : changed * difference_share / 100;
    const std::int64_t masters
        = config.dtype == Precision::bfloat16 ? of_changed.masters : 0;
    const std::int64_t with_optimizer = weights + of_changed.optimizer + masters;
    const int latest = config.checkpoint_seconds > 0 ? 1 : 0; // gone once the run has ended
    estimate.checkpoints = std::min(with_optimizer * (how_many + latest), limit);
    estimate.finished = std::min(
        (config.checkpoint_keep_optimizer ? with_optimizer : weights) * how_many, limit);

    const std::int64_t most = config.top_n_schedule == Schedule::constant
        ? config.selection.n
        : std::max(config.selection.n, config.top_n_start);
    const std::int64_t stored = config.selection.rule == SelectionRule::threshold
        ? estimate.edges
        : std::min(most, estimate.edges);
    const std::int64_t measures
        = std::ssize(config.capabilities) + (config.held_out_task.empty() ? 0 : 2);
    const std::int64_t evaluations
        = config.evaluate_every > 0 ? times(config.evaluate_every, steps) + std::int64_t{ 1 } : 0;
    const std::int64_t of_edge = edge_row + (config.resamples > 0 ? certainty_row : 0);
    estimate.file = estimate.iterations * (iteration_row + stored * of_edge)
        + std::int64_t{ steps } * step_row + evaluations * measures * evaluation_row
        + estimate.edges * catalogue_row;
    return estimate;
}

int processes_on_device(const std::string& device, int processes, int cards)
{
    return device == "auto" && cards > 0 ? (processes + cards - 1) / cards : processes;
}

RunEstimate held_together(const RunEstimate& of_one, int processes)
{
    RunEstimate all = of_one;
    all.memory = times(of_one.memory, processes);
    all.first_memory = times(of_one.first_memory, processes);
    return all;
}

MemoryFit memory_fit(const RunEstimate& estimate, std::int64_t available)
{
    if (available == 0 || estimate.memory.total() <= available)
        return MemoryFit::fits;
    return estimate.first_memory.total() <= available ? MemoryFit::first_circuit
                                                      : MemoryFit::none;
}

std::optional<RunConfig> fitting_run(const RunConfig& config, const ModelConfig& model,
    const TaskSize& task, std::int64_t bytes, bool card, int processes)
{
    const ComputationalGraph graph(model.graph_shape(), config.graph);
    const double opened = most_opened_at_once(config, model, graph);
    const auto fits = [&](RunConfig run) {
        run.device = card ? "cuda" : "cpu"; // where "auto" is
        return estimate_memory(run, model, graph, task, opened, processes).total() <= bytes;
    };
    RunConfig tried = config;
    const auto smaller_batches = [&]() -> std::optional<RunConfig> {
        for (int batch = tried.batch; batch > 0; --batch) {
            if (tried.batch % batch != 0)
                continue;
            RunConfig run = tried;
            const int times_as_many = tried.batch / batch;
            if (tried.accumulate > most_accumulated / times_as_many)
                return std::nullopt; // smaller ones would be still more
            run.batch = batch;
            run.accumulate *= times_as_many;
            if (fits(run))
                return run;
        }
        return std::nullopt;
    };
    if (auto run = smaller_batches())
        return run;
    if (!tried.recompute_blocks) {
        tried.recompute_blocks = true;
        if (auto run = smaller_batches())
            return run;
    }
    if (card && !tried.offload_inputs) {
        tried.offload_inputs = true;
        if (auto run = smaller_batches())
            return run;
    }
    if (processes > 1 && !tried.shard_blocks && may_shard_blocks(tried)) {
        tried.shard_blocks = true;
        if (auto run = smaller_batches())
            return run;
    }
    if (tried.optimizer == OptimizerKind::adamw) {
        tried.optimizer = OptimizerKind::sgd;
        if (auto run = smaller_batches())
            return run;
    }
    if (card && tried.dtype != Precision::bfloat16) {
        tried.dtype = Precision::bfloat16;
        if (auto run = smaller_batches())
            return run;
    }
    return std::nullopt;
}

std::optional<TimeEstimate> estimate_time(
    const RunConfig& config, int steps, std::span<const TimedRun> timed)
{
    const TimedRun* best = nullptr;
    TimeEstimate estimate;
    for (const TimedRun& run : timed) {
        if (run.config.model != config.model || !(run.seconds_per_step > 0)
            || !std::isfinite(run.seconds_per_step))
            continue;
        std::vector<std::string> differing = differences_in_time(run.config, config);
        const auto unlikeness = [](const RunConfig& one, const RunConfig& other, std::size_t count) {
            return std::tuple(one.device != other.device, one.method != other.method, count);
        };
        if (best
            && unlikeness(run.config, config, differing.size())
                > unlikeness(best->config, config, estimate.differing.size()))
            continue;
        best = &run;
        estimate.differing = std::move(differing);
    }
    if (!best)
        return std::nullopt;
    const auto examples
        = [](const RunConfig& run) { return static_cast<double>(run.batch) * run.accumulate; };
    estimate.run = best->config.name;
    estimate.seconds
        = best->seconds_per_step * steps * examples(config) / std::max(1.0, examples(best->config));
    return estimate;
}

} // namespace circuitloom
