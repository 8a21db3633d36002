#pragma once

#include "core/base/random.h"
#include "core/discovery/block_scores.h"
#include "core/discovery/device_selection.h"
#include "core/discovery/smoothing.h"
#include "core/graph/certainty.h"
#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"
#include "core/run/run_config.h"
#include "core/tuning/methods/tuning_strategy.h"
#include "core/tuning/training_state.h"

#include <torch/types.h>

#include <optional>
#include <span>

namespace circuitloom {

/// From the scores of a run's discoveries to their circuits: N of each discovery, the smoothing
/// over all of them, the strategy's choice, and how sure it is.
class CircuitChooser
{
public:
    /// All must outlive the object.
    CircuitChooser(
        const ComputationalGraph& graph, const RunConfig& config, TuningStrategy& strategy);

    /// Whether circuits are said how sure they are, for which choose() needs the scores of blocks.
    bool resamples() const;

    /// What choose() takes, on the CPU.
    struct ReadScores
    {
        torch::Tensor figures;
        torch::Tensor scores; ///< float32, [edge]; undefined where the device has chosen
        std::optional<StrongestEdges> strongest; ///< what it chose then
    };
    /// Brings the scores, [edge], from their device, and in the same copy `figures`.
    ReadScores read(const torch::Tensor& scores, const torch::Tensor& figures) const;

    struct Choice
    {
        Circuit circuit; ///< each edge with its score, strongest |score| first
        /// Of the circuit's edges, in its order; where the run resamples and the circuit was chosen
        /// by the scores.
        std::optional<ScoreCertainty> certainty;
    };
    /// The circuit of one discovery more. `certain` says whether its certainty is wanted too.
    /// Throws Error where a score is not finite.
    Choice choose(const ReadScores& read, const BlockScores& blocks, bool certain, Random& random);

    /// How many circuits were chosen.
    int discoveries() const { return discoveries_; }

    /// What has been chosen so far, as far as the next choice depends on it. restore() throws
    /// ResourceError where the state does not fit.
    void save(TrainingState& state) const;
    void restore(const TrainingState& state);

private:
    /// Of the next discovery.
    SelectionOptions selection() const;
    Choice choose_by(
        std::span<const float> scores, const BlockScores& blocks, bool certain, Random& random);
    ScoreCertainty certainty_of(const Circuit& circuit, const BlockScores& blocks,
        const SelectionOptions& selection, const ScoreSmoothing& before) const;

    const ComputationalGraph& graph_;
    const RunConfig& config_;
    TuningStrategy& strategy_;
    ScoreSmoothing smoothing_;
    int discoveries_ = 0;
};

} // namespace circuitloom
