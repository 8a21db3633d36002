#include "core/tuning/methods/tuning_strategy.h"

#include "core/base/error.h"
#include "core/discovery/selection.h"
#include "core/tuning/slice_gradients.h"

#include <string>
#include <utility>

namespace circuitloom {

TuningStrategy::TuningStrategy(
    Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
    : model_(model)
    , graph_(graph)
    , config_(config)
{
}

bool TuningStrategy::discovers_at(int number) const
{
    return (number - 1) % config_.discover_every == 0;
}

Circuit TuningStrategy::choose(
    std::span<const float> ranking, const SelectionOptions& selection, Random&)
{
    return select_edges(graph_, ranking, selection);
}

void TuningStrategy::open(const Circuit&, Random&) { }

std::vector<torch::Tensor*> TuningStrategy::tensors()
{
    return model_.weights().all();
}

std::int64_t TuningStrategy::tunable_count() const
{
    return mask_.count(model_.weights());
}

std::vector<torch::Tensor> TuningStrategy::gradients(
    const torch::Tensor& loss, const ForwardTaps& taps)
{
    return slice_gradients(loss, taps, mask_, model_.weights());
}

std::vector<torch::Tensor> TuningStrategy::gradients(
    const torch::Tensor& loss, RecomputedPass& pass)
{
    SliceGradients taker(mask_, model_.weights());
    pass.backward(loss, taker);
    return std::move(taker.gradients());
}

int TuningStrategy::lowest_trained() const
{
    return circuitloom::lowest_trained(mask_, model_.weights());
}

std::unique_ptr<TuningStrategy> make_strategy(
    Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
{
    switch (config.method) {
    case TuningMethod::circuit:
        return make_circuit_strategy(model, graph, config);
    case TuningMethod::full:
        return make_full_strategy(model, graph, config);
    case TuningMethod::lora:
        return make_lora_strategy(model, graph, config);
    case TuningMethod::fixed:
        return make_fixed_strategy(model, graph, config);
    case TuningMethod::random:
        return make_random_strategy(model, graph, config);
    case TuningMethod::gradient:
    case TuningMethod::gradient_redrawn:
    case TuningMethod::fisher:
    case TuningMethod::magnitude:
    case TuningMethod::snip:
    case TuningMethod::taylor:
    case TuningMethod::random_entries:
        return make_entries_strategy(model, graph, config);
    case TuningMethod::bitfit:
        return make_bitfit_strategy(model, graph, config);
    }
    throw InputError("There is no method of tuning with the number "
        + std::to_string(static_cast<int>(config.method)) + ".");
}

} // namespace circuitloom
