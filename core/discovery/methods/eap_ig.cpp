#include "core/discovery/integrated_gradients.h"
#include "core/discovery/methods/scoring_method.h"
#include "core/evaluation/task_metric.h"

namespace circuitloom {

namespace {

/// Edge attribution patching with integrated gradients (arXiv 2403.17806).
class EapIg : public GradientMethod
{
public:
    bool at_clean_input() const override { return false; }

    void add(EdgeScores& scores, const BatchToScore& of, double weight) const override
    {
        const auto& [batch, taps, reference] = of.clean;
        add_integrated_gradients(
            scores, of.model, of.graph, batch.ids, taps, of.baseline,
            [&of](const torch::Tensor& hidden) {
                return task_metric(
                    of.model, hidden, of.clean.batch, of.options.metric, of.clean.reference);
            },
            scored_rows(batch, of.options.positions), of.options, weight);
    }
};

} // namespace

const ScoringMethod& eap_ig_method()
{
    static const EapIg method;
    return method;
}

} // namespace circuitloom
