#include "core/analysis/jaccard_matrix.h"

#include "core/analysis/circuit_diff.h"

#include <algorithm>

namespace circuitloom {

namespace {

std::vector<int> spread_over(int iterations, int most)
{
    std::vector<int> chosen;
    const int count = std::min(iterations, std::max(1, most));
    for (int i = 0; i < count; ++i)
        chosen.push_back(count == 1 ? 0
                                    : static_cast<int>(static_cast<std::int64_t>(i)
                                          * (iterations - 1) / (count - 1)));
    return chosen;
}

std::int64_t shared_rows(const std::vector<RowScore>& a, const std::vector<RowScore>& b)
{
    std::int64_t shared = 0;
    for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
        shared += i->row == j->row;
        const bool first = i->row <= j->row;
        const bool second = j->row <= i->row;
        i += first;
        j += second;
    }
    return shared;
}

} // namespace

JaccardMatrix jaccard_matrix(const ScoreBlocks& blocks, int most, std::int64_t graph_edges)
{
    JaccardMatrix matrix;
    matrix.iterations = spread_over(iterations_of(blocks), most);
    std::vector<std::vector<RowScore>> circuits;
    for (const int iteration : matrix.iterations) {
        circuits.push_back(rows_at(blocks, iteration));
        matrix.sizes.push_back(static_cast<int>(circuits.back().size()));
    }
    const std::size_t count = circuits.size();
    matrix.values.resize(count * count);
    matrix.chance.resize(count * count);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            const std::size_t here = i * count + j;
            const std::size_t there = j * count + i;
            matrix.values[here] = matrix.values[there]
                = static_cast<float>(jaccard(matrix.sizes[i], matrix.sizes[j],
                    shared_rows(circuits[i], circuits[j])));
            matrix.chance[here] = matrix.chance[there] = static_cast<float>(
                jaccard_by_chance(matrix.sizes[i], matrix.sizes[j], graph_edges));
        }
    return matrix;
}

} // namespace circuitloom
