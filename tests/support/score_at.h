#pragma once

#include "core/analysis/score_blocks.h"

#include <cstdint>
#include <optional>

namespace circuitloom::testing {

/// The row's score at an iteration; empty where its circuit lacks the row.
inline std::optional<float> score_at(const ScoreBlocks& blocks, std::int32_t row, int iteration)
{
    for (const auto& block : blocks)
        for (const EdgeHistoryPoint& point : block->points_of(row))
            if (point.iteration.value == iteration)
                return point.score;
    return std::nullopt;
}

} // namespace circuitloom::testing
