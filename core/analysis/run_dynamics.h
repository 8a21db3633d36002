#pragma once

#include "core/analysis/circuit_diff.h"
#include "core/analysis/dynamics.h"
#include "core/analysis/edge_trends.h"
#include "core/analysis/movement.h"
#include "core/store/experiment_reader.h"

#include <functional>
#include <string>
#include <vector>

namespace circuitloom {

struct DynamicsOptions
{
    /// Circuits in the window of EdgeLives, at an end of the run, and under one point of the
    /// circuit's curve. At least 2.
    int window = 5;
    int parts = 6; ///< of the run, for EdgeCourses
    /// Called after each circuit with how many are done and how many there are; may be empty.
    std::function<void(int done, int total)> progress;
};

/// How one measure of one suite moved over a run.
struct CapabilityMovement
{
    std::string suite;
    std::string measure;
    int items = 0;
    std::optional<Movement> movement; ///< empty where it stayed the same
    /// Its halfway step less the circuit's: negative where it moved first.
    std::optional<double> lag;
    /// Of an accuracy: two standard errors of the difference between its first and its farthest
    /// value a and b on n items, 2 √(a(1−a)/n + b(1−b)/n). A smaller change may be chance.
    std::optional<double> noise;
};

/// Everything that algorithm.md, section 7, says of one run, but how far its parameters moved.
struct RunDynamics
{
    RunSummary run;
    int window = 0;
    std::vector<IterationDynamics> iterations;
    std::vector<EdgeLife> lives; ///< of every edge that was ever in, longest life first
    std::vector<int> part_starts; ///< iterations at which the courses' parts begin
    std::vector<EdgeCourse> courses; ///< of the same edges, the strongest first
    std::vector<EdgeTrend> trends; ///< of the same edges, the steepest first
    TrendCounts by_chance; ///< how many courses and trends there are in random orders
    LayerFlow first_flow; ///< of the circuits at the run's start
    LayerFlow flow; ///< of all
    LayerFlow last_flow; ///< of those at its end
    EndDistances ends;
    CircuitDiff first_to_last; ///< the first circuit against the last
    /// From the circuit of the opposite task before the first update to the first and to the last;
    /// empty where the run scored none.
    std::optional<CircuitDiff> reference_to_first;
    std::optional<CircuitDiff> reference_to_last;
    /// Where the circuit stood at the steps at which capabilities were evaluated (at every
    /// iteration's, where none were): the mean `position` of the `window` iterations around each
    /// (of an even number one more after it), fewer at the run's ends. So both curves have points
    /// at the same steps.
    std::vector<CurvePoint> positions;
    std::optional<Movement> circuit; ///< of `positions`
    std::vector<CapabilityMovement> capabilities; ///< in the order in which they were evaluated
};

/// Reads one circuit at a time. Of a run that is going on it takes what is there at the start.
/// Throws as ExperimentReader does, and InputError where the run has no iterations.
RunDynamics run_dynamics(const ExperimentReader& reader, RunId run, const DynamicsOptions& options);

} // namespace circuitloom
