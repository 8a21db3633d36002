#include "core/layout/edge_routes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace circuitloom {

namespace {

constexpr double room = 4; // layout units that a curve keeps from a node it does not touch
constexpr double sample_step = 7; // layout units of height between two points that are looked at
constexpr int most_samples = 160;

/// The used nodes from top to bottom, so that those near a point are found quickly.
class Obstacles
{
public:
    explicit Obstacles(const CircuitLayout& layout)
    {
        for (std::size_t i = 0; i < layout.nodes.size(); ++i)
            if (layout.nodes[i].used)
                boxes_.push_back({ &layout.nodes[i], static_cast<int>(i) });
        std::ranges::sort(boxes_, [](const Box& a, const Box& b) { return a.node->y < b.node->y; });
        for (const Box& box : boxes_)
            tallest_ = std::max(tallest_, box.node->height / 2 + room);
    }

    /// The index of a node that has the point within its `room`, neither `from` nor `to`; -1 for
    /// none.
    int at(double x, double y, const EdgeRoute& route) const
    {
        auto box = std::ranges::lower_bound(
            boxes_, y - tallest_, {}, [](const Box& candidate) { return candidate.node->y; });
        for (; box != boxes_.end() && box->node->y <= y + tallest_; ++box) {
            const DrawnNode& node = *box->node;
            if (std::abs(node.x - x) < node.width / 2 + room
                && std::abs(node.y - y) < node.height / 2 + room && box->index != route.from
                && box->index != route.to)
                return box->index;
        }
        return -1;
    }

private:
    struct Box
    {
        const DrawnNode* node;
        int index;
    };
    std::vector<Box> boxes_;
    double tallest_ = 0;
};

// How many nodes the curve runs through, `enough` at the most; so many too where it leaves the frame.
int crossed(
    const CircuitLayout& layout, const Obstacles& obstacles, const EdgeRoute& route, int enough)
{
    const DrawnNode& source = layout.nodes[static_cast<std::size_t>(route.from)];
    const DrawnNode& target = layout.nodes[static_cast<std::size_t>(route.to)];
    const double top = target.y + target.height / 2;
    const double bottom = source.y - source.height / 2;
    const double height = bottom - top;
    const std::array<double, 4> x{ source.x, source.x + route.aside_from, target.x + route.aside_to,
        target.x };
    const std::array<double, 4> y{ bottom,
        bottom - std::max(height * route.reach_from, least_route_reach),
        top + std::max(height * route.reach_to, least_route_reach), top };
    const double length = std::abs(bottom - top) + std::abs(source.x - target.x) / 2
        + (std::abs(route.aside_from) + std::abs(route.aside_to)) / 2;
    const int samples = std::clamp(static_cast<int>(length / sample_step), 12, most_samples);
    int count = 0;
    int last = -1;
    for (int i = 0; i <= samples; ++i) {
        const double t = static_cast<double>(i) / samples;
        const double s = 1 - t;
        const std::array<double, 4> weight{ s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t };
        double at_x = 0;
        double at_y = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            at_x += weight[k] * x[k];
            at_y += weight[k] * y[k];
        }
        if (at_x < 0 || at_x > layout.width || at_y < 0 || at_y > layout.height)
            return enough;
        const int hit = obstacles.at(at_x, at_y, route);
        if (hit >= 0 && hit != last && ++count >= enough)
            return count;
        last = hit;
    }
    return count;
}

/// A shape that a curve may have, in shares of its height.
struct Way
{
    double aside_from = 0;
    double aside_to = 0;
    double reach_from = 0.5;
    double reach_to = 0.5;
};

double bend_of(const Way& way)
{
    return std::abs(way.aside_from) + std::abs(way.aside_to)
        + 0.5 * std::abs(way.aside_from - way.aside_to)
        + 0.4 * (std::abs(way.reach_from - 0.5) + std::abs(way.reach_to - 0.5));
}

