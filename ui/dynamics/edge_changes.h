#pragma once

#include "core/store/records.h"
#include "core/store/stored_certainty.h"

#include <optional>
#include <vector>

namespace circuitloom::ui {

/// How many edges entered and left.
struct EdgeChange
{
    int iteration = 0;
    int entered = 0;
    int left = 0;
    double turnover = 0; ///< entered / edges, 0…1
    int edges_before = 0; ///< of the circuit before
    bool operator==(const EdgeChange&) const = default;
};
/// Of each iteration but the first, which has nothing to differ from.
std::vector<EdgeChange> edge_changes(const std::vector<IterationRecord>& records);
/// What of an iteration's turnover the batches alone would give: two circuits of N edges whose Jaccard
/// index is J share 2 J N / (1 + J) edges, so (1 − J) / (1 + J), with J the mean stability of the
/// iteration and of the one before. Approximate: circuits may differ in size, and resamples of a
/// batch in more than two batches do. Empty where one of the two was not resampled.
std::optional<double> batch_turnover(
    const std::vector<IterationCertainty>& certainties, int iteration);

} // namespace circuitloom::ui
