#pragma once

#include "core/base/random.h"
#include "core/discovery/block_scores.h"
#include "core/distributed/ranks.h"
#include "core/evaluation/scored_batch.h"
#include "core/graph/certainty.h"
#include "core/graph/circuit.h"
#include "core/model/transformer.h"
#include "core/run/run_config.h"
#include "core/tuning/batch_share.h"
#include "core/tuning/circuit_chooser.h"
#include "core/tuning/lora.h"
#include "core/tuning/masked_optimizer.h"
#include "core/tuning/methods/tuning_strategy.h"
#include "core/tuning/step_passes.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace circuitloom {

/// Whether a saved state has what the optimizer remembers, without which no step can follow.
enum class OptimizerState
{
    kept,
    left_out
};

/// A tensor of an untouched model, by its index in Weights::all(), on the CPU. Undefined where it
/// can no longer be read.
using UntouchedTensor = std::function<torch::Tensor(std::size_t index)>;

/// The result of one discovery.
struct Discovery
{
    Circuit circuit;
    std::int64_t tunable_count = 0; ///< entries the next steps may change
    /// Of the circuit's edges, in its order; where the run resamples and the circuit was chosen by
    /// the scores.
    std::optional<ScoreCertainty> certainty;
};

/// The figures of one step, taken before its update.
struct StepOutcome
{
    double loss = 0; ///< of the objective without its penalty, nats per token
    double metric = 0; ///< of the discovery's kind
    double learning_rate = 0;
    std::optional<Discovery> discovery;
};

/// Circuit-tuning's inner loop (arXiv 2502.06106, algorithm 1; algorithm.md, section 5), and that
/// of every method it is compared with: which one is up to its TuningStrategy. Where a step is one
/// batch, one forward pass serves the discovery, the loss and the update. Where it is several, what
/// they give together is what one batch of all their examples would give; each pass holds one of
/// them. Where the run computes blocks anew in the backward pass, discovery and update have passes
/// of their own (core/model/recomputed_pass.h).
///
/// Where several processes tune the model together, each passes its share of every batch. Scores,
/// gradients and figures are those of all, the same bits in each process, so circuits and weights
/// stay the same in all of them. All call step() and discover() in the same order.
class Tuner
{
public:
    /// `model` and `graph` must outlive the tuner. The learning rate's schedule ends with
    /// `config.steps`. Edges are scored on `probe` where it has examples (see probe_batches()),
    /// else on those of the step. `ranks` must outlive the tuner too. Throws InputError where the
    /// configuration names a method that a run cannot have.
    Tuner(Transformer& model, const ComputationalGraph& graph, const RunConfig& config,
        BatchShare probe = {}, const Ranks& ranks = Ranks::none());
    Tuner(const Tuner&) = delete;
    Tuner& operator=(const Tuner&) = delete;

    /// Step `number` (from 1) on all of `batches`: scores the edges where the strategy says so,
    /// chooses the circuit, and updates what the strategy opens. Where it throws and is_whole()
    /// stays true, nothing has changed: the step can be taken again.
    StepOutcome step(const BatchShare& batches, int number);
    StepOutcome step(std::span<const ScoredBatch> batches, int number)
    {
        return step(BatchShare(batches), number);
    }
    StepOutcome step(const ScoredBatch& batch, int number)
    {
        return step(std::span(&batch, 1), number);
    }
    /// Scores the edges and chooses the circuit, without an update. Loss and metric are those of
    /// `batches`. Where it throws, nothing has changed.
    StepOutcome discover(const BatchShare& batches);
    StepOutcome discover(std::span<const ScoredBatch> batches)
    {
        return discover(BatchShare(batches));
    }

    /// The same probe, divided into other batches.
    void set_probe(BatchShare probe) { probe_ = std::move(probe); }
    /// What decides before the first step which entries train, where the method wants that (see
    /// calibration_batches()); else the first step's own batches do.
    void set_calibration(BatchShare calibration) { calibration_ = std::move(calibration); }

