#include "core/analysis/circuit_diff.h"
#include "core/analysis/jaccard_matrix.h"
#include "core/analysis/row_clusters.h"
#include "core/analysis/score_rows.h"
#include "tests/support/score_at.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

using namespace circuitloom;
using samples::graph;
using doctest::Approx;
using circuitloom::testing::score_at;

namespace {

std::vector<Circuit> circuits_of(int count)
{
    std::vector<Circuit> circuits;
    for (int i = 0; i < count; ++i)
        circuits.push_back(samples::circuit(i, 20));
    return circuits;
}

// In blocks of uneven sizes.
ScoreBlocks blocks_of(const std::vector<Circuit>& circuits)
{
    ScoreBlocks blocks;
    std::size_t size = 3;
    for (std::size_t first = 0; first < circuits.size(); first += std::exchange(size, size + 2)) {
        const std::size_t end = std::min(circuits.size(), first + size);
        blocks.push_back(std::make_shared<const ScoreBlock>(ScoreBlock::of_edges(
            static_cast<int>(first), { circuits.begin() + static_cast<std::ptrdiff_t>(first),
                                         circuits.begin() + static_cast<std::ptrdiff_t>(end) })));
    }
    return blocks;
}

std::vector<int> numbers(const std::vector<ScoreRow>& rows)
{
    std::vector<int> found;
    for (const ScoreRow& row : rows)
        found.push_back(row.row);
    return found;
}

} // namespace

TEST_CASE("blocks give back every score of every iteration, and nothing else")
{
    const std::vector<Circuit> circuits = circuits_of(30);
    const ScoreBlocks blocks = blocks_of(circuits);
    CHECK(iterations_of(blocks) == 30);
    for (int i = 0; i < 30; ++i) {
        std::map<int, float> expected;
        for (const ScoredEdge& scored : circuits[static_cast<std::size_t>(i)])
            expected[scored.edge.value] = scored.score;
        std::map<int, float> found;
        for (const RowScore& score : rows_at(blocks, i))
            found[score.row] = score.score;
        CHECK(found == expected);
        for (int edge = 0; edge < static_cast<int>(graph().edges().size()); ++edge) {
            const auto score = score_at(blocks, edge, i);
            CHECK(score.has_value() == expected.contains(edge));
            if (score)
                CHECK(*score == expected[edge]);
        }
    }
    CHECK(rows_at(blocks, 30).empty());
    CHECK(rows_at(blocks, -1).empty());
    CHECK_FALSE(score_at({}, 0, 0));
    CHECK(score_rows({}).empty());
}

TEST_CASE("a component's score is the sum of those of the edges at its ends")
{
    const Components components(graph());
    const std::vector<Circuit> circuits = circuits_of(3);
    const ScoreBlock block = ScoreBlock::of_components(graph(), components, 5, circuits);
    CHECK(block.first() == 5);
    CHECK(block.end() == 8);
    for (std::size_t i = 0; i < circuits.size(); ++i) {
        std::map<int, double> expected;
        for (const ScoredEdge& scored : circuits[i]) {
            const Edge& edge = graph().edge(scored.edge);
            expected[components.of(edge.source).value] += static_cast<double>(scored.score);
            expected[components.of(edge.target).value] += static_cast<double>(scored.score);
        }
        std::size_t seen = 0;
        for (std::size_t place = 0; place < block.rows().size(); ++place)
            for (const EdgeHistoryPoint& point : block.points(place))
                if (point.iteration.value == static_cast<int>(5 + i)) {
                    CHECK(static_cast<double>(point.score)
                        == Approx(expected.at(block.rows()[place])).epsilon(1e-5));
                    ++seen;
                }
        CHECK(seen == expected.size());
    }
}

TEST_CASE("rows: first, last, peak and final score, by hand, in each order")
{
    const std::vector<Circuit> circuits{
        { { { 7 }, 0.5f }, { { 2 }, -0.25f } },
        { { { 7 }, -0.75f }, { { 9 }, 0.5f } },
        { { { 2 }, 1.0f }, { { 9 }, -0.5f } },
        { { { 2 }, -1.0f }, { { 9 }, 0.25f } },
    };
    const ScoreBlocks blocks = blocks_of(circuits);
    std::vector<ScoreRow> rows = score_rows(blocks);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0] == ScoreRow{ 2, 0, 3, 3, 2, 1.0f, -1.0f });
    CHECK(rows[1] == ScoreRow{ 7, 0, 1, 2, 1, -0.75f, 0.0f });
    CHECK(rows[2] == ScoreRow{ 9, 1, 3, 3, 1, 0.5f, 0.25f });
    order_rows(rows, ScoreRowOrder::final_score, blocks);
    CHECK(numbers(rows) == std::vector<int>{ 9, 7, 2 });
    order_rows(rows, ScoreRowOrder::peak, blocks);
    CHECK(numbers(rows) == std::vector<int>{ 7, 9, 2 });
    order_rows(rows, ScoreRowOrder::first_entry, blocks);
    CHECK(numbers(rows) == std::vector<int>{ 2, 7, 9 });
    order_rows(rows, ScoreRowOrder::layer, blocks);
    CHECK(numbers(rows) == std::vector<int>{ 2, 7, 9 });
}

