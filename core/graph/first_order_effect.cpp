#include "core/graph/first_order_effect.h"

#include <algorithm>

namespace circuitloom {

FirstOrderEffect first_order_effect(const Circuit& circuit, const std::vector<bool>& ablated)
{
    FirstOrderEffect effect;
    for (const ScoredEdge& scored : circuit)
        if (ablated.at(static_cast<std::size_t>(scored.edge.value))) {
            effect.fall += static_cast<double>(scored.score);
            ++effect.scored;
        }
    effect.unscored = static_cast<int>(std::ranges::count(ablated, true)) - effect.scored;
    return effect;
}

} // namespace circuitloom
