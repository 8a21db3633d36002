#include "core/analysis/dynamics.h"

#include "core/analysis/circuit_diff.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace circuitloom {

namespace {

template <class T>
int count(const std::vector<T>& items)
{
    return static_cast<int>(items.size());
}

CircuitChange change_of(const CircuitDiff& diff)
{
    CircuitChange change;
    change.edges_kept = count(diff.edges.kept);
    change.edges_entered = count(diff.edges.entered);
    change.edges_left = count(diff.edges.left);
    change.edges_turned = diff.turned;
    change.nodes_kept = count(diff.nodes.kept);
    change.nodes_entered = count(diff.nodes.entered);
    change.nodes_left = count(diff.nodes.left);
    const int edges = change.edges_kept + change.edges_entered;
    change.turnover = edges > 0 ? static_cast<double>(change.edges_entered) / edges : 0.0;
    change.edge_jaccard = diff.edges.jaccard();
    change.node_jaccard = diff.nodes.jaccard();
    change.rank_correlation = diff.rank_correlation;
    change.strength_correlation = diff.strength_correlation;
    change.distance = diff.distance;
    return change;
}

std::vector<CircuitWeights> weights_of(const std::vector<Circuit>& circuits)
{
    std::vector<CircuitWeights> weights;
    for (const Circuit& circuit : circuits)
        weights.push_back(circuit_weights(circuit));
    return weights;
}

/// A mean of values that come one at a time.
class Mean
{
public:
    void add(double value)
    {
        sum_ += value;
        ++count_;
    }
    std::optional<double> value() const
    {
        return count_ > 0 ? std::optional(sum_ / count_) : std::nullopt;
    }

private:
    double sum_ = 0;
    int count_ = 0;
};

std::optional<double> mean_within(const std::vector<CircuitWeights>& circuits)
{
    Mean mean;
    for (std::size_t i = 0; i < circuits.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            mean.add(weighted_distance(circuits[i], circuits[j]));
    return mean.value();
}

double share_present(const std::vector<EdgeId>& wanted, const CircuitWeights& circuit)
{
    if (wanted.empty())
        return 1;
    std::size_t found = 0;
    for (const EdgeWeight& edge : circuit)
        found += std::ranges::binary_search(wanted, edge.edge);
    return static_cast<double>(found) / static_cast<double>(wanted.size());
}

} // namespace

EndDistances end_distances(const RunEnds& ends)
{
    const auto first = weights_of(ends.first);
    const auto last = weights_of(ends.last);
    Mean between;
    for (const CircuitWeights& from : first)
        for (const CircuitWeights& to : last)
            between.add(weighted_distance(from, to));
    return { mean_within(first), mean_within(last), between.value() };
}

CircuitDynamics::CircuitDynamics(
    const ComputationalGraph& graph, const RunEnds& ends, int window, int parts)
    : graph_(graph)
    , components_(graph)
    , first_(weights_of(ends.first))
    , last_(weights_of(ends.last))
    , last_number_(ends.iterations - count(ends.last))
    , lives_(window)
    , courses_(ends.iterations, parts)
    , flow_(graph.shape().layers)
{
    if (!last_.empty())
        for (const EdgeWeight& edge : last_.back())
            final_.push_back(edge.edge);
}

std::optional<double> CircuitDynamics::distance_to(
    const std::vector<CircuitWeights>& others, int number, const CircuitWeights& newest) const
{
    Mean mean;
    for (const CircuitWeights& other : others)
        if (number++ != added_)
            mean.add(weighted_distance(other, newest));
    return mean.value();
}

std::optional<double> CircuitDynamics::position(const CircuitWeights& newest) const
{
    const auto to_first = distance_to(first_, 0, newest);
    const auto to_last = distance_to(last_, last_number_, newest);
    if (!to_first || !to_last || *to_first + *to_last == 0)
        return std::nullopt;
    return *to_first / (*to_first + *to_last);
}

IterationDynamics CircuitDynamics::add(int step, const Circuit& circuit)
{
    IterationDynamics found;
    found.iteration = added_;
    found.step = step;
    found.edges = count(circuit);
    const CircuitDiff diff = circuit_diff(graph_, components_, previous_, circuit);
    found.nodes = count(diff.nodes.kept) + count(diff.nodes.entered);
    if (added_ > 0)
        found.change = change_of(diff);
    const CircuitWeights weights = circuit_weights(circuit);
    found.final_share = share_present(final_, weights);
    found.strength = total_strength(circuit);
    found.entropy = weight_entropy(weights);
    if (found.entropy && circuit.size() > 1)
        found.evenness
            = std::min(*found.entropy / std::log(static_cast<double>(circuit.size())), 1.0);
    found.lives = lives_.add(circuit);
    found.position = position(weights);
    courses_.add(circuit);
    flow_.add(graph_, circuit);
    previous_ = circuit;
    ++added_;
    return found;
}

int circuits_of_an_end(int iterations, int window)
{
    return std::min(window, iterations / 2);
}

} // namespace circuitloom
