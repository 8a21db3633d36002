#include "core/base/random.h"
#include "core/discovery/methods/scoring_method.h"
#include "core/evaluation/task_evaluation.h"

#include <vector>

namespace circuitloom {

namespace {

/// A control: scores uniform in [-1, 1), whatever the task.
class RandomScores : public ScoringMethod
{
public:
    DiscoveredEdges score(Transformer& model, const ComputationalGraph& graph,
        std::span<const EncodedExample> examples, const DiscoveryPlan& plan) const override
    {
        Random random(plan.seed);
        std::vector<double> scores(graph.edges().size());
        for (double& score : scores)
            score = 2 * random.unit() - 1;
        const TaskResult task = evaluate_task(
            model, examples, plan.batch, { .metric = plan.options.metric, .untouched = &model });
        return { torch::tensor(scores, torch::kFloat64), task.metric, 0, {}, 0 };
    }
};

} // namespace

const ScoringMethod& random_method()
{
    static const RandomScores method;
    return method;
}

} // namespace circuitloom
