#include "core/discovery/set_scoring.h"

#include "core/discovery/methods/scoring_method.h"

namespace circuitloom {

namespace {

BaselineActivations means_of_all(const BatchedSet& set)
{
    const torch::NoGradGuard no_grad;
    MeanAccumulator means;
    for (std::size_t i = 0; i < set.batches; ++i) {
        const CleanPass pass = set.pass(i, /*gradients=*/false);
        means.add(pass.taps, pass.batch.mask);
    }
    return means.mean();
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
    const bool means_first = by_means && !at_clean_input && set.batches > 1;
    if (means_first)
        baseline = means_of_all(set);
    const bool rebases = by_means && !means_first && set.batches > 1;
    if (blocks)
        scores.keep_blocks(set.examples, rebases, block_bytes);
    for (std::size_t i = 0; i < set.batches; ++i) {
        const CleanPass pass = set.pass(i, at_clean_input);
        scores.next_batch(pass.batch);
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
    if (rebases)
        scores.rebase(baseline, means.mean());
    if (blocks)
        *blocks = scores.block_scores();
    return scores.scores();
}

} // namespace circuitloom
