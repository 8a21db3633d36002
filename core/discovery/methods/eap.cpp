#include "core/discovery/methods/scoring_method.h"
#include "core/evaluation/task_metric.h"

namespace circuitloom {

namespace {

/// Edge attribution patching (arXiv 2310.10348): one gradient, at the clean input.
class Eap : public GradientMethod
{
public:
    bool at_clean_input() const override { return true; }

    void add(EdgeScores& scores, const BatchToScore& of, double weight) const override
    {
        const auto& [batch, taps, reference] = of.clean;
        const auto tail = metric_tail(of.model, taps, batch.row);
        const auto metric
            = task_metric_of_rows(of.model, tail.hidden, batch, of.options.metric, reference);
        scores.add(taps, of.baseline, taps, tap_gradients(metric, tail, taps, of.graph),
            scored_rows(batch, of.options.positions), weight);
    }
};

} // namespace

const ScoringMethod& eap_method()
{
    static const Eap method;
    return method;
}

} // namespace circuitloom
