#include "core/analysis/score_rows.h"

#include "core/analysis/row_clusters.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_map>

namespace circuitloom {

std::vector<ScoreRow> score_rows(const ScoreBlocks& blocks)
{
    std::unordered_map<std::int32_t, ScoreRow> found;
    const int last = iterations_of(blocks) - 1;
    for (const auto& block : blocks)
        for (std::size_t place = 0; place < block->rows().size(); ++place) {
            const auto points = block->points(place);
            const auto [at, fresh] = found.try_emplace(block->rows()[place]);
            ScoreRow& row = at->second;
            if (fresh) {
                row.row = at->first;
                row.first = row.peak = points.front().iteration.value;
                row.peak_score = points.front().score;
            }
            row.present += static_cast<int>(points.size());
            row.last = points.back().iteration.value;
            if (row.last == last)
                row.final_score = points.back().score;
            for (const EdgeHistoryPoint& point : points)
                if (std::abs(point.score) > std::abs(row.peak_score)) {
                    row.peak = point.iteration.value;
                    row.peak_score = point.score;
                }
        }
    std::vector<ScoreRow> rows;
    rows.reserve(found.size());
    for (const auto& [number, row] : found)
        rows.push_back(row);
    std::ranges::sort(rows, {}, &ScoreRow::row);
    return rows;
}

void order_rows(std::vector<ScoreRow>& rows, ScoreRowOrder order, const ScoreBlocks& blocks)
{
    std::ranges::sort(rows, {}, &ScoreRow::row);
    switch (order) {
    case ScoreRowOrder::first_entry:
        std::ranges::stable_sort(rows, {}, &ScoreRow::first);
        return;
    case ScoreRowOrder::peak:
        std::ranges::stable_sort(rows, {}, &ScoreRow::peak);
        return;
    case ScoreRowOrder::final_score:
        std::ranges::stable_sort(rows, std::greater{}, &ScoreRow::final_score);
        return;
    case ScoreRowOrder::layer:
        return;
    case ScoreRowOrder::clustered:
        rows = clustered_rows(rows, blocks);
        return;
    }
}

} // namespace circuitloom
