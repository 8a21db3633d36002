#include "core/discovery/block_gradients.h"
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
        const ScoredBatch& batch = of.clean.batch;
        const ForwardTaps& taps = of.clean.taps;
        const auto metric = [&of](const torch::Tensor& hidden) {
            return task_metric_of_rows(
                of.model, hidden, of.clean.batch, of.options.metric, of.clean.reference);
        };
        TapGradients gradients;
        if (of.model.spread()) {
            gradients = gradients_by_block(of.model, taps, batch.row, metric, of.graph);
        } else {
            const auto tail = metric_tail(of.model, taps, batch.row);
            gradients = tap_gradients(metric(tail.hidden), tail, taps, of.graph);
        }
        scores.add(
            taps, of.baseline, taps, gradients, scored_rows(batch, of.options.positions), weight);
    }
};

} // namespace

const ScoringMethod& eap_method()
{
    static const Eap method;
    return method;
}

} // namespace circuitloom
