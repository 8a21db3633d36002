#include "core/tuning/lora.h"
#include "core/tuning/methods/tuning_strategy.h"

#include <utility>

namespace circuitloom {

namespace {

/// Low-rank additions to the blocks' matrices train, and nothing else, whatever the circuit is.
class LoraStrategy : public TuningStrategy
{
public:
    LoraStrategy(Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
        : TuningStrategy(model, graph, config)
        , adapter_(model, config.lora_rank, config.lora_alpha, lora_targets(config.lora_targets),
              config.seed ^ 0x6c6f7261ULL)
    {
        model_.set_requires_grad(false);
        mask_ = ParameterMask::everything(std::as_const(adapter_).tensors());
    }

    std::vector<torch::Tensor*> tensors() override { return adapter_.tensors(); }
    std::int64_t tunable_count() const override { return adapter_.count(); }
    double learning_rate() const override
    {
        return config_.lora_learning_rate > 0 ? config_.lora_learning_rate : config_.learning_rate;
    }
    std::vector<torch::Tensor> gradients(
        const torch::Tensor& loss, const ForwardTaps& taps) override
    {
        return adapter_.gradients(loss, taps);
    }
    std::vector<torch::Tensor> gradients(
        const torch::Tensor& loss, RecomputedPass& pass) override
    {
        return adapter_.gradients(loss, pass);
    }
    int lowest_trained() const override { return adapter_.lowest_layer(); }
    void tensors_changed() override { adapter_.compose(); }
    const LoraAdapter* adapter() const override { return &adapter_; }

private:
    LoraAdapter adapter_;
};

} // namespace

std::unique_ptr<TuningStrategy> make_lora_strategy(
    Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
{
    return std::make_unique<LoraStrategy>(model, graph, config);
}

} // namespace circuitloom
