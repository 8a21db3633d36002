#pragma once

#include "core/graph/certainty.h"
#include "core/store/experiment_reader.h"

#include <optional>
#include <vector>

namespace circuitloom {

/// How sure one iteration's circuit is, and how much of its change is more than its batch.
struct CertaintyPoint
{
    int step = 0;
    IterationCertainty sure;
    CertaintyCounts counts; ///< of the circuit's edges; those that no resample has are noise too
    /// From the circuit of the iteration before: 1 − Jaccard of the edges; empty for the first, and
    /// where that one was not resampled.
    std::optional<double> distance;
    std::optional<double> distance_by_chance; ///< of random circuits of their sizes
    /// What two resamples of one iteration differ by, the mean of the two iterations'.
    std::optional<double> of_the_batch;

    /// The change beyond the batch (algorithm.md, section 10): near 0 or below where other examples
    /// explain it.
    std::optional<double> beyond() const
    {
        return distance ? std::optional(*distance - *of_the_batch) : std::nullopt;
    }
};

/// Of a run that resampled its scores.
struct RunCertainty
{
    RunSummary run;
    /// Scored on a probe: its iterations share their examples, so all change is the model's.
    bool on_probe = false;
    CertaintyBounds bounds;
    std::vector<CertaintyPoint> iterations; ///< those that were resampled
};

/// Throws InputError where there is no such run or it resampled nothing.
RunCertainty run_certainty(
    const ExperimentReader& reader, RunId run, const CertaintyBounds& bounds = {});

} // namespace circuitloom
