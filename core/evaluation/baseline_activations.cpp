#include "core/evaluation/baseline_activations.h"

#include "core/base/error.h"
#include "core/evaluation/sum_type.h"

namespace circuitloom {

namespace {

// `mask` is one number a row, of x's type.
torch::Tensor masked_sum(const torch::Tensor& x, const torch::Tensor& mask)
{
    const auto rows = x.detach().reshape({ -1, x.size(-1) });
    return torch::mv(rows.t(), mask);
}

void accumulate(torch::Tensor& sum, const torch::Tensor& part)
{
    const auto added = part.to(sum_type(part.scalar_type()));
    sum = sum.defined() ? sum + added : added;
}

} // namespace

void MeanAccumulator::add(const ForwardTaps& taps, const torch::Tensor& mask)
{
    const torch::NoGradGuard no_grad;
    sums_.heads.resize(taps.layers.size());
    sums_.mlps.resize(taps.layers.size());
    const auto counted = mask.reshape({ -1 }).to(taps.embedding.scalar_type());
    accumulate(sums_.embedding, masked_sum(taps.embedding, counted));
    for (std::size_t layer = 0; layer < taps.layers.size(); ++layer) {
        accumulate(sums_.heads[layer], masked_sum(taps.layers[layer].head_sources, counted));
        accumulate(sums_.mlps[layer], masked_sum(taps.layers[layer].mlp_sources, counted));
    }
    tokens_ = tokens_.defined() ? tokens_ + mask.sum() : mask.sum();
    type_ = taps.embedding.scalar_type();
}

void MeanAccumulator::share(const Ranks& ranks, const Transformer& model)
{
    const torch::NoGradGuard no_grad;
    if (!tokens_.defined()) {
        sums_ = zero_baseline(model);
        tokens_ = torch::zeros({}, torch::TensorOptions(model.device()).dtype(torch::kInt64));
    }
    type_ = model.dtype();
    // One vector of all, so that the processes speak once. Numbers of tokens are below 2^24.
    std::vector<torch::Tensor*> all{ &sums_.embedding };
    for (std::size_t layer = 0; layer < sums_.heads.size(); ++layer)
        all.insert(all.end(), { &sums_.heads[layer], &sums_.mlps[layer] });
    const auto type = sum_type(type_);
    std::vector<torch::Tensor> parts;
    for (const torch::Tensor* tensor : all)
        parts.push_back(tensor->to(type));
    parts.push_back(tokens_.reshape({ 1 }).to(type));
    const auto whole = ranks.sum(torch::cat(parts));
    std::int64_t first = 0;
    for (torch::Tensor* tensor : all) {
        *tensor = whole.narrow(0, first, tensor->numel());
        first += tensor->numel();
    }
    tokens_ = whole[first].to(torch::kInt64);
}

BaselineActivations MeanAccumulator::mean() const
{
    BaselineActivations means;
    const auto mean_of = [this](const torch::Tensor& sum) { return (sum / tokens_).to(type_); };
    means.embedding = mean_of(sums_.embedding);
    for (const auto& sum : sums_.heads)
        means.heads.push_back(mean_of(sum));
    for (const auto& sum : sums_.mlps)
        means.mlps.push_back(mean_of(sum));
    return means;
}

BaselineActivations zero_baseline(const Transformer& model)
{
    const ModelConfig& config = model.config();
    const auto zeros = [&model](std::int64_t width) {
        return torch::zeros(
            { width }, torch::TensorOptions().device(model.device()).dtype(model.dtype()));
    };
    BaselineActivations baseline;
    baseline.kind = Baseline::zero;
    baseline.embedding = zeros(config.d_model);
    for (int layer = 0; layer < config.layers; ++layer) {
        baseline.heads.push_back(zeros(std::int64_t{ config.heads } * config.head_dim));
        baseline.mlps.push_back(zeros(config.mlp_width));
    }
    return baseline;
}

BaselineActivations corrupted_baseline(const Transformer& model, const ScoredBatch& batch)
{
    if (!batch.corrupted_ids.defined())
        throw InputError("The baseline \"corrupted\" needs a corrupted prompt of as many tokens "
                         "for every example of the task; one has none. Choose the baseline mean.");
    const torch::NoGradGuard no_grad;
    ForwardTaps taps;
    model.hidden(batch.corrupted_ids, &taps);
    BaselineActivations baseline;
    baseline.kind = Baseline::corrupted;
    baseline.embedding = taps.embedding;
    for (const auto& layer : taps.layers) {
        baseline.heads.push_back(layer.head_sources);
        baseline.mlps.push_back(layer.mlp_sources);
    }
    return baseline;
}

} // namespace circuitloom
