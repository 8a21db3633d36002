#include "ui/dynamics/alluvial_flow.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace circuitloom::ui {

namespace {

using Moment = std::set<EdgeId>;

// Out stands below the groups.
std::size_t place_of(int group)
{
    const int place = group + 1;
    return static_cast<std::size_t>(place);
}

} // namespace

AlluvialFlow alluvial_flow(const ScoreBlocks& blocks, const std::vector<int>& moments, int groups,
    const std::function<int(EdgeId)>& group_of)
{
    AlluvialFlow flow;
    flow.moments = moments;
    flow.groups = groups;
    std::vector<Moment> present;
    std::map<EdgeId, int> all;
    for (const int moment : moments) {
        Moment& edges = present.emplace_back();
        for (const RowScore& row : rows_at(blocks, moment)) {
            edges.insert({ row.row });
            all.emplace(EdgeId{ row.row }, 0);
        }
    }
    for (auto& [edge, group] : all)
        group = group_of(edge);
    flow.edges = static_cast<int>(all.size());

    const std::size_t places = static_cast<std::size_t>(groups) + 1;
    std::vector<std::vector<double>> bottoms; // of each place at each moment
    for (std::size_t m = 0; m < moments.size(); ++m) {
        std::vector<std::vector<EdgeId>> edges(places);
        for (const auto& [edge, group] : all)
            edges[place_of(present[m].contains(edge) ? group : AlluvialFlow::out)].push_back(edge);
        double bottom = 0;
        std::vector<double>& starts = bottoms.emplace_back();
        for (std::size_t place = 0; place < places; ++place) {
            starts.push_back(bottom);
            const auto count = static_cast<double>(edges[place].size());
            if (count > 0)
                flow.blocks.push_back(
                    { m, static_cast<int>(place) - 1, std::move(edges[place]), bottom });
            bottom += count;
        }
    }
    for (std::size_t m = 0; m + 1 < moments.size(); ++m) {
        std::map<std::pair<int, int>, std::vector<EdgeId>> ways;
        for (const auto& [edge, group] : all) {
            const int from = present[m].contains(edge) ? group : AlluvialFlow::out;
            const int to = present[m + 1].contains(edge) ? group : AlluvialFlow::out;
            if (from != AlluvialFlow::out || to != AlluvialFlow::out)
                ways[{ from, to }].push_back(edge);
        }
        // By the group they come from, then by the one they go to; and the other way round at the
        // other end.
        std::vector<double> before = bottoms[m];
        std::vector<double> after = bottoms[m + 1];
        for (auto& [way, edges] : ways) {
            const auto count = static_cast<double>(edges.size());
            flow.ribbons.push_back({ m, way.first, way.second, std::move(edges),
                before[place_of(way.first)], after[place_of(way.second)] });
            before[place_of(way.first)] += count;
            after[place_of(way.second)] += count;
        }
    }
    return flow;
}

} // namespace circuitloom::ui
