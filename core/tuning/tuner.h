#pragma once

#include "core/base/random.h"
#include "core/discovery/edge_attribution.h"
#include "core/discovery/smoothing.h"
#include "core/evaluation/scored_batch.h"
#include "core/graph/circuit.h"
#include "core/model/transformer.h"
#include "core/run/run_config.h"
#include "core/tuning/lora.h"
#include "core/tuning/masked_optimizer.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

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
    double loss = 0; ///< of the objective without its penalty, nats per token
    double metric = 0; ///< of the discovery's kind
    double learning_rate = 0;
    std::optional<Discovery> discovery;
};

/// Circuit-tuning's inner loop (arXiv 2502.06106, algorithm 1; algorithm.md, section 5), and that
/// of every method it is compared with. Where a step is one batch, one forward pass serves the
/// discovery, the loss and the update. Where it is several, what they give together is what one
/// batch of all their examples would give; each pass holds one of them.
class Tuner
{
public:
    /// `model` and `graph` must outlive the tuner. Of `config`, `steps` is what the learning rate's
    /// schedule ends with.
    Tuner(Transformer& model, const ComputationalGraph& graph, const RunConfig& config);

    /// Step `number` (from 1) on all of `batches`: scores the edges where due (every
    /// `discover_every` steps, from the first; once for TuningMethod::fixed), chooses the circuit,
    /// and updates what the mask opens.
    StepOutcome step(std::span<const ScoredBatch> batches, int number);
    StepOutcome step(const ScoredBatch& batch, int number) { return step({ &batch, 1 }, number); }
    /// Scores the edges and chooses the circuit, without an update.
    StepOutcome discover(std::span<const ScoredBatch> batches);

    /// Of TuningMethod::lora; else null.
    const LoraAdapter* adapter() const { return lora_ ? &*lora_ : nullptr; }

    /// The weights that may have changed, the optimizer, the circuit in force, what is smoothed
    /// and the random numbers; between two steps.
    void save(TrainingState& state) const;
    /// Into a tuner just made for the same run. Throws ResourceError where the state does not fit.
    void restore(const TrainingState& state);

private:
    struct Pass;
    /// What a step's batches gave together.
    struct Sums
    {
        double loss = 0;
        double metric = 0;
        std::vector<torch::Tensor> gradients; ///< one per slice of the mask
    };

    bool due(int number) const;
    /// What the optimizer changes: the model's weights, or the adapter's.
    std::vector<torch::Tensor*> tuned();
    Circuit saved_circuit(const TrainingState& state) const;
    Pass forward(const ScoredBatch& batch, bool discovers) const;
    Discovery choose(const torch::Tensor& scores);
    void open(const Circuit& circuit);
    BaselineActivations baseline(const ScoredBatch& batch, const MeanAccumulator& means) const;
    void add_scores(EdgeScores& scores, const ScoredBatch& batch, const Pass& pass,
        const BaselineActivations& baseline, double weight) const;
    torch::Tensor edge_scores(const ScoredBatch& batch, const Pass& pass) const;
    /// Of several batches, and their metric.
    torch::Tensor edge_scores(std::span<const ScoredBatch> batches, double& metric) const;
    double metric_of(std::span<const ScoredBatch> batches) const;
    std::vector<torch::Tensor> gradients(const torch::Tensor& loss, const ForwardTaps& taps);
    Sums add_up(std::span<const ScoredBatch> batches, std::optional<double> metric);
    void update(std::vector<torch::Tensor> gradients, double learning_rate);

    Transformer& model_;
    const ComputationalGraph& graph_;
    RunConfig config_;
    std::unique_ptr<MaskedOptimizer> optimizer_;
    std::optional<LoraAdapter> lora_; ///< for TuningMethod::lora
    ParameterMask mask_; ///< of the model's tensors, or of the adapter's
    Circuit circuit_; ///< the one in force
    std::optional<OpenedEntries> opened_; ///< by mask_, so far
    ScoreSmoothing smoothing_;
    Random random_;
    int discoveries_ = 0;
    std::optional<Circuit> fixed_; ///< for TuningMethod::fixed, once it is found
    /// What random_ratio opens beside the circuit, once it is drawn.
    std::optional<std::vector<NodeId>> drawn_;
    std::optional<Transformer> untouched_; ///< what MetricKind::kl compares with
};

} // namespace circuitloom
