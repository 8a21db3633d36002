#include "core/tuning/methods/tuning_strategy.h"

namespace circuitloom {

namespace {

/// Full fine-tuning: every parameter trains, whatever the circuit is.
class FullStrategy : public TuningStrategy
{
public:
    FullStrategy(Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
        : TuningStrategy(model, graph, config)
    {
        model_.set_requires_grad(true);
        mask_ = ParameterMask::everything(model_.weights());
    }

    bool needs_taps() const override { return false; }
};

} // namespace

std::unique_ptr<TuningStrategy> make_full_strategy(
    Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
{
    return std::make_unique<FullStrategy>(model, graph, config);
}

} // namespace circuitloom
