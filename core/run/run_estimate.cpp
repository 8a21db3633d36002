#include "core/run/run_estimate.h"

#include "core/architecture/model_size.h"
#include "core/architecture/weight_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace circuitloom {

namespace {

// Bytes in the file, rounded up from what the demo's runs take.
constexpr std::int64_t edge_row = 24;
constexpr std::int64_t certainty_row = 40; ///< of an edge of a circuit that was resampled
constexpr std::int64_t iteration_row = 120;
constexpr std::int64_t step_row = 36;
constexpr std::int64_t evaluation_row = 48;
constexpr std::int64_t catalogue_row = 24; ///< of an edge; there are many fewer nodes

/// Of 100 bytes of weights, what their difference to those before takes, compressed: 46 were
/// measured on the demo, rounded up for longer runs.
constexpr std::int64_t difference_share = 60;

// What the tensor library, the database and the encoded tasks hold, and what allocation wastes: so
// much, and a twelfth of the rest.
constexpr std::int64_t held_beside = std::int64_t{ 12 } << 20;
constexpr std::int64_t wasted_share = 12;
// As core/evaluation and the run's loop go about it.
constexpr std::int64_t evaluated_examples = 64;
constexpr std::int64_t evaluated_tokens = 4096;
constexpr std::int64_t evaluated_logits = std::int64_t{ 1 } << 24;

int times(int every, int steps)
{
    return every > 0 ? (steps + every - 1) / every : 0;
}

/// Whether both take about the same time for a step.
bool alike(const RunConfig& a, const RunConfig& b)
{
    return a.method == b.method && a.batch == b.batch && a.task == b.task && a.graph == b.graph
        && a.discover_every == b.discover_every && a.discovery == b.discovery
        && a.accumulate == b.accumulate && a.dtype == b.dtype && a.device == b.device
        && a.max_tokens == b.max_tokens;
}

/// Entries that an evaluation holds beside the weights, on texts of `length` tokens and, of suites
/// that are texts, on windows of the model's context.
std::int64_t evaluation_entries(
    const RunConfig& config, const ModelConfig& model, std::int64_t length)
{
    if (config.evaluate_every == 0)
        return 0;
    const auto pass = [&](std::int64_t tokens, std::int64_t positions, std::int64_t rows) {
        // Logits and what becomes of them.
        const std::int64_t logits = std::min(rows * model.vocabulary, evaluated_logits);
        return tokens * passed_per_token(model, positions) + 2 * logits;
    };
    std::int64_t most = 0;
    if (!config.held_out_task.empty())
        most = pass(evaluated_examples * length, length, evaluated_examples);
    for (const SuiteReference& suite : config.capabilities) {
        const bool text = suite.source.ends_with(".txt");
        const std::int64_t positions = text ? model.max_positions : length;
        const std::int64_t tokens = std::max(evaluated_tokens, positions);
        most = std::max(most, pass(tokens, positions, tokens));
    }
    return most;
}

/// Of LoRA on every matrix of the blocks, whichever of them are its targets.
std::int64_t adapter_entries(const RunConfig& config, const ModelConfig& model)
{
    std::int64_t entries = 0;
    for (const LayerPart part : { LayerPart::qkv_weight, LayerPart::output_weight,
             LayerPart::mlp_in_weight, LayerPart::mlp_out_weight }) {
        for (const std::int64_t size : weight_shape(model, ParameterPlace{ 0, part }))
            entries += size;
    }
    return entries * model.layers * config.lora_rank;
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

RunEstimate estimate_run(const RunConfig& config, const ModelConfig& model, const TaskSize& task)
{
    const ComputationalGraph graph(model.graph_shape(), config.graph);
    const int steps = planned_steps(config, task).value_or(1);
    RunEstimate estimate;
    estimate.parameters = parameter_count(model);
    estimate.edges = static_cast<std::int64_t>(graph.edges().size());
    // The last circuit is that after the last step.
    estimate.iterations = times(config.discover_every, steps) + 1;

    const std::int64_t element = config.dtype == Precision::float64 ? 8
        : config.dtype == Precision::bfloat16                       ? 2
                                                                    : 4;
    const std::int64_t known = task.longest > 0 ? task.longest : config.max_tokens;
    const std::int64_t length
        = std::min<std::int64_t>({ known, config.max_tokens, model.max_positions });
    const std::int64_t tokens = length * config.batch;
    const std::int64_t outside
        = std::int64_t{ model.vocabulary } * model.d_model * (model.tied_unembedding ? 1 : 2);
    const std::int64_t blocks = estimate.parameters - outside;
    const TunedPart part = tuning_method_info(config.method).part;
    const bool adapters = part == TunedPart::adapters;
    const bool everything = part == TunedPart::everything;
    const std::int64_t changed = everything ? estimate.parameters
        : adapters                          ? adapter_entries(config, model)
                                            : blocks;
    const std::int64_t kept_of_each = config.optimizer == OptimizerKind::adamw ? 2 : 1;
    std::int64_t held = estimate.parameters; // entries of tensors as large as weights
    if (adapters)
        held += blocks; // as they were
    held += changed * (1 + kept_of_each);
    if (config.discovery.metric == MetricKind::kl)
        held += estimate.parameters;
    // The gradient of a tied embedding is two until they are added, and the optimizer's new value
    // of the largest tensor stands beside the old one.
    if (everything || config.train_embeddings || config.train_unembedding)
        held += std::int64_t{ model.vocabulary } * model.d_model;
    const std::int64_t kept = kept_per_token(model, length) + 3 * std::int64_t{ model.vocabulary };
    const std::int64_t sums = std::int64_t{ graph.downstream_count() }
        * (std::int64_t{ graph.upstream_count() } + model.d_model);
    const std::int64_t passing
        = std::max(tokens * kept + sums, evaluation_entries(config, model, length));
    estimate.memory = (held + passing) * element;
    estimate.memory += estimate.memory / wasted_share + held_beside;

    const int written = 1 + (steps - 1) / std::max(1, config.checkpoint_every)
            * (config.checkpoint_every > 0 ? 1 : 0);
    const std::int64_t how_many
        = std::min(config.checkpoint_keep, written) + (config.checkpoint_keep_best ? 1 : 0);
    const std::int64_t limit = std::int64_t{ config.checkpoint_limit_mb } << 20;
    const std::int64_t weights
        = adapters ? changed * element : changed * element * difference_share / 100;
    const std::int64_t with_optimizer = weights + changed * kept_of_each * element;
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
        = config.evaluate_every > 0 ? times(config.evaluate_every, steps) + 1 : 0;
    const std::int64_t of_edge = edge_row + (config.resamples > 0 ? certainty_row : 0);
    estimate.file = estimate.iterations * (iteration_row + stored * of_edge)
        + std::int64_t{ steps } * step_row + evaluations * measures * evaluation_row
        + estimate.edges * catalogue_row;
    return estimate;
}

std::optional<TimeEstimate> estimate_time(
    const RunConfig& config, int steps, std::span<const TimedRun> timed)
{
    const TimedRun* best = nullptr;
    for (const TimedRun& run : timed) {
        const bool usable = run.config.model == config.model && run.seconds_per_step > 0
            && std::isfinite(run.seconds_per_step);
        if (usable && (!best || alike(run.config, config) || !alike(best->config, config)))
            best = &run;
    }
    if (!best)
        return std::nullopt;
    const auto examples
        = [](const RunConfig& run) { return static_cast<double>(run.batch) * run.accumulate; };
    TimeEstimate estimate;
    estimate.alike = alike(best->config, config);
    estimate.run = best->config.name;
    estimate.seconds
        = best->seconds_per_step * steps * examples(config) / std::max(1.0, examples(best->config));
    return estimate;
}

} // namespace circuitloom
