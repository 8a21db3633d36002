#include "core/analysis/score_blocks.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace circuitloom {

ScoreBlock::ScoreBlock(int first, int end, std::vector<Entry> entries)
    : first_(first)
    , end_(end)
{
    // Entries come iteration by iteration: a stable sort leaves them so within a row.
    std::ranges::stable_sort(entries, {}, &Entry::row);
    points_.reserve(entries.size());
    for (const Entry& entry : entries) {
        if (rows_.empty() || rows_.back() != entry.row) {
            rows_.push_back(entry.row);
            starts_.push_back(static_cast<std::uint32_t>(points_.size()));
        }
        points_.push_back(entry.point);
    }
    starts_.push_back(static_cast<std::uint32_t>(points_.size()));
}

ScoreBlock ScoreBlock::of_edges(int first, const std::vector<Circuit>& circuits)
{
    std::vector<Entry> entries;
    int iteration = first;
    for (const Circuit& circuit : circuits) {
        for (const ScoredEdge& scored : circuit)
            entries.push_back({ scored.edge.value, { { iteration }, scored.score } });
        ++iteration;
    }
    return { first, iteration, std::move(entries) };
}

ScoreBlock ScoreBlock::of_components(const ComputationalGraph& graph, const Components& components,
    int first, const std::vector<Circuit>& circuits)
{
    std::vector<Entry> entries;
    int iteration = first;
    for (const Circuit& circuit : circuits) {
        std::unordered_map<ComponentId, double> sums;
        for (const ScoredEdge& scored : circuit) {
            const Edge& edge = graph.edge(scored.edge);
            for (const NodeId end : { edge.source, edge.target })
                sums[components.of(end)] += static_cast<double>(scored.score);
        }
        for (const auto& [component, sum] : sums)
            entries.push_back({ component.value, { { iteration }, static_cast<float>(sum) } });
        ++iteration;
    }
    return { first, iteration, std::move(entries) };
}

std::span<const EdgeHistoryPoint> ScoreBlock::points(std::size_t place) const
{
    return std::span(points_).subspan(starts_[place], starts_[place + 1] - starts_[place]);
}

std::span<const EdgeHistoryPoint> ScoreBlock::points_of(std::int32_t row) const
{
    const auto found = std::ranges::lower_bound(rows_, row);
    if (found == rows_.end() || *found != row)
        return {};
    return points(static_cast<std::size_t>(found - rows_.begin()));
}

int iterations_of(const ScoreBlocks& blocks)
{
    return blocks.empty() ? 0 : blocks.back()->end();
}

namespace {

const ScoreBlock* block_at(const ScoreBlocks& blocks, int iteration)
{
    const auto found = std::ranges::upper_bound(
        blocks, iteration, {}, [](const auto& block) { return block->end(); });
    return iteration < 0 || found == blocks.end() ? nullptr : found->get();
}

std::optional<float> score_in(std::span<const EdgeHistoryPoint> points, int iteration)
{
    const auto found
        = std::ranges::lower_bound(points, IterationIndex{ iteration }, {}, &EdgeHistoryPoint::iteration);
    if (found == points.end() || found->iteration.value != iteration)
        return std::nullopt;
    return found->score;
}

} // namespace

std::vector<RowScore> rows_at(const ScoreBlocks& blocks, int iteration)
{
    std::vector<RowScore> found;
    if (const ScoreBlock* block = block_at(blocks, iteration))
        for (std::size_t place = 0; place < block->rows().size(); ++place)
            if (const auto score = score_in(block->points(place), iteration))
                found.push_back({ block->rows()[place], *score });
    return found;
}

} // namespace circuitloom
