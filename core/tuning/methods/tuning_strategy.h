#pragma once

#include "core/base/random.h"
#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"
#include "core/model/recomputed_pass.h"
#include "core/model/transformer.h"
#include "core/run/run_config.h"
#include "core/tuning/lora.h"
#include "core/tuning/parameter_mask.h"
#include "core/tuning/training_state.h"

#include <torch/types.h>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace circuitloom {

/// Decides what a method of tuning opens for its steps, and which circuit a discovery gives. Each
/// method is a file of this folder; its row in tuning_methods says what it is called. The Tuner
/// asks it and knows no method by name.
class TuningStrategy
{
public:
    /// `model` and `graph` must outlive the strategy, which sets what in the model asks for
    /// gradients.
    TuningStrategy(Transformer& model, const ComputationalGraph& graph, const RunConfig& config);
    virtual ~TuningStrategy() = default;
    TuningStrategy(const TuningStrategy&) = delete;
    TuningStrategy& operator=(const TuningStrategy&) = delete;

    /// Whether step `number`, from 1, begins with a discovery: every `discover_every` steps, from
    /// the first.
    virtual bool discovers_at(int number) const;
    /// The circuit that a discovery gives: `ranking` is what orders the edges, one number per edge;
    /// the scores in the result mean nothing.
    virtual Circuit choose(
        std::span<const float> ranking, const SelectionOptions& selection, Random& random);
    /// Whether choose() goes by the ranking alone, so that other scores of the same discovery say
    /// how sure its circuit is.
    virtual bool chooses_by_ranking() const { return true; }
    /// Whether choose() gives what select_edges() does, which can then be found on the device and
    /// without a ranking of all edges on the host.
    virtual bool takes_selected() const { return true; }
    /// Called with each discovery's circuit, and with the one in force when a run goes on.
    virtual void open(const Circuit& circuit, Random& random);

    /// How gradients of the loss say what opens, beside the circuit: those over a calibration set,
    /// once, or those of each step with a discovery. In both cases open_candidates() makes mask() all that may be chosen, and choose_entries() is then
    /// given the gradients of its slices, which may be undefined, and makes mask() what it chose of
    /// them. What it leaves in `gradients` is of the new mask where the step chose, else of no use.
    /// Whether the gradients over a calibration set have yet to say it, before the next step.
    virtual bool needs_calibration() const { return false; }
    /// Whether those of each step that begins with a discovery say it.
    virtual bool chooses_by_step() const { return false; }
    /// Whether it is given, in place of the gradients' sum, the sum of each example's squared ones.
    virtual bool squares_gradients() const { return false; }
    virtual void open_candidates() { }
    virtual void choose_entries(std::vector<torch::Tensor>&) { }

    /// The tensors that the optimizer changes, always the same; the mask's slices point into them.
    virtual std::vector<torch::Tensor*> tensors();
    /// The entries of tensors() that may change now.
    const ParameterMask& mask() const { return mask_; }
    /// How many entries mask() opens.
    virtual std::int64_t tunable_count() const;
    virtual double learning_rate() const { return config_.learning_rate; }

    /// Whether gradients() works from the taps of the pass, whose embedding then must ask for a
    /// gradient.
    virtual bool needs_taps() const { return true; }
    /// ∂loss/∂ of each slice of the mask; frees the autograd graph of `loss`. `taps` are those of
    /// the pass that gave it.
    virtual std::vector<torch::Tensor> gradients(
        const torch::Tensor& loss, const ForwardTaps& taps);
    /// The same, in that order, of a pass that computes its blocks anew, which needs no taps, and
    /// which must reach down to lowest_trained().
    virtual std::vector<torch::Tensor> gradients(const torch::Tensor& loss, RecomputedPass& pass);
    virtual int lowest_trained() const;
    /// Called after each change of tensors(), so that the model follows.
    virtual void tensors_changed() { }

    /// Both concern what the strategy holds beside the tensors and the mask. restore() is given a
    /// state of the same method, and the circuit in force then; open() follows. Throws
    /// ResourceError where it does not fit.
    virtual void save(TrainingState&) const { }
    virtual void restore(const TrainingState&, const Circuit&) { }

    /// The additions to the model, where the method trains such; else null.
    virtual const LoraAdapter* adapter() const { return nullptr; }

protected:
    Transformer& model_;
    const ComputationalGraph& graph_;
    const RunConfig config_;
    ParameterMask mask_;
};

/// The strategy of `config.method`. Throws InputError where there is none.
std::unique_ptr<TuningStrategy> make_strategy(
    Transformer& model, const ComputationalGraph& graph, const RunConfig& config);

// The methods there are, for make_strategy().
using MakeStrategy = std::unique_ptr<TuningStrategy>(
    Transformer& model, const ComputationalGraph& graph, const RunConfig& config);
MakeStrategy make_circuit_strategy;
MakeStrategy make_full_strategy;
MakeStrategy make_lora_strategy;
MakeStrategy make_fixed_strategy;
MakeStrategy make_random_strategy;
MakeStrategy make_entries_strategy; ///< of every method of TunedPart::entries
MakeStrategy make_bitfit_strategy;

} // namespace circuitloom
