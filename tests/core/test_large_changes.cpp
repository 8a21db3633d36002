#include "core/analysis/large_changes.h"
#include "core/base/random.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace circuitloom;

namespace {

std::vector<int> iterations_of(const std::vector<LargeChange>& changes)
{
    std::vector<int> found;
    for (const LargeChange& change : changes)
        found.push_back(change.iteration);
    return found;
}

// A first circuit that enters as a whole, then `level` with noise of up to `noise` around it.
std::vector<double> noisy(int count, double level, double noise)
{
    Random random(11);
    std::vector<double> turnover{ 1 };
    while (static_cast<int>(turnover.size()) < count)
        turnover.push_back(level + noise * (2 * random.unit() - 1));
    return turnover;
}

} // namespace

TEST_CASE("nothing stands out where all changes are alike")
{
    CHECK(large_changes(std::vector<double>(50, 0.0), 5).empty());
    CHECK(large_changes(std::vector<double>(50, 0.4), 5).empty());
    CHECK(large_changes(noisy(200, 0.3, 0.2), 5).empty());
    std::vector<double> alternating;
    for (int i = 0; i < 60; ++i)
        alternating.push_back(i % 2 == 0 ? 0.1 : 0.5);
    CHECK(large_changes(alternating, 5).empty());
}

TEST_CASE("upheavals are found, with what is usual there; the first circuit is none")
{
    std::vector<double> turnover(40, 0.05);
    turnover[0] = 1;
    turnover[1] = 0.6;
    turnover[17] = 0.5;
    turnover[39] = 0.4;
    const auto changes = large_changes(turnover, 5);
    CHECK((iterations_of(changes) == std::vector{ 1, 17, 39 }));
    CHECK(changes[1] == LargeChange{ 17, 0.5, 0.05 });

    auto with_noise = noisy(300, 0.1, 0.05);
    with_noise[120] = 0.45;
    with_noise[121] = 0.4;
    CHECK((iterations_of(large_changes(with_noise, 5)) == std::vector{ 120, 121 }));
}

TEST_CASE("only the largest are kept, in the order of time")
{
    std::vector<double> turnover(100, 0);
    for (const int i : { 10, 30, 50, 70, 90 })
        turnover[static_cast<std::size_t>(i)] = 0.2 + 0.001 * ((i * 7) % 100);
    // By size: 70 (0.290), 10 (0.270), 50 (0.250), 90 (0.230), 30 (0.210).
    CHECK((iterations_of(large_changes(turnover, 3)) == std::vector{ 10, 50, 70 }));
    CHECK(large_changes(turnover, 5).size() == 5);
    CHECK(large_changes(turnover, 100).size() == 5);
    CHECK(large_changes(turnover, 0).empty());
}

TEST_CASE("a change is measured by its own time: a run that settles is not all change at its start")
{
    std::vector<double> turnover;
    for (int i = 0; i < 200; ++i)
        turnover.push_back(0.6 * std::exp(-i / 60.0));
    CHECK(large_changes(turnover, 5).empty());
    turnover[150] = 0.25; // less than at the start, but unheard of by now
    CHECK((iterations_of(large_changes(turnover, 5)) == std::vector{ 150 }));
}

TEST_CASE("a change of a few edges is never large, and short runs have none")
{
    std::vector<double> turnover(100, 0);
    turnover[60] = 0.09;
    CHECK(large_changes(turnover, 5).empty());
    CHECK(large_changes(std::vector<double>{ 1, 0, 0, 1, 0, 0, 0 }, 5).empty());
    CHECK(large_changes({}, 5).empty());
}

TEST_CASE("what is usual is the median of the twelve iterations on either side and its own")
{
    Random random(5);
    std::vector<double> turnover{ 1 };
    for (int i = 1; i < 150; ++i)
        turnover.push_back(i % 20 == 3 ? 0.8 + 0.1 * random.unit() : 0.01 * (random.unit() < 0.5));
    const auto changes = large_changes(turnover, 100);
    CHECK(changes.size() == 8);
    for (const LargeChange& change : changes) {
        const std::size_t at = static_cast<std::size_t>(change.iteration);
        std::vector<double> around;
        for (std::size_t i = std::max<std::size_t>(at, 13) - 12;
             i < turnover.size() && i <= at + 12; ++i)
            around.push_back(turnover[i]);
        std::ranges::sort(around);
        CAPTURE(change.iteration);
        CHECK(change.turnover == turnover[at]);
        CHECK(change.usual == around[around.size() / 2]);
    }
}
