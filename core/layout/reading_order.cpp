#include "core/layout/reading_order.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace circuitloom {

void put_in_reading_order(CircuitLayout& layout)
{
    std::vector<int> order(layout.nodes.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&layout](int a, int b) {
        const DrawnNode& one = layout.nodes[static_cast<std::size_t>(a)];
        const DrawnNode& other = layout.nodes[static_cast<std::size_t>(b)];
        return one.y != other.y ? one.y > other.y : one.x < other.x;
    });
    std::vector<DrawnNode> nodes;
    std::vector<int> number_of(order.size());
    for (const int old : order) {
        number_of[static_cast<std::size_t>(old)] = static_cast<int>(nodes.size());
        nodes.push_back(std::move(layout.nodes[static_cast<std::size_t>(old)]));
    }
    layout.nodes = std::move(nodes);
    for (int& drawn : layout.drawn_of)
        drawn = number_of[static_cast<std::size_t>(drawn)];
}

} // namespace circuitloom
