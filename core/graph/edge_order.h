#pragma once

#include "core/graph/circuit.h"

#include <algorithm>
#include <cmath>

namespace circuitloom {

/// Whether an edge of strength `strength` stands before another one, strongest first; of two that
/// are as strong the one with the lower number.
template <class Strength>
bool ranks_before(Strength strength, EdgeId edge, Strength other_strength, EdgeId other)
{
    return strength != other_strength ? strength > other_strength : edge < other;
}

/// The order of a Circuit: by |score|.
inline Circuit strongest_first(Circuit circuit)
{
    std::ranges::sort(circuit, [](const ScoredEdge& a, const ScoredEdge& b) {
        return ranks_before(std::abs(a.score), a.edge, std::abs(b.score), b.edge);
    });
    return circuit;
}

/// By edge number, as files store it and as two circuits are compared.
inline Circuit by_edge(Circuit circuit)
{
    std::ranges::sort(circuit, {}, &ScoredEdge::edge);
    return circuit;
}

} // namespace circuitloom
