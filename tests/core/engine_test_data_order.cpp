#include "core/tuning/data_order.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <vector>

using namespace circuitloom;

TEST_CASE("Every epoch has every example once, each epoch in an order of its own")
{
    constexpr std::size_t examples = 50;
    std::vector<std::size_t> all(examples);
    std::iota(all.begin(), all.end(), std::size_t{ 0 });
    DataOrder order(examples, 7);
    std::vector<std::vector<std::size_t>> epochs;
    for (int epoch = 0; epoch < 3; ++epoch) {
        epochs.push_back(order.next(examples));
        std::vector<std::size_t> sorted = epochs.back();
        std::ranges::sort(sorted);
        CHECK(sorted == all);
    }
    CHECK(epochs[0] != epochs[1]);
    CHECK(epochs[1] != epochs[2]);
    // A batch may reach over the end of an epoch, and its size changes nothing.
    DataOrder by_seven(examples, 7);
    std::vector<std::size_t> taken;
    while (taken.size() < 2 * examples)
        for (const std::size_t index : by_seven.next(7))
            taken.push_back(index);
    CHECK(std::equal(epochs[0].begin(), epochs[0].end(), taken.begin()));
    CHECK(std::equal(epochs[1].begin(), epochs[1].end(), taken.begin() + examples));
}
