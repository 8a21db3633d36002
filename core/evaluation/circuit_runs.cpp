#include "core/evaluation/circuit_runs.h"

#include <algorithm>

namespace circuitloom {

namespace {

// Plans are made for so many circuits at a time, and batches taken once for all of them.
constexpr std::size_t circuits_at_once = 64;

} // namespace

CircuitRuns::CircuitRuns(const Transformer& model, const ComputationalGraph& graph,
    const AblationBatches& batches, std::int64_t memory_bytes)
    : model_(model)
    , graph_(graph)
    , batches_(batches)
    , memory_bytes_(memory_bytes)
{
}

void CircuitRuns::run(std::span<const EdgeSet> circuits, const Visitor& visit) const
{
    const torch::NoGradGuard no_grad;
    for (std::size_t first = 0; first < circuits.size(); first += circuits_at_once) {
        const auto count = std::min(circuits_at_once, circuits.size() - first);
        std::vector<AblationPlan> plans;
        for (const EdgeSet& kept : circuits.subspan(first, count))
            plans.emplace_back(graph_, kept);
        for (std::size_t b = 0; b < batches_.size(); ++b) {
            const AblationBatch batch = batches_.at(b);
            for (std::size_t i = 0; i < count; ++i)
                visit(first + i,
                    ablated_hidden(model_, graph_, plans[i], batch.scored.ids, batch.where,
                        batch.baseline, memory_bytes_),
                    batch.scored);
        }
    }
}

std::vector<double> CircuitRuns::metric(
    std::span<const EdgeSet> circuits, const HiddenMetric& metric, const Progress& progress) const
{
    const auto total = static_cast<std::int64_t>(circuits.size() * batches_.size());
    std::int64_t done = 0;
    std::vector<double> sums(circuits.size());
    run(circuits, [&](std::size_t circuit, const torch::Tensor& hidden, const ScoredBatch& batch) {
        sums[circuit] += metric(hidden, batch) * static_cast<double>(batch.examples);
        if (progress)
            progress(++done, total);
    });
    for (double& sum : sums)
        sum /= static_cast<double>(batches_.examples());
    return sums;
}

} // namespace circuitloom
