#pragma once

#include "core/base/ids.h"
#include "core/graph/certainty.h"

#include <cstdint>
#include <vector>

namespace circuitloom {

/// How sure the circuit of one iteration is, without its edges.
struct IterationCertainty
{
    IterationIndex iteration;
    int resamples = 0;
    std::int64_t examples = 0; ///< that the edges were scored on
    std::int64_t blocks = 0; ///< drawn in each resample; `examples` where each is its own
    CircuitStability stability;
    bool operator==(const IterationCertainty&) const = default;
};

/// How sure one edge of a stored circuit is.
struct CertainEdge
{
    EdgeId edge;
    EdgeCertainty certainty;
    bool operator==(const CertainEdge&) const = default;
};

/// Those of one circuit, by edge number.
using CertainEdges = std::vector<CertainEdge>;

/// Null where `edges` lacks it.
const EdgeCertainty* find_certainty(const CertainEdges& edges, EdgeId edge);

} // namespace circuitloom
