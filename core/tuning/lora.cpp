#include "core/tuning/lora.h"

#include "core/tuning/passage.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/autograd.h>

#include <cmath>

namespace circuitloom {

namespace {

/// Columns of one tensor that are a matrix of their own.
struct Matrix
{
    LayerPart part;
    std::int64_t rows;
    std::int64_t column;
    std::int64_t columns;
};

std::vector<Matrix> matrices_of(const ModelConfig& config, const LoraTargets& targets)
{
    using enum LayerPart;
    const std::int64_t width = config.d_model;
    const std::int64_t queries = config.heads * config.head_dim;
    const std::int64_t keys = config.kv_heads * config.head_dim;
    const std::int64_t hidden = config.mlp_width;
    std::vector<Matrix> matrices;
    if (targets.query)
        matrices.push_back({ qkv_weight, width, 0, queries });
    if (targets.key)
        matrices.push_back({ qkv_weight, width, queries, keys });
    if (targets.value)
        matrices.push_back({ qkv_weight, width, queries + keys, keys });
    if (targets.output)
        matrices.push_back({ output_weight, queries, 0, width });
    if (targets.mlp) {
        matrices.push_back({ mlp_in_weight, width, 0, hidden });
        if (config.gated_mlp)
            matrices.push_back({ mlp_in_weight, width, hidden, hidden });
        matrices.push_back({ mlp_out_weight, hidden, 0, width });
    }
    return matrices;
}

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
        for (const Matrix& matrix : matrices_of(model.config(), targets)) {
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

std::int64_t LoraAdapter::entries_per_rank(const ModelConfig& config, const LoraTargets& targets)
{
    std::int64_t entries = 0;
    for (const Matrix& matrix : matrices_of(config, targets))
        entries += matrix.rows + matrix.columns;
    return entries * config.layers;
}

std::vector<torch::Tensor> LoraAdapter::gradients(
    const torch::Tensor& loss, const ForwardTaps& taps) const
{
    torch::autograd::variable_list outputs;
    std::vector<Passage> passages; // of each addition
    std::vector<std::size_t> source; // of each addition, in `outputs`
    for (const Addition& addition : additions_) {
        const auto& layer = taps.layers[static_cast<std::size_t>(addition.place.layer)];
        passages.push_back(passage_of(layer, addition.place.part));
        const auto& output = passages.back().output;
        // Matrices that share an output are neighbours.
        if (outputs.empty() || !outputs.back().is_same(output))
            outputs.push_back(output);
        source.push_back(outputs.size() - 1);
    }
    const auto found = torch::autograd::grad({ loss }, outputs, {}, /*retain_graph=*/false,
        /*create_graph=*/false, /*allow_unused=*/true);

    const torch::NoGradGuard no_grad;
    std::vector<torch::Tensor> gradients(2 * additions_.size());
    for (std::size_t i = 0; i < additions_.size(); ++i) {
        if (!found[source[i]].defined())
            continue;
        const Addition& addition = additions_[i];
        const auto g = rows_of(found[source[i]]).narrow(1, addition.column, addition.columns);
        const auto x = rows_of(passages[i].input);
        gradients[2 * i] = torch::mm(x.t(), torch::mm(g, addition.b.t())).mul_(scale_);
        gradients[2 * i + 1] = torch::mm(torch::mm(x, addition.a).t(), g).mul_(scale_);
    }
    return gradients;
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
