#include "core/graph/entered_edges.h"

#include <algorithm>
#include <unordered_set>

namespace circuitloom {

int entered_edges(const Circuit& now, const Circuit& before)
{
    std::unordered_set<EdgeId> known;
    for (const ScoredEdge& scored : before)
        known.insert(scored.edge);
    return static_cast<int>(std::ranges::count_if(
        now, [&known](const ScoredEdge& scored) { return !known.contains(scored.edge); }));
}

} // namespace circuitloom
