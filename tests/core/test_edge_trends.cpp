#include "core/analysis/edge_trends.h"
#include "core/base/error.h"
#include "core/base/random.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

using namespace circuitloom;
using doctest::Approx;

namespace {

struct Line
{
    double r = 0;
    double slope = 0;
};

// Pearson's r and the least-squares slope by their definitions, over every iteration.
Line line_of(const std::vector<double>& x, const std::vector<double>& y)
{
    const auto n = static_cast<double>(x.size());
    double mean_x = 0;
    double mean_y = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        mean_x += x[i] / n;
        mean_y += y[i] / n;
    }
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - mean_x) * (y[i] - mean_y);
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
    }
    return { xy / std::sqrt(xx * yy), xy / xx };
}

std::map<int, EdgeTrend> by_edge_number(const EdgeTrends& trends)
{
    std::map<int, EdgeTrend> found;
    for (const EdgeTrend& trend : trends.trends())
        found[trend.edge.value] = trend;
    return found;
}

} // namespace

TEST_CASE("trends: r and slope as their definitions give them, 0 where the edge is out")
{
    Random random(3);
    std::vector<int> steps;
    for (int i = 0; i < 50; ++i)
        steps.push_back(i * i); // not evenly spaced
    const std::vector<double> x(steps.begin(), steps.end());
    std::vector<std::vector<double>> scores(30, std::vector<double>(50));
    EdgeTrends trends(steps, 6);
    for (std::size_t i = 0; i < 50; ++i) {
        Circuit circuit;
        for (std::size_t edge = 0; edge < scores.size(); ++edge)
            if (random.chance(0.6)) {
                const double drift = (static_cast<double>(edge) - 15) * 0.02 * static_cast<double>(i);
                const auto score = static_cast<float>(drift + random.unit() - 0.5);
                circuit.push_back({ { static_cast<int>(edge) }, score });
                scores[edge][i] = static_cast<double>(score);
            }
        trends.add(circuit);
    }
    const auto found = by_edge_number(trends);
    REQUIRE(found.size() == scores.size());
    int strengthened = 0;
    for (std::size_t edge = 0; edge < scores.size(); ++edge) {
        const Line line = line_of(x, scores[edge]);
        const EdgeTrend& trend = found.at(static_cast<int>(edge));
        CHECK(trend.r == Approx(line.r));
        CHECK(trend.slope == Approx(line.slope));
        CHECK((trend.kind == EdgeTrend::Kind::strengthened) == (line.r > 0.5));
        CHECK((trend.kind == EdgeTrend::Kind::weakened) == (line.r < -0.5));
        strengthened += trend.kind == EdgeTrend::Kind::strengthened;
    }
    CHECK(strengthened > 0);
    const std::vector<EdgeTrend> listed = trends.trends();
    for (std::size_t i = 1; i < listed.size(); ++i)
        CHECK(std::abs(listed[i - 1].slope) >= std::abs(listed[i].slope));
    CHECK_THROWS_AS(trends.add({}), Error);
    CHECK_THROWS_AS(EdgeTrends({ 0, 1 }, 0), Error);
}

TEST_CASE("trends by chance: as many as there are where order means nothing")
{
    Random random(9);
    std::vector<int> steps;
    for (int i = 0; i < 12; ++i)
        steps.push_back(i);
    EdgeTrends trends(steps, 3, 60, 4);
    for (int i = 0; i < 12; ++i) {
        Circuit circuit;
        for (int edge = 0; edge < 4000; ++edge)
            circuit.push_back({ { edge }, static_cast<float>(random.unit() + 0.5) });
        trends.add(circuit);
    }
    int strengthened = 0;
    int weakened = 0;
    for (const EdgeTrend& trend : trends.trends()) {
        strengthened += trend.kind == EdgeTrend::Kind::strengthened;
        weakened += trend.kind == EdgeTrend::Kind::weakened;
    }
    const TrendCounts chance = trends.by_chance();
    CHECK(strengthened > 100);
    CHECK(chance.trends_strengthened == Approx(strengthened).epsilon(0.15));
    CHECK(chance.trends_weakened == Approx(weakened).epsilon(0.15));
    // Three means in a random order rise in one case of six.
    CHECK(chance.courses_strengthened == Approx(4000.0 / 6).epsilon(0.1));
    CHECK(chance.courses_weakened == Approx(4000.0 / 6).epsilon(0.1));
}

TEST_CASE("trends: constant scores, one iteration and none have no trend")
{
    EdgeTrends constant({ 0, 5, 10, 15 }, 6);
    for (int i = 0; i < 4; ++i)
        constant.add({ { { 1 }, 0.1f }, { { 2 }, 0.0f } });
    for (const EdgeTrend& trend : constant.trends()) {
        CHECK(trend.r == 0);
        CHECK(trend.kind == EdgeTrend::Kind::none);
    }
    EdgeTrends one({ 7 }, 6);
    one.add({ { { 1 }, 0.5f } });
    CHECK(one.trends().front().kind == EdgeTrend::Kind::none);
    CHECK(one.by_chance().trends_strengthened == 0);
    CHECK(EdgeTrends({}, 6).trends().empty());
}
