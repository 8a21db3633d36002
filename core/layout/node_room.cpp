#include "core/layout/node_room.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace circuitloom {

namespace {

void add_borders(NodeRoom& room, const CircuitLayout& layout, const DrawnNode& node)
{
    for (const LayerBand& band : layout.bands)
        if (band.layer == node.layer)
            room.in_bands = std::min(room.in_bands,
                std::min(node.y - band.y, band.y + band.height - node.y) / (node.height / 2));
    room.across
        = std::min(room.across, std::min(node.x, layout.width - node.x) / (node.width / 2));
}

} // namespace

NodeRoom room_of(const CircuitLayout& layout)
{
    std::vector<const DrawnNode*> nodes;
    for (const DrawnNode& node : layout.nodes)
        if (node.used && node.layer >= 0 && node.width > 0 && node.height > 0)
            nodes.push_back(&node);
    if (nodes.empty())
        return {};
    std::ranges::sort(
        nodes, [](const DrawnNode* a, const DrawnNode* b) { return a->y < b->y; });
    double tallest = 0;
    constexpr double endless = std::numeric_limits<double>::max();
    NodeRoom room{ endless, endless, endless };
    for (const DrawnNode* node : nodes) {
        tallest = std::max(tallest, node->height);
        add_borders(room, layout, *node);
    }
    for (std::size_t i = 0; i < nodes.size(); ++i)
        for (std::size_t j = i + 1; j < nodes.size(); ++j) {
            const DrawnNode& above = *nodes[i];
            const DrawnNode& below = *nodes[j];
            const double down = below.y - above.y;
            const double height = (above.height + below.height) / 2;
            const double width = (above.width + below.width) / 2;
            if (down >= tallest && down >= tallest * room.up)
                break; // as are all that follow
            if (down >= height)
                room.up = std::min(room.up, down / height);
            else
                room.across = std::min(room.across, std::abs(above.x - below.x) / width);
        }
    return room;
}

} // namespace circuitloom
