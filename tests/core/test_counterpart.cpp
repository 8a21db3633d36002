#include "core/analysis/counterpart.h"
#include "core/analysis/pareto.h"
#include "core/base/random.h"
#include "core/graph/same_edges.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace circuitloom;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Iterations every `every` steps, whose loss falls by `slope` a step and whose metric rises so.
std::vector<IterationRecord> course(int count, int every, double slope)
{
    std::vector<IterationRecord> found;
    for (int i = 0; i < count; ++i) {
        IterationRecord record;
        record.index = { i };
        record.step = i * every;
        record.loss = 3 - slope * record.step;
        record.metric = -1 + slope * record.step;
        found.push_back(record);
    }
    return found;
}

} // namespace

TEST_CASE("by step and by examples the nearest iteration is the counterpart")
{
    const auto fine = course(21, 1, 0.1);
    const auto coarse = course(5, 4, 0.1);
    const AlignedRun a{ fine, 16.0 };
    const AlignedRun b{ coarse, 32.0 };
    CHECK(counterpart(a, 5, b, Alignment::step) == 1); // steps 5 and 4
    CHECK(counterpart(a, 6, b, Alignment::step) == 1); // of two as near the earlier
    CHECK(counterpart(a, 7, b, Alignment::step) == 2);
    CHECK_FALSE(counterpart(a, 20, b, Alignment::step)); // b ended at step 16
    CHECK(counterpart(a, 16, b, Alignment::examples) == 2); // 256 examples: step 8
    CHECK_FALSE(counterpart(b, 4, a, Alignment::examples)); // 512 examples, a saw 320
    CHECK_FALSE(counterpart(a, 5, { coarse, std::nullopt }, Alignment::examples));
    CHECK_FALSE(counterpart(a, 21, b, Alignment::step));
    CHECK_FALSE(counterpart(a, -1, b, Alignment::step));
    CHECK_FALSE(counterpart(a, 0, {}, Alignment::step));
}

TEST_CASE("by tokens the nearest iteration is the counterpart, where every side knows them")
{
    auto here = course(5, 1, 0.1);
    auto there = course(5, 1, 0.1);
    for (std::size_t i = 0; i < 5; ++i) {
        here[i].tokens = static_cast<std::int64_t>(100 * i); // 0 … 400
        there[i].tokens = static_cast<std::int64_t>(70 * i * i); // 0, 70, 280, 630, 1120
    }
    CHECK(counterpart({ here, {} }, 1, { there, {} }, Alignment::tokens) == 1);
    CHECK(counterpart({ here, {} }, 3, { there, {} }, Alignment::tokens) == 2);
    CHECK(counterpart({ here, {} }, 4, { there, {} }, Alignment::tokens) == 2);
    CHECK_FALSE(counterpart({ there, {} }, 3, { here, {} }, Alignment::tokens)); // 630 of 400
    there[3].tokens.reset();
    CHECK_FALSE(counterpart({ here, {} }, 1, { there, {} }, Alignment::tokens));
    CHECK_FALSE(counterpart({ there, {} }, 3, { here, {} }, Alignment::tokens));
}

TEST_CASE("by loss and metric it is the first that came as far, and never goes back")
{
    auto slow = course(60, 1, 0.05);
    auto fast = course(60, 1, 0.1);
    Random random(3);
    for (auto* run : { &slow, &fast })
        for (IterationRecord& record : *run) {
            record.loss += 0.05 * random.unit();
            record.metric += 0.05 * random.unit();
        }
    for (const Alignment by : { Alignment::loss, Alignment::metric }) {
        int before = 0;
        for (int i = 8; i < 55; ++i) {
            const auto found = counterpart({ slow, {} }, i, { fast, {} }, by);
            REQUIRE(found);
            CHECK(*found >= before);
            CHECK(std::abs(*found - i / 2) <= 4); // at twice the pace, but for the averaging
            before = *found;
        }
        CHECK_FALSE(counterpart({ fast, {} }, 55, { slow, {} }, by));
    }
    // A metric that is driven down is followed down.
    for (auto* run : { &slow, &fast })
        for (IterationRecord& record : *run)
            record.metric = -record.metric;
    CHECK(std::abs(counterpart({ slow, {} }, 40, { fast, {} }, Alignment::metric).value() - 20) <= 4);
    slow[3].loss = unknown;
    CHECK_FALSE(counterpart({ slow, {} }, 40, { fast, {} }, Alignment::loss));
}

TEST_CASE("the Pareto front has what nothing beats in both goals")
{
    const std::vector<TwoGoals> points{ { 1, 5 }, { 2, 4 }, { 2, 3 }, { 3, 4 }, { 0, 6 }, { unknown, 9 },
        { 3, 4 } };
    CHECK(pareto_front(points, false, false) == std::vector<std::size_t>{ 4, 0, 3, 6 });
    CHECK(pareto_front(points, true, true) == std::vector<std::size_t>{ 4, 0, 2 });
    CHECK(pareto_front(points, true, false) == std::vector<std::size_t>{ 4 });
    CHECK(pareto_front({}, false, false).empty());
    // By the definition, on random points.
    Random random(1);
    std::vector<TwoGoals> many;
    for (int i = 0; i < 60; ++i)
        many.push_back({ random.unit(), random.unit() });
    const auto front = pareto_front(many, false, false);
    for (std::size_t i = 0; i < many.size(); ++i) {
        const bool beaten = std::ranges::any_of(many, [&](const TwoGoals& other) {
            return other.x > many[i].x && other.y > many[i].y;
        });
        CHECK(beaten == (std::ranges::find(front, i) == front.end()));
    }
}

TEST_CASE("the MLP's width makes another graph only where it is split")
{
    const GraphShape known{ 2, 4, 4, 64, false };
    const GraphShape unknown{ 2, 4, 4, 1, false };
    CHECK(same_edges(known, {}, unknown, {}));
    CHECK_FALSE(same_edges(known, { GraphKind::full, 16 }, unknown, { GraphKind::full, 1 }));
    CHECK_FALSE(same_edges(known, {}, { 2, 4, 2, 64, false }, {}));
    CHECK_FALSE(same_edges(known, {}, known, { GraphKind::paper, 0 }));
}
