#pragma once

#include "core/analysis/score_blocks.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace circuitloom {

/// What became of one row over all iterations of some blocks.
struct ScoreRow
{
    std::int32_t row = 0;
    int first = 0; ///< the first iteration that has it
    int last = 0; ///< the last one
    int present = 0; ///< in how many iterations it is
    int peak = 0; ///< the first iteration at which |score| is greatest
    float peak_score = 0; ///< the score there
    float final_score = 0; ///< at the last iteration; 0 where that lacks the row
    bool operator==(const ScoreRow&) const = default;
};

/// Of every row that is in any iteration, ascending by row.
std::vector<ScoreRow> score_rows(const ScoreBlocks& blocks);

/// In which order rows stand. Ties stand as the rows' numbers do.
enum class ScoreRowOrder
{
    first_entry, ///< the earliest first
    peak, ///< by the iteration of the greatest |score|, the earliest first
    final_score, ///< the highest at the last iteration first, those that are out in the middle
    layer, ///< as the graph numbers edges and components: by the writing end, then the reading one
    clustered ///< rows that go together stand together; see row_clusters.h
};

/// Sorts what score_rows() gave of the same blocks.
void order_rows(std::vector<ScoreRow>& rows, ScoreRowOrder order, const ScoreBlocks& blocks);

} // namespace circuitloom
