#pragma once

#include "core/base/ids.h"

#include <vector>

namespace circuitloom {

/// One edge of a circuit. Positive score: keeping the edge raises the metric.
struct ScoredEdge
{
    EdgeId edge;
    float score = 0;
    bool operator==(const ScoredEdge&) const = default;
};

/// The edges chosen at one iteration, strongest |score| first, ties by edge number.
using Circuit = std::vector<ScoredEdge>;

} // namespace circuitloom
