#include "core/analysis/sweep_points.h"
#include "core/base/random.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <vector>

using namespace circuitloom;

TEST_CASE("runs are grouped by their value, with mean and sample deviation")
{
    // Against two passes over each group, written out here.
    Random random(3);
    std::vector<double> x, y;
    const std::vector<double> values{ 100, 3, 30, 1000 };
    for (int i = 0; i < 60; ++i) {
        x.push_back(values[random.below(values.size())]);
        y.push_back(static_cast<double>(random.below(1000)) / 7 - 50);
    }
    const std::vector<SweepPoint> points = sweep_points(x, y);
    REQUIRE(points.size() == values.size());
    CHECK(std::ranges::is_sorted(points, {}, &SweepPoint::x));
    std::set<std::size_t> seen;
    for (const SweepPoint& point : points) {
        long double sum = 0;
        int count = 0;
        for (std::size_t i = 0; i < x.size(); ++i)
            if (x[i] == point.x) {
                sum += y[i];
                ++count;
            }
        const long double mean = sum / count;
        long double squares = 0;
        for (std::size_t i = 0; i < x.size(); ++i)
            if (x[i] == point.x)
                squares += (y[i] - mean) * (y[i] - mean);
        CHECK(point.y.mean == doctest::Approx(static_cast<double>(mean)));
        CHECK(point.y.deviation
            == doctest::Approx(static_cast<double>(std::sqrt(squares / (count - 1)))));
        CHECK(point.y.count == static_cast<std::size_t>(count));
        CHECK(point.runs.size() == point.y.count);
        for (const std::size_t run : point.runs) {
            CHECK(x[run] == point.x);
            CHECK(seen.insert(run).second);
        }
    }
    CHECK(seen.size() == x.size());
}

TEST_CASE("runs without a value are in no group, and a single one has no deviation")
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const std::vector<double> x{ 1, 1, 2, none, 3 };
    const std::vector<double> y{ 5, none, 7, 9, infinite };
    const std::vector<SweepPoint> points = sweep_points(x, y);
    REQUIRE(points.size() == 2);
    CHECK(points[0].x == 1);
    CHECK(points[0].y.mean == 5);
    CHECK(points[0].y.deviation == 0);
    CHECK(points[0].runs == std::vector<std::size_t>{ 0 });
    CHECK(points[1].x == 2);
    CHECK(sweep_points({}, {}).empty());
}