TEST_CASE("clusters: rows that go together stand together")
{
    // Three kinds of courses, mixed: rising, falling, and a bump in the middle.
    std::vector<Circuit> circuits;
    Random random(5);
    for (int i = 0; i < 40; ++i) {
        Circuit circuit;
        for (int edge = 0; edge < 30; ++edge) {
            const double t = i / 40.0;
            const double course = edge % 3 == 0 ? t : edge % 3 == 1 ? 1 - t : t * (1 - t) * 4;
            circuit.push_back({ { edge }, static_cast<float>(course + 0.05 * random.unit()) });
        }
        circuits.push_back(std::move(circuit));
    }
    const ScoreBlocks blocks = blocks_of(circuits);
    std::vector<ScoreRow> rows = score_rows(blocks);
    order_rows(rows, ScoreRowOrder::clustered, blocks);
    int changes = 0;
    for (std::size_t i = 1; i < rows.size(); ++i)
        changes += rows[i].row % 3 != rows[i - 1].row % 3;
    CHECK(changes == 2);
    std::vector<int> all = numbers(rows);
    std::ranges::sort(all);
    CHECK(all.size() == 30);
    CHECK(std::ranges::adjacent_find(all) == all.end());
}

// 150 iterations are 96 parts of one or two iterations. A steady row is flat whatever the parts hold.
TEST_CASE("clusters: parts of a run count as means, however many iterations they hold")
{
    constexpr int iterations = 150;
    constexpr int parts = 96;
    const auto part_of = [](int iteration) { return iteration * parts / iterations; };
    std::vector<int> sizes(parts);
    for (int i = 0; i < iterations; ++i)
        ++sizes[static_cast<std::size_t>(part_of(i))];
    std::vector<Circuit> circuits;
    Random random(3);
    for (int i = 0; i < iterations; ++i) {
        const auto size
            = static_cast<float>(sizes[static_cast<std::size_t>(part_of(i))]);
        const auto noise = static_cast<float>(random.unit());
        circuits.push_back({ { { 0 }, 5.0F }, // steady
            { { 1 }, size + noise }, { { 2 }, size } }); // these two go together
    }
    const ScoreBlocks blocks = blocks_of(circuits);
    std::vector<ScoreRow> rows = score_rows(blocks);
    order_rows(rows, ScoreRowOrder::clustered, blocks);
    CHECK(numbers(rows) == std::vector<int>{ 0, 1, 2 }); // with sums 0 and 2 would be alike
}

TEST_CASE("clusters: of too many rows the strongest are clustered and none is lost")
{
    std::vector<Circuit> circuits;
    Random random(8);
    for (int i = 0; i < 4; ++i) {
        Circuit circuit;
        for (int edge = 0; edge < 700; ++edge)
            circuit.push_back(
                { { edge }, static_cast<float>(random.unit() + (edge < 100 ? 0.0 : 5.0)) });
        circuits.push_back(std::move(circuit));
    }
    const ScoreBlocks blocks = blocks_of(circuits);
    std::vector<ScoreRow> rows = score_rows(blocks);
    order_rows(rows, ScoreRowOrder::clustered, blocks);
    REQUIRE(rows.size() == 700);
    for (std::size_t i = 0; i < 600; ++i)
        CHECK(rows[i].row >= 100);
    for (std::size_t i = 600; i < 700; ++i)
        CHECK(rows[i].row == static_cast<int>(i) - 600); // all entered at once
}

TEST_CASE("Jaccard matrix: as circuit_diff says, of iterations spread over the run")
{
    const std::vector<Circuit> circuits = circuits_of(25);
    const JaccardMatrix matrix
        = jaccard_matrix(blocks_of(circuits), 9, static_cast<std::int64_t>(graph().edges().size()));
    REQUIRE(matrix.iterations.size() == 9);
    CHECK(matrix.iterations.front() == 0);
    CHECK(matrix.iterations.back() == 24);
    const Components components(graph());
    const auto all = static_cast<std::int64_t>(graph().edges().size());
    for (std::size_t i = 0; i < 9; ++i)
        for (std::size_t j = 0; j < 9; ++j) {
            const Circuit& a = circuits[static_cast<std::size_t>(matrix.iterations[i])];
            const Circuit& b = circuits[static_cast<std::size_t>(matrix.iterations[j])];
            CHECK(matrix.at(i, j)
                == Approx(circuit_diff(graph(), components, a, b).edges.jaccard()).epsilon(1e-6));
            CHECK(matrix.chance_at(i, j) == Approx(jaccard_by_chance(20, 20, all)).epsilon(1e-6));
        }
    CHECK(jaccard_matrix({}, 9, 10).iterations.empty());
    CHECK(jaccard_matrix(blocks_of(circuits_of(1)), 9, all).iterations == std::vector<int>{ 0 });
}
