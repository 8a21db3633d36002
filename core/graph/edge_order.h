#pragma once

#include "core/base/error.h"
#include "core/graph/circuit.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

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

/// The `n` edges of greatest |score|, strongest first; all where there are fewer. `scores` has one
/// entry per edge. Throws Error where a score is not finite.
inline Circuit strongest_edges(std::span<const float> scores, std::size_t n)
{
    if (!std::ranges::all_of(scores, [](float score) { return std::isfinite(score); }))
        throw Error("The edge scores are not finite, so no edge is the strongest.");
    Circuit circuit(scores.size());
    for (std::size_t e = 0; e < scores.size(); ++e)
        circuit[e] = { { static_cast<std::int32_t>(e) }, scores[e] };
    circuit = strongest_first(std::move(circuit));
    circuit.resize(std::min(n, circuit.size()));
    return circuit;
}

/// By edge number, as files store it and as two circuits are compared.
inline Circuit by_edge(Circuit circuit)
{
    std::ranges::sort(circuit, {}, &ScoredEdge::edge);
    return circuit;
}

} // namespace circuitloom
