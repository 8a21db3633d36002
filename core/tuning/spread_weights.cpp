#include "core/tuning/spread_weights.h"

namespace circuitloom {

HeldBlock block_of(const Transformer& model, const torch::Tensor& tensor)
{
    const int layer = model.spread() ? model.spread()->layer_of(tensor) : -1;
    return layer < 0 ? HeldBlock() : model.hold(layer);
}

void keep_opened_weights(const Transformer& model, const std::vector<torch::Tensor*>& tensors,
    std::span<const ParameterSlice> slices, MaskedOptimizer& optimizer)
{
    const torch::NoGradGuard no_grad;
    HeldBlock held;
    int layer = -1; // that is held
    for (const ParameterSlice& slice : slices) {
        if (optimizer.memory().covers(slice))
            continue;
        const torch::Tensor& tensor = *tensors[slice.parameter];
        const int of = model.spread() ? model.spread()->layer_of(tensor) : -1;
        if (of != layer) {
            held = HeldBlock(); // before the next one comes
            held = block_of(model, tensor);
            layer = of;
        }
        optimizer.memory().open(tensor, slice);
    }
}

} // namespace circuitloom
