#include "core/analysis/layer_flow.h"

#include <cmath>
#include <cstddef>
#include <numeric>

namespace circuitloom {

LayerFlow::LayerFlow(int layers)
    : layers_(layers)
    , sums_(static_cast<std::size_t>(layers + 1) * static_cast<std::size_t>(layers + 1))
{
}

std::size_t LayerFlow::index(int source, int target) const
{
    return static_cast<std::size_t>(source) * static_cast<std::size_t>(layers_ + 1)
        + static_cast<std::size_t>(target);
}

double LayerFlow::total() const
{
    return std::accumulate(sums_.begin(), sums_.end(), 0.0);
}

double LayerFlow::share(int source, int target) const
{
    const double all = total();
    return all > 0 ? at(source, target) / all : 0.0;
}

void LayerFlow::add(const ComputationalGraph& graph, const Circuit& circuit)
{
    for (const ScoredEdge& scored : circuit) {
        const Edge& edge = graph.edge(scored.edge);
        const int source = graph.node(edge.source).layer + 1; // -1 is the input
        const Node& target = graph.node(edge.target);
        const int column = target.kind == NodeKind::logits ? layers_ : target.layer;
        sums_[index(source, column)] += std::abs(static_cast<double>(scored.score));
    }
}

} // namespace circuitloom