    /// Whether the weights are those of a step that was finished; false after an update that
    /// failed.
    bool is_whole() const { return whole_; }
    /// Throws Error where the weights of the processes are not the same bits, which makes this
    /// one's no longer whole.
    void require_equal_weights();

    /// The additions to the model, for TuningMethod::lora; else null.
    const LoraAdapter* adapter() const { return strategy_->adapter(); }

    /// Between two steps: the weights that may have changed, what the optimizer remembers unless
    /// that is left out, the circuit in force, the smoothed scores, what the strategy holds and the
    /// random numbers. With `untouched`, which gives tensors of the model as the run began with it,
    /// weights are saved as their difference to these, bit by bit.
    void save(TrainingState& state, OptimizerState optimizer = OptimizerState::kept,
        const UntouchedTensor& untouched = {}) const;
    /// Call it on a tuner just made for the same run, with the model as the run began with it.
    /// Throws ResourceError where the state does not fit.
    void restore(const TrainingState& state);

private:
    /// What a step's batches give, added up on the model's device.
    struct Sums
    {
        torch::Tensor figures; ///< as StepPasses has them
        std::vector<torch::Tensor> gradients; ///< one per slice of the mask
    };

    /// Puts figures, on the CPU, into the outcome of step `number`, or of a discovery on its own
    /// with 0. Throws Error where the loss is not finite.
    static void take_figures(const torch::Tensor& on_cpu, int number, StepOutcome& outcome);
    static void read_figures(const torch::Tensor& figures, int number, StepOutcome& outcome);
    const BatchShare& scored_instead_of(const BatchShare& batches) const;
    /// Takes a discovery on `batches` into the outcome of step `number`, whose figures those of the
    /// batches become: what it returns.
    torch::Tensor discover_on(const BatchShare& batches, int number, StepOutcome& outcome);
    /// Chooses by the scores of every edge and opens what the circuit allows.
    void choose(const torch::Tensor& scores, const BlockScores& blocks,
        const torch::Tensor& figures, int number, StepOutcome& outcome);
    void open(const Circuit& circuit);
    enum class Added
    {
        gradients,
        squares ///< of each pass's gradients
    };
    /// `seen` has the batches' figures, if they are known.
    Sums add_up(const BatchShare& batches, const torch::Tensor& seen, Added added);
    /// Lets the gradients over the calibration set, or over `batches` where there is none, choose
    /// the entries that train, where the strategy waits for that.
    void calibrate(const BatchShare& batches);
    /// Lets the gradients of a step choose them; those of what is chosen stay.
    void choose_entries(Sums& sums, StepOutcome& outcome);
    /// What `take()` gives; where it throws, what it decided is undone.
    template <class Take>
    StepOutcome all_or_nothing(const Take& take);
    StepOutcome take_step(const BatchShare& batches, int number);
    StepOutcome take_discovery(const BatchShare& batches);
    StepOutcome step_on_one(const BatchShare& batches, int number);
    StepOutcome step_on_several(const BatchShare& batches, int number);
    /// Reads the step's figures where a discovery has not done so, then changes the weights.
    void update(Sums sums, int number, bool figures_are_read, StepOutcome& outcome);
    /// The tensor with this index of the strategy's; where its block is spread, zeros but for the
    /// entries that were ever opened.
    torch::Tensor known_weights(std::size_t index) const;
    /// What a step may change before its update: the circuit and what decides it.
    void save_decisions(TrainingState& state) const;
    void restore_decisions(const TrainingState& state);
    Circuit saved_circuit(const TrainingState& state) const;

    Transformer& model_;
    const ComputationalGraph& graph_;
    RunConfig config_;
    BatchShare probe_; ///< without examples: each step's own batches are scored
    BatchShare calibration_;
    const Ranks& ranks_;
    std::unique_ptr<TuningStrategy> strategy_;
    StepPasses passes_;
    CircuitChooser chooser_;
    std::unique_ptr<MaskedOptimizer> optimizer_;
    OpenedEntries opened_; ///< by the strategy's masks, so far
    Circuit circuit_; ///< the one in force
    Random random_;
    bool whole_ = true;
};

} // namespace circuitloom
