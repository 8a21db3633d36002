#include "core/run/run_estimate.h"

#include "core/model/model_size.h"

#include <algorithm>
#include <cmath>

namespace circuitloom {

namespace {

// Bytes in the file, measured on files of 100 to 10,000 edges an iteration.
constexpr std::int64_t edge_row = 24;
constexpr std::int64_t iteration_row = 120;
constexpr std::int64_t step_row = 36;
constexpr std::int64_t evaluation_row = 48;
constexpr std::int64_t catalogue_row = 24; ///< of an edge; there are many fewer nodes

int times(int every, int steps)
{
    return every > 0 ? (steps + every - 1) / every : 0;
}

/// Whether both take about the same time for a step.
bool alike(const RunConfig& a, const RunConfig& b)
{
    return a.method == b.method && a.batch == b.batch && a.task == b.task && a.graph == b.graph
        && a.discover_every == b.discover_every && a.discovery == b.discovery
        && a.dtype == b.dtype && a.device == b.device && a.max_tokens == b.max_tokens;
}

} // namespace

RunEstimate estimate_run(
    const RunConfig& config, const ModelConfig& model, std::optional<int> positions)
{
    const ComputationalGraph graph(model.graph_shape(), config.graph);
    RunEstimate estimate;
    estimate.parameters = parameter_count(model);
    estimate.edges = static_cast<std::int64_t>(graph.edges().size());
    // The last circuit is that after the last step.
    estimate.iterations = times(config.discover_every, config.steps) + 1;

    const std::int64_t element = config.dtype == Precision::float64 ? 8
        : config.dtype == Precision::bfloat16                       ? 2
                                                                    : 4;
    const std::int64_t length = std::min(
        { positions.value_or(config.max_tokens), config.max_tokens, model.max_positions });
    const std::int64_t tokens = length * config.batch;
    const std::int64_t weights = estimate.parameters * element;
    const std::int64_t changed = config.method == TuningMethod::full ? 2 * weights : weights;
    const std::int64_t kept = kept_per_token(model, length) + 3 * std::int64_t{ model.vocabulary };
    const std::int64_t sums = std::int64_t{ graph.downstream_count() }
        * (graph.upstream_count() + model.d_model);
    estimate.memory = weights + changed + (tokens * kept + sums) * element;

    const std::int64_t stored = config.selection.rule == SelectionRule::threshold
        ? estimate.edges
        : std::min<std::int64_t>(config.selection.n, estimate.edges);
    const std::int64_t measures
        = std::ssize(config.capabilities) + (config.held_out_task.empty() ? 0 : 2);
    const std::int64_t evaluations
        = config.evaluate_every > 0 ? times(config.evaluate_every, config.steps) + 1 : 0;
    estimate.file = estimate.iterations * (iteration_row + stored * edge_row)
        + config.steps * step_row + evaluations * measures * evaluation_row
        + estimate.edges * catalogue_row;
    return estimate;
}

std::optional<TimeEstimate> estimate_time(const RunConfig& config, std::span<const TimedRun> timed)
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
    TimeEstimate estimate;
    estimate.alike = alike(best->config, config);
    estimate.run = best->config.name;
    estimate.seconds
        = best->seconds_per_step * config.steps * config.batch / std::max(1, best->config.batch);
    return estimate;
}

} // namespace circuitloom
