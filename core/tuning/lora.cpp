#include "core/tuning/lora.h"

#include "core/run/lora_matrices.h"
#include "core/tuning/passage.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/autograd.h>

#include <cmath>
#include <iterator>
#include <utility>

namespace circuitloom {

namespace {

/// ∂A and ∂B of every addition, block by block.
class AdditionGradients : public GradientTaker
{
public:
    AdditionGradients(const std::vector<LoraAdapter::Addition>& additions, double scale)
        : additions_(additions)
        , scale_(scale)
        , gradients_(2 * additions.size())
    {
    }

    std::vector<torch::Tensor> wanted(int layer, const LayerTaps& taps) override
    {
        std::vector<torch::Tensor> outputs;
        source_.clear();
        for (const LoraAdapter::Addition& addition : additions_) {
            if (addition.place.layer != layer)
                continue;
            const torch::Tensor output = passage_of(taps, addition.place.part).output;
            // Matrices that share an output are neighbours.
            if (outputs.empty() || !outputs.back().is_same(output))
                outputs.push_back(output);
            source_.push_back(outputs.size() - 1);
        }
        return outputs;
    }

    void take(int layer, const LayerTaps& taps,
        const std::vector<torch::Tensor>& gradients) override
    {
        const torch::NoGradGuard no_grad;
        auto source = source_.begin();
        for (std::size_t i = 0; i < additions_.size(); ++i) {
            const LoraAdapter::Addition& addition = additions_[i];
            if (addition.place.layer != layer)
                continue;
            const torch::Tensor& gradient = gradients[*source++];
            if (!gradient.defined())
                continue;
            const auto g = rows_of(gradient).narrow(1, addition.column, addition.columns);
            const auto x = rows_of(passage_of(taps, addition.place.part).input);
            gradients_[2 * i] = torch::mm(x.t(), torch::mm(g, addition.b.t())).mul_(scale_);
            gradients_[2 * i + 1] = torch::mm(torch::mm(x, addition.a).t(), g).mul_(scale_);
        }
    }

    /// Of A and B in turn; undefined where there is no influence.
    std::vector<torch::Tensor>& gradients() { return gradients_; }

private:
    const std::vector<LoraAdapter::Addition>& additions_;
    double scale_;
    std::vector<torch::Tensor> gradients_;
    std::vector<std::size_t> source_; ///< of that block's additions, in what was wanted
};

} // namespace

LoraAdapter::LoraAdapter(
    Transformer& model, int rank, double alpha, const LoraTargets& targets, std::uint64_t seed)
    : model_(model)
    , scale_(alpha / rank)
{
    const torch::NoGradGuard no_grad;
    auto generator = at::detail::createCPUGenerator(seed);
    const auto options = model.weights().token_embedding.options().requires_grad(false);
    for (int layer = 0; layer < model.config().layers; ++layer)
        for (const LoraMatrix& matrix : lora_matrices(model.config(), targets)) {
            Addition addition{ { layer, matrix.part }, matrix.column, matrix.columns, {}, {}, {} };
            addition.frozen = model.weights()
                                  .at(layer, matrix.part)
                                  .narrow(1, matrix.column, matrix.columns)
                                  .clone();
            // Drawn on the CPU, so that every device starts alike.
            auto a = torch::empty({ matrix.rows, rank }, torch::kFloat64);
            a.normal_(0, 1 / std::sqrt(static_cast<double>(matrix.rows)), generator);
            addition.a = a.to(options.device(), model.dtype());
            addition.b = torch::zeros({ rank, matrix.columns }, options);
            additions_.push_back(std::move(addition));
        }
}

std::vector<torch::Tensor*> LoraAdapter::tensors()
{
    std::vector<torch::Tensor*> all;
    for (Addition& addition : additions_) {
        all.push_back(&addition.a);
        all.push_back(&addition.b);
    }
    return all;
}

std::vector<const torch::Tensor*> LoraAdapter::tensors() const
{
    std::vector<const torch::Tensor*> all;
    for (const Addition& addition : additions_) {
        all.push_back(&addition.a);
        all.push_back(&addition.b);
    }
    return all;
}

std::int64_t LoraAdapter::count() const
{
    std::int64_t entries = 0;
    for (const auto* tensor : tensors())
        entries += tensor->numel();
    return entries;
}

std::vector<torch::Tensor> LoraAdapter::gradients(
    const torch::Tensor& loss, const ForwardTaps& taps) const
{
    AdditionGradients taker(additions_, scale_);
    torch::autograd::variable_list outputs;
    const int layers = static_cast<int>(taps.layers.size());
    for (int layer = 0; layer < layers; ++layer)
        for (auto& output : taker.wanted(layer, taps.layers[static_cast<std::size_t>(layer)]))
            outputs.push_back(std::move(output));
    const auto found = torch::autograd::grad({ loss }, outputs, {}, /*retain_graph=*/false,
        /*create_graph=*/false, /*allow_unused=*/true);
    auto next = found.begin();
    for (int layer = 0; layer < layers; ++layer) {
        const LayerTaps& tap = taps.layers[static_cast<std::size_t>(layer)];
        const auto end = next + std::ssize(taker.wanted(layer, tap));
        taker.take(layer, tap, { next, end });
        next = end;
    }
    return std::move(taker.gradients());
}

std::vector<torch::Tensor> LoraAdapter::gradients(
    const torch::Tensor& loss, RecomputedPass& pass) const
{
    AdditionGradients taker(additions_, scale_);
    pass.backward(loss, taker);
    return std::move(taker.gradients());
}

void LoraAdapter::compose()
{
    const torch::NoGradGuard no_grad;
    for (const Addition& addition : additions_)
        model_.weights()
            .at(addition.place.layer, addition.place.part)
            .narrow(1, addition.column, addition.columns)
            .copy_(torch::addmm(addition.frozen, addition.a, addition.b, 1, scale_));
}

} // namespace circuitloom
