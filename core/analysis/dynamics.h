#pragma once

#include "core/analysis/circuit_weights.h"
#include "core/analysis/components.h"
#include "core/analysis/edge_courses.h"
#include "core/analysis/edge_lives.h"
#include "core/analysis/layer_flow.h"

#include <optional>
#include <vector>

namespace circuitloom {

/// What changed from one iteration's circuit to the next (circuit_diff.h explains the figures).
struct CircuitChange
{
    int edges_kept = 0;
    int edges_entered = 0;
    int edges_left = 0;
    int edges_turned = 0; ///< kept, with the other sign
    int nodes_kept = 0;
    int nodes_entered = 0;
    int nodes_left = 0;
    double turnover = 0; ///< entered / edges of the later circuit; 0 for an empty one
    double edge_jaccard = 0;
    double node_jaccard = 0;
    std::optional<double> rank_correlation;
    std::optional<double> strength_correlation;
    double distance = 0;
};

/// One iteration as part of its run (algorithm.md, section 7).
struct IterationDynamics
{
    int iteration = 0; ///< from 0
    int step = 0; ///< optimizer steps taken before it
    int edges = 0;
    int nodes = 0;
    std::optional<CircuitChange> change; ///< since the iteration before; empty for the first
    double final_share = 0; ///< how many of the last circuit's edges are in this one, 0…1
    double strength = 0; ///< Σ |s|, in units of the metric
    std::optional<double> entropy; ///< weight_entropy(), nats
    /// entropy / ln(edges), 0…1: 1 where all have the same strength. Empty below two edges.
    std::optional<double> evenness;
    EdgeLives::Newest lives;
    /// Between the run's ends: D₀ / (D₀ + D₁), where D₀ is the mean weighted distance to the run's
    /// first circuits and D₁ that to its last ones, itself left out. Near 0 at the start, 1/2 where
    /// it is as near to the one as to the other, near 1 at the end; 1/2 all along where circuits
    /// only fluctuate. Empty where an end has no other circuit, or both distances are 0.
    std::optional<double> position;
};

/// The circuits at the two ends of a run.
struct RunEnds
{
    std::vector<Circuit> first; ///< of iterations 0, 1, …
    std::vector<Circuit> last; ///< up to that of the last iteration
    int iterations = 0; ///< of the whole run
};

/// How far the circuits of a run's ends lie apart, against how far they differ among themselves
/// because each was found on another batch. Mean weighted distances of all pairs; a figure is empty
/// where there is no pair. The circuit moved where `between` is more than the other two.
struct EndDistances
{
    std::optional<double> within_first;
    std::optional<double> within_last;
    std::optional<double> between;
};
EndDistances end_distances(const RunEnds& ends);

/// How a circuit changes over a run whose circuits are given one at a time, in order. Takes time in
/// proportion to the rows of all circuits together, and memory to the edges that were ever in.
class CircuitDynamics
{
public:
    /// `window`: see EdgeLives; `parts`: see EdgeCourses. `graph` must outlive it. Every circuit's
    /// edges must be of `graph`.
    CircuitDynamics(const ComputationalGraph& graph, const RunEnds& ends, int window, int parts);

    IterationDynamics add(int step, const Circuit& circuit);

    const EdgeLives& lives() const { return lives_; }
    const EdgeCourses& courses() const { return courses_; }
    /// Of all circuits so far.
    const LayerFlow& flow() const { return flow_; }

private:
    /// The mean distance to `others`, the first of which is iteration `number`; the newest circuit
    /// itself left out.
    std::optional<double> distance_to(
        const std::vector<CircuitWeights>& others, int number, const CircuitWeights& newest) const;
    std::optional<double> position(const CircuitWeights& newest) const;

    const ComputationalGraph& graph_;
    Components components_;
    std::vector<CircuitWeights> first_;
    std::vector<CircuitWeights> last_;
    std::vector<EdgeId> final_; ///< the last circuit's edges, ascending
    int last_number_; ///< the iteration of last_.front()
    EdgeLives lives_;
    EdgeCourses courses_;
    LayerFlow flow_;
    Circuit previous_;
    int added_ = 0;
};

/// How many circuits make up an end of a run of so many: `window`, but at most half of them.
int circuits_of_an_end(int iterations, int window);

} // namespace circuitloom
