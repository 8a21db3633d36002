#include "core/tuning/masked_optimizer.h"

#include "core/run/divergence.h"
#include "core/tuning/masked_adamw.h"
#include "core/tuning/masked_sgd.h"

#include <cmath>

namespace circuitloom {

std::unique_ptr<MaskedOptimizer> make_optimizer(const RunConfig& config, KeptWeights kept)
{
    if (config.optimizer == OptimizerKind::adamw)
        return std::make_unique<MaskedAdamW>(
            AdamWSettings{ config.beta1, config.beta2, config.epsilon, config.weight_decay }, kept);
    return std::make_unique<MaskedSgd>(SgdSettings{ config.momentum, config.weight_decay }, kept);
}

double clip_gradients(std::vector<torch::Tensor>& gradients, double longest)
{
    torch::Tensor squares;
    for (const auto& gradient : gradients)
        if (gradient.defined()) {
            const auto square = gradient.to(torch::kFloat64).square().sum();
            squares = squares.defined() ? squares + square : square;
        }
    const double length = squares.defined() ? std::sqrt(squares.item<double>()) : 0;
    if (!std::isfinite(length))
        throw Diverged("The gradient is no longer finite");
    if (length > longest)
        for (auto& gradient : gradients)
            if (gradient.defined())
                gradient = gradient * (longest / length);
    return length;
}

} // namespace circuitloom
