#pragma once

#include "core/analysis/score_rows.h"

namespace circuitloom {

/// At most so many rows are clustered: time and memory go with the square of their number.
inline constexpr std::size_t most_clustered_rows = 600;

/// The rows so that those whose scores go together over the run stand together. A row is its mean
/// score in up to 96 equal parts of the run, 0 where it is out; two rows are 1 − r apart, with
/// Pearson's r over these parts (0 where a row is flat). Clusters are joined by average linkage
/// (Sokal and Michener 1958), nearest first, and stand in the order of the joins; of two that are
/// joined, that which entered first stands first.
///
/// Of more than most_clustered_rows those with the greatest peaks are clustered, and the others
/// follow by their first entry.
std::vector<ScoreRow> clustered_rows(const std::vector<ScoreRow>& rows, const ScoreBlocks& blocks);

} // namespace circuitloom
