#include "core/base/error.h"
#include "core/base/random.h"
#include "core/discovery/smoothing.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

using namespace circuitloom;

namespace {

using Values = std::vector<float>;

void check(std::span<const float> values, const std::vector<double>& expected)
{
    REQUIRE(values.size() == expected.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        CHECK(values[i] == doctest::Approx(expected[i]).epsilon(1e-6));
}

std::vector<std::size_t> order_of(const Values& values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{ 0 });
    std::ranges::stable_sort(
        order, std::greater{}, [&values](std::size_t i) { return std::abs(values[i]); });
    return order;
}

} // namespace

TEST_CASE("means and deviations follow the sequences worked out by hand")
{
    // β1 = 1/2, β2 = 3/4. First edge 4, 2, -1:
    //   I = 2, 2, 0.5    |s - I| = 2, 0, 1.5    U = 0.5, 0.375, 0.65625
    // Second edge -1, -1, -1:
    //   I = -0.5, -0.75, -0.875    |s - I| = 0.5, 0.25, 0.125    U = 0.125, 0.15625, 0.1484375
    ScoreSmoothing smoothing(0.5, 0.75);
    CHECK(smoothing.mean().empty());
    check(smoothing.add(Values{ 4, -1 }), { 1, -0.0625 });
    check(smoothing.mean(), { 2, -0.5 });
    check(smoothing.deviation(), { 0.5, 0.125 });
    check(smoothing.add(Values{ 2, -1 }), { 0.75, -0.1171875 });
    check(smoothing.mean(), { 2, -0.75 });
    check(smoothing.deviation(), { 0.375, 0.15625 });
    check(smoothing.add(Values{ -1, -1 }), { 0.328125, -0.1298828125 });
    check(smoothing.mean(), { 0.5, -0.875 });
    check(smoothing.deviation(), { 0.65625, 0.1484375 });
}

TEST_CASE("the first discovery ranks as its scores do, with their signs")
{
    Random random(4);
    Values scores(50);
    for (float& score : scores)
        score = static_cast<float>(random.unit() - 0.5);
    for (const double beta1 : { 0.0, 0.3, 0.85 })
        for (const double beta2 : { 0.0, 0.5, 0.95 }) {
            ScoreSmoothing smoothing(beta1, beta2);
            const Values ranking = smoothing.add(scores);
            CHECK(order_of(ranking) == order_of(scores));
            for (std::size_t i = 0; i < scores.size(); ++i)
                CHECK((ranking[i] > 0) == (scores[i] > 0));
        }
}

TEST_CASE("without a running mean the scores rank themselves; without a running deviation the last "
          "one counts")
{
    ScoreSmoothing off(0, 0.5);
    check(off.add(Values{ 3, -2 }), { 3, -2 });
    check(off.add(Values{ 1, 5 }), { 1, 5 });
    ScoreSmoothing sudden(0.5, 0);
    check(sudden.add(Values{ 4 }), { 2 * 2 });
    check(sudden.add(Values{ 0 }), { 1 * 1 });
}

TEST_CASE("a state put back goes on bit for bit")
{
    Random random(6);
    const auto draw = [&random] {
        Values scores(20);
        for (float& score : scores)
            score = static_cast<float>(random.unit() - 0.5);
        return scores;
    };
    ScoreSmoothing whole(0.85, 0.95);
    for (int i = 0; i < 3; ++i)
        whole.add(draw());
    ScoreSmoothing resumed(0.85, 0.95);
    resumed.restore({ whole.mean().begin(), whole.mean().end() },
        { whole.deviation().begin(), whole.deviation().end() });
    for (int i = 0; i < 3; ++i) {
        const Values scores = draw();
        CHECK(whole.add(scores) == resumed.add(scores));
    }
    CHECK_THROWS_AS(resumed.add(Values(19)), Error);
    CHECK_THROWS_AS(resumed.restore(Values(2), Values(3)), Error);
}
