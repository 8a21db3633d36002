#pragma once

#include "core/analysis/score_blocks.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace circuitloom {

/// How alike the circuits of some iterations are, each with each.
struct JaccardMatrix
{
    std::vector<int> iterations; ///< rising
    std::vector<int> sizes; ///< edges of each one's circuit
    std::vector<float> values; ///< [iterations × iterations]; 0 to 1, see SetDiff::jaccard()
    /// The same of random circuits of as many edges; see jaccard_by_chance().
    std::vector<float> chance;

    double at(std::size_t row, std::size_t column) const
    {
        return static_cast<double>(values[row * iterations.size() + column]);
    }
    double chance_at(std::size_t row, std::size_t column) const
    {
        return static_cast<double>(chance[row * iterations.size() + column]);
    }
};

/// Of at most `most` iterations, evenly spread from the first to the last. `blocks` has edges as
/// rows; `graph_edges` is how many edges the graph has.
JaccardMatrix jaccard_matrix(const ScoreBlocks& blocks, int most, std::int64_t graph_edges);

} // namespace circuitloom
