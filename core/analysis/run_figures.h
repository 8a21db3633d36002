#pragma once

#include "core/store/records.h"

#include <optional>
#include <vector>

namespace circuitloom {

/// One measure of one suite when it was first and last evaluated.
struct BeforeAndAfter
{
    EvaluationRecord before;
    EvaluationRecord after;
};

/// Of evaluations in the order of their steps: each suite and measure, in the order in which they
/// were first evaluated.
std::vector<BeforeAndAfter> before_and_after(const std::vector<EvaluationRecord>& evaluations);

/// The share of a circuit's edges that the one before did not have, 0…1; 0 of an empty circuit.
double turnover(const IterationRecord& iteration);
std::vector<double> turnover(const std::vector<IterationRecord>& iterations);

/// The mean over a run's iterations, 0…1; empty where none of them knows it.
std::optional<double> mean_tunable_ratio(const std::vector<IterationRecord>& iterations);

} // namespace circuitloom
