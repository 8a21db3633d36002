#pragma once

#include "core/analysis/components.h"
#include "core/graph/circuit.h"
#include "core/store/records.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace circuitloom {

/// The scores of some consecutive iterations of a run, row by row: a row is an edge, or a component
/// with the sum of the scores of all edges that end at it. Only what is in a circuit takes memory.
/// Never changes once it is made, so that threads may share it.
class ScoreBlock
{
public:
    /// Rows are edges; their numbers are EdgeId::value. `circuits` are those of the iterations from
    /// `first` on.
    static ScoreBlock of_edges(int first, const std::vector<Circuit>& circuits);
    /// Rows are components; their numbers are ComponentId::value.
    static ScoreBlock of_components(const ComputationalGraph& graph, const Components& components,
        int first, const std::vector<Circuit>& circuits);

    int first() const { return first_; }
    /// One beyond the last iteration.
    int end() const { return end_; }
    /// Of rows that are in any of the iterations, ascending.
    std::span<const std::int32_t> rows() const { return rows_; }
    /// The points of rows()[place], in the order of their iterations.
    std::span<const EdgeHistoryPoint> points(std::size_t place) const;
    /// Of the row of this number; none where it is in no circuit.
    std::span<const EdgeHistoryPoint> points_of(std::int32_t row) const;

private:
    struct Entry
    {
        std::int32_t row;
        EdgeHistoryPoint point;
    };
    ScoreBlock(int first, int end, std::vector<Entry> entries);

    int first_;
    int end_;
    std::vector<std::int32_t> rows_;
    std::vector<std::uint32_t> starts_; ///< of each row in points_, and the end
    std::vector<EdgeHistoryPoint> points_;
};

/// A run from its first iteration on: each block begins where the one before it ends.
using ScoreBlocks = std::vector<std::shared_ptr<const ScoreBlock>>;

/// How many iterations the blocks have.
int iterations_of(const ScoreBlocks& blocks);

/// The rows in the circuit of one iteration, with their scores, ascending by row. Empty beyond the
/// blocks' end.
struct RowScore
{
    std::int32_t row = 0;
    float score = 0;
    bool operator==(const RowScore&) const = default;
};
std::vector<RowScore> rows_at(const ScoreBlocks& blocks, int iteration);

} // namespace circuitloom
