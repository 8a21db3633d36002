#include "core/analysis/circuit_weights.h"

#include <algorithm>
#include <cmath>

namespace circuitloom {

double total_strength(const Circuit& circuit)
{
    double total = 0;
    for (const ScoredEdge& edge : circuit)
        total += std::abs(static_cast<double>(edge.score));
    return total;
}

CircuitWeights circuit_weights(const Circuit& circuit)
{
    const double total = total_strength(circuit);
    CircuitWeights weights;
    weights.reserve(circuit.size());
    for (const ScoredEdge& edge : circuit)
        weights.push_back({ edge.edge, total > 0 ? static_cast<double>(edge.score) / total : 0.0 });
    std::ranges::sort(weights, {}, &EdgeWeight::edge);
    return weights;
}

double weighted_distance(const CircuitWeights& a, const CircuitWeights& b)
{
    double sum = 0;
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() || right != b.end()) {
        if (right == b.end() || (left != a.end() && left->edge < right->edge))
            sum += std::abs((left++)->weight);
        else if (left == a.end() || right->edge < left->edge)
            sum += std::abs((right++)->weight);
        else
            sum += std::abs((left++)->weight - (right++)->weight);
    }
    return std::min(sum / 2, 1.0);
}

std::optional<double> weight_entropy(const CircuitWeights& weights)
{
    double entropy = 0;
    bool any = false;
    for (const EdgeWeight& edge : weights) {
        const double share = std::abs(edge.weight);
        if (share <= 0)
            continue;
        any = true;
        entropy -= share * std::log(share);
    }
    return any ? std::optional(std::max(entropy, 0.0)) : std::nullopt;
}

} // namespace circuitloom
