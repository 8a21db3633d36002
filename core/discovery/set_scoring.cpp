#include "core/discovery/set_scoring.h"

#include "core/discovery/methods/scoring_method.h"

namespace circuitloom {

namespace {

BaselineActivations shared(MeanAccumulator& means, const BatchedSet& set, const Transformer& model)
{
    if (!set.ranks.alone())
        means.share(set.ranks, model);
    return means.mean();
}

BaselineActivations means_of_all(const BatchedSet& set, const Transformer& model)
{
    const torch::NoGradGuard no_grad;
    MeanAccumulator means;
    for (std::size_t i = 0; i < set.batches; ++i) {
        const CleanPass pass = set.pass(i, /*gradients=*/false);
        means.add(pass.taps, pass.batch.mask);
    }
    return shared(means, set, model);
}

} // namespace

torch::Tensor score_set(const Transformer& model, const ComputationalGraph& graph,
    const GradientMethod& method, const DiscoveryOptions& options, const BatchedSet& set,
    std::int64_t memory_bytes, BlockScores* blocks, std::int64_t block_bytes)
{
    const bool at_clean_input = method.at_clean_input();
    const bool by_means = options.baseline == Baseline::mean;
    EdgeScores scores(model, graph, memory_bytes);
    MeanAccumulator means;
    BaselineActivations baseline;
    if (options.baseline == Baseline::zero)
        baseline = zero_baseline(model);
    const bool more_than_one = set.batches > 1 || !set.ranks.alone();
    const bool means_first = by_means && !at_clean_input && more_than_one;
    if (means_first)
        baseline = means_of_all(set, model);
    const bool rebases = by_means && !means_first && more_than_one;
    if (blocks)
        scores.keep_blocks(set.examples, rebases, block_bytes);
    std::int64_t first = 0;
    for (std::size_t i = 0; i < set.batches; ++i) {
        const CleanPass pass = set.pass(i, at_clean_input);
        scores.next_batch(pass.batch, set.first ? set.first(i) : first);
        first += pass.batch.examples;
        if (by_means && !means_first) {
            means.add(pass.taps, pass.batch.mask);
            if (i == 0)
                baseline = means.mean();
        }
        if (options.baseline == Baseline::corrupted)
            baseline = corrupted_baseline(model, pass.batch);
        method.add(scores, { model, graph, options, pass, baseline },
            static_cast<double>(pass.batch.examples) / static_cast<double>(set.examples));
        if (set.scored)
            set.scored(pass);
    }
    if (rebases) {
        const BaselineActivations of_all = shared(means, set, model);
        if (set.batches > 0) // else there is nothing to move
            scores.rebase(baseline, of_all);
    }
    if (blocks) {
        *blocks = scores.block_scores();
        blocks->parts = set.ranks.sum(blocks->parts);
    }
    return set.ranks.sum(scores.scores());
}

} // namespace circuitloom
