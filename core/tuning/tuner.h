#pragma once

#include "core/base/random.h"
#include "core/discovery/smoothing.h"
#include "core/evaluation/scored_batch.h"
#include "core/graph/circuit.h"
#include "core/model/transformer.h"
#include "core/run/run_config.h"
#include "core/tuning/masked_sgd.h"

#include <cstdint>
#include <optional>

namespace circuitloom {

/// What one discovery found.
struct Discovery
{
    Circuit circuit;
    std::int64_t tunable_count = 0; ///< entries the next steps may change
};

/// What one step saw, before its update.
struct StepOutcome
{
    double loss = 0; ///< nats per token
    double metric = 0; ///< logit difference
    double learning_rate = 0;
    std::optional<Discovery> discovery;
};

/// Circuit-tuning's inner loop (arXiv 2502.06106, algorithm 1; algorithm.md, section 5): one
/// forward pass serves the discovery, the loss and the update.
class Tuner
{
public:
    /// `model` and `graph` must outlive the tuner.
    Tuner(Transformer& model, const ComputationalGraph& graph, const RunConfig& config);

    /// Step `number` (from 1): scores the edges where due (every `discover_every` steps, from the
    /// first), chooses the circuit, and updates what the mask opens.
    StepOutcome step(const ScoredBatch& batch, int number);
    /// Scores the edges and chooses the circuit, without an update.
    StepOutcome discover(const ScoredBatch& batch);

    /// The weights that may have changed, the optimizer, the circuit in force, what is smoothed
    /// and the random numbers; between two steps.
    void save(TrainingState& state) const;
    /// Into a tuner just made for the same run. Throws ResourceError where the state does not fit.
    void restore(const TrainingState& state);

private:
    struct Pass;
    Pass forward(const ScoredBatch& batch, bool discovers) const;
    Discovery discover(const ScoredBatch& batch, const Pass& pass);
    void open(const Circuit& circuit);
    torch::Tensor edge_scores(const ScoredBatch& batch, const Pass& pass);
    void update(const Pass& pass, const torch::Tensor& loss, double learning_rate);

    Transformer& model_;
    const ComputationalGraph& graph_;
    RunConfig config_;
    MaskedSgd optimizer_;
    ParameterMask mask_;
    Circuit circuit_; ///< that mask_ follows from
    OpenedEntries opened_;
    ScoreSmoothing smoothing_;
    Random random_;
    std::optional<Transformer> untouched_; ///< what MetricKind::kl compares with
};

} // namespace circuitloom
