#include "core/evaluation/ablation_batches.h"

#include "core/base/error.h"

#include <algorithm>

namespace circuitloom {

namespace {

// What the positions add to the embedding, [batch, position, d_model].
torch::Tensor position_part(const Transformer& model, const torch::Tensor& ids)
{
    return model.embed(ids)
        - model.weights()
              .token_embedding.index_select(0, ids.flatten())
              .view({ ids.size(0), ids.size(1), -1 });
}

} // namespace

AblationBatches::AblationBatches(const Transformer& model, std::span<const EncodedExample> examples,
    Baseline baseline, ScoredPositions positions, int batch_size, InputNode input,
    const Progress& progress)
    : model_(model)
    , kind_(baseline)
    , positions_(positions)
    , token_alone_(input == InputNode::token && baseline != Baseline::corrupted
          && model.weights().position_embedding.defined())
    , examples_(examples.size())
{
    if (examples.empty())
        throw InputError("There is no example to ablate edges on.");
    if (kind_ == Baseline::corrupted)
        for (std::size_t i = 0; i < examples.size(); ++i)
            if (examples[i].corrupted.size() != examples[i].ids.size())
                throw InputError(
                    "The corrupted baseline needs a corrupted prompt of as many tokens "
                    "for every example of the task; example "
                    + std::to_string(i + 1) + " has none.");
    const auto size = static_cast<std::size_t>(std::max(batch_size, 1));
    for (std::size_t i = 0; i < examples.size(); ++i) {
        if (i % size == 0)
            parts_.emplace_back();
        parts_.back().push_back(&examples[i]);
    }
    if (kind_ == Baseline::zero)
        shared_ = zero_baseline(model);
    if (kind_ != Baseline::mean)
        return;
    const torch::NoGradGuard no_grad;
    MeanAccumulator means;
    for (std::int64_t done = 0; const auto& part : parts_) {
        if (progress)
            progress(done++, std::ssize(parts_));
        const ScoredBatch batch = make_batch(part, model.device(), model.dtype());
        ForwardTaps taps;
        model.hidden(batch.ids, &taps);
        if (token_alone_)
            taps.embedding = taps.embedding - position_part(model, batch.ids);
        means.add(taps, batch.mask);
    }
    shared_ = means.mean();
}

AblationBatch AblationBatches::at(std::size_t batch) const
{
    AblationBatch result;
    result.scored = make_batch(parts_[batch], model_.device(), model_.dtype());
    result.where = result.scored.mask;
    if (positions_ == ScoredPositions::target)
        result.where = torch::zeros_like(result.scored.mask)
                           .flatten()
                           .index_fill(0, result.scored.row, true)
                           .view_as(result.scored.mask);
    result.baseline
        = kind_ == Baseline::corrupted ? corrupted_baseline(model_, result.scored) : shared_;
    if (token_alone_)
        result.baseline.embedding
            = result.baseline.embedding + position_part(model_, result.scored.ids);
    return result;
}

} // namespace circuitloom