// The straightest first: crossing over soon or late, bows to one side, and both.
std::vector<Way> all_ways(bool only_arcs)
{
    std::vector<Way> ways;
    for (const auto& [from, to] : { std::pair{ 0.5, 0.5 }, std::pair{ 0.2, 0.8 },
             std::pair{ 0.8, 0.2 }, std::pair{ 0.3, 0.3 }, std::pair{ 0.35, 0.65 },
             std::pair{ 0.65, 0.35 }, std::pair{ 0.1, 0.9 }, std::pair{ 0.9, 0.1 } }) {
        if (only_arcs && from != 0.5)
            continue;
        ways.push_back({ 0, 0, from, to });
        for (const double share : { 0.12, 0.25, 0.4, 0.6, 0.85, 1.2 })
            for (const double by : { share, -share })
                for (const Way& way :
                    { Way{ by, by, from, to }, Way{ by, 0, from, to }, Way{ 0, by, from, to },
                        Way{ by, by / 2, from, to }, Way{ by / 2, by, from, to },
                        Way{ by, -by, from, to } })
                    ways.push_back(way);
    }
    std::ranges::stable_sort(ways, {}, bend_of);
    return ways;
}

void find_way(EdgeRoute& route, const CircuitLayout& layout, const Obstacles& obstacles)
{
    // Between two columns of nodes only arcs are of use.
    static const std::vector<Way> free_ways = all_ways(false);
    static const std::vector<Way> arcs = all_ways(true);
    const bool in_columns = layout.form == LayoutForm::layers;
    const std::vector<Way>& ways = in_columns ? arcs : free_ways;
    const DrawnNode& source = layout.nodes[static_cast<std::size_t>(route.from)];
    const DrawnNode& target = layout.nodes[static_cast<std::size_t>(route.to)];
    int fewest = crossed(layout, obstacles, route, 1000);
    if (fewest == 0)
        return;
    const double height = std::max(source.y - target.y, 2 * source.height);
    // Towards the side that has more room, which is the outer one within a column.
    const double side = source.x + target.x < layout.width ? -1 : 1;
    const auto take_if_better = [&](const EdgeRoute& other) {
        const int count = crossed(layout, obstacles, other, fewest);
        if (count >= fewest)
            return;
        fewest = count;
        route = other;
    };
    // First along the straight line: between columns that is out of them at once.
    for (const double share : { 0.33, 0.66, 1.0 }) {
        if (share == 1 && !in_columns)
            break;
        EdgeRoute other{ route.from, route.to };
        other.aside_from = share * (target.x - source.x);
        other.aside_to = -other.aside_from;
        take_if_better(other);
        if (fewest == 0)
            return;
    }
    const double widest_aside = (in_columns ? 1.0 : 0.35) * layout.width;
    for (const Way& way : ways) {
        EdgeRoute other{ route.from, route.to };
        other.aside_from = side * way.aside_from * height;
        other.aside_to = side * way.aside_to * height;
        other.reach_from = way.reach_from;
        other.reach_to = way.reach_to;
        if (std::max(std::abs(other.aside_from), std::abs(other.aside_to)) > widest_aside)
            continue;
        take_if_better(other);
        if (fewest == 0)
            return;
    }
}

} // namespace

const EdgeRoute* find_route(const CircuitLayout& layout, int from, int to)
{
    const auto at = std::ranges::lower_bound(layout.routes, std::pair(from, to), {},
        [](const EdgeRoute& route) { return std::pair(route.from, route.to); });
    return at != layout.routes.end() && at->from == from && at->to == to ? &*at : nullptr;
}

void route_edges(
    CircuitLayout& layout, const ComputationalGraph& graph, std::span<const EdgeId> edges)
{
    const auto drawn
        = [&](NodeId node) { return layout.drawn_of[static_cast<std::size_t>(node.value)]; };
    std::vector<std::pair<int, int>> pairs;
    for (const EdgeId id : edges) {
        const Edge& edge = graph.edge(id);
        if (drawn(edge.source) != drawn(edge.target))
            pairs.emplace_back(drawn(edge.source), drawn(edge.target));
    }
    std::ranges::sort(pairs);
    const auto [last, end] = std::ranges::unique(pairs);
    pairs.erase(last, end);
    const Obstacles obstacles(layout);
    layout.routes.clear();
    for (const auto& [from, to] : pairs) {
        EdgeRoute route{ from, to };
        find_way(route, layout, obstacles);
        layout.routes.push_back(route);
    }
}

int nodes_crossed(const CircuitLayout& layout, const EdgeRoute& route)
{
    return crossed(layout, Obstacles(layout), route, 1'000'000);
}

} // namespace circuitloom
