#pragma once

#include "core/base/random.h"
#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <numeric>
#include <vector>

namespace circuitloom::testing {

/// GPT-2 small's sizes with whole MLPs: 32,491 edges.
inline std::shared_ptr<const ComputationalGraph> twelve_layers()
{
    return std::make_shared<const ComputationalGraph>(
        GraphShape{ 12, 12, 12, 3072 }, GraphOptions{ GraphKind::full, 0 });
}

/// The demo model's graph.
inline std::shared_ptr<const ComputationalGraph> demo_graph()
{
    return std::make_shared<const ComputationalGraph>(
        GraphShape{ 4, 8, 8, 512 }, GraphOptions{ GraphKind::full, 32 });
}

/// Edges of these names, each weaker than the one before.
inline Circuit circuit_of(const ComputationalGraph& graph, std::initializer_list<const char*> names)
{
    Circuit circuit;
    for (const char* name : names)
        circuit.push_back(
            { *graph.find_edge(name), 1.0F / static_cast<float>(circuit.size() + 1) });
    return circuit;
}

/// Different edges in the order given, with scores of both signs that fall as those of real
/// circuits do: a few strong ones, many weak.
inline Circuit scored(const std::vector<std::int32_t>& edges, Random& random)
{
    Circuit circuit;
    for (const std::int32_t edge : edges) {
        const double size = std::pow(1.0 + static_cast<double>(circuit.size()), -0.6)
            * (0.9 + 0.1 * random.unit());
        circuit.push_back({ { edge }, static_cast<float>(random.chance(0.3) ? -size : size) });
    }
    std::stable_sort(circuit.begin(), circuit.end(), [](const ScoredEdge& a, const ScoredEdge& b) {
        return std::abs(a.score) > std::abs(b.score);
    });
    return circuit;
}

/// Circuits of `edges` edges at two iterations: a tenth of the first is not in the second.
inline std::vector<Circuit> two_circuits(const ComputationalGraph& graph, int edges)
{
    Random random(7);
    std::vector<std::int32_t> all(graph.edges().size());
    std::iota(all.begin(), all.end(), 0);
    random.shuffle(all);
    const auto count = static_cast<std::ptrdiff_t>(edges);
    const std::vector<std::int32_t> first(all.begin(), all.begin() + count);
    const std::vector<std::int32_t> second(
        all.begin() + count / 10, all.begin() + count + count / 10);
    return { scored(first, random), scored(second, random) };
}

} // namespace circuitloom::testing
