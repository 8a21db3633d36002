#include "core/base/error.h"
#include "core/discovery/exact_patching.h"
#include "core/discovery/methods/scoring_method.h"
#include "core/evaluation/task_evaluation.h"
#include "core/evaluation/task_metric.h"

#include <vector>

namespace circuitloom {

namespace {

/// Every edge patched alone: the change that the gradients approximate.
class Exact : public ScoringMethod
{
public:
    DiscoveredEdges score(Transformer& model, const ComputationalGraph& graph,
        std::span<const EncodedExample> examples, const DiscoveryPlan& plan) const override
    {
        const torch::NoGradGuard no_grad;
        const AblationBatches batches(
            model, examples, plan.options.baseline, plan.options.positions, plan.batch,
            InputNode::token_and_position, [&plan](std::int64_t, std::int64_t) {
                if (plan.stop.stop_requested())
                    throw Cancelled("The discovery was stopped.");
            });
        const auto kind = plan.options.metric;
        const HiddenMetric metric = [&](const torch::Tensor& hidden, const ScoredBatch& batch) {
            return task_metric(model, hidden, batch, kind,
                kind == MetricKind::kl ? metric_reference(model, batch) : torch::Tensor())
                .item<double>();
        };
        std::vector<EdgeId> edges(graph.edges().size());
        for (std::size_t i = 0; i < edges.size(); ++i)
            edges[i].value = static_cast<std::int32_t>(i);
        ExactPatchingOptions options;
        if (plan.memory_bytes > 0)
            options.memory_bytes = plan.memory_bytes;
        options.stop = plan.stop;
        if (plan.progress)
            options.progress = [&](std::int64_t done, std::int64_t total) {
                plan.progress(static_cast<int>(done), static_cast<int>(total));
            };
        const auto scores = exact_scores(model, graph, edges, batches, metric, options);
        const TaskResult task
            = evaluate_task(model, examples, plan.batch, { .metric = kind, .untouched = &model });
        return { torch::tensor(scores, torch::kFloat64), task.metric, options.memory_bytes, {}, 0 };
    }
};

} // namespace

const ScoringMethod& exact_method()
{
    static const Exact method;
    return method;
}

} // namespace circuitloom
