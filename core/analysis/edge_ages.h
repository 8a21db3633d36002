#pragma once

#include "core/graph/circuit.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

namespace circuitloom {

/// For every iteration of a run how long each of its edges has been in the circuit without a
/// break. Two bytes an edge and iteration.
class EdgeAges
{
public:
    /// The next iteration's circuit.
    void add(const Circuit& circuit);

    /// How many were added.
    int iterations() const { return static_cast<int>(ages_.size()); }
    /// Of the edges of that iteration's circuit, in its order, in iterations: 0 for an edge that
    /// the circuit before did not have, and at most 65,535. Empty where it was not added.
    std::vector<int> at(int iteration) const;

    /// The first and the last iteration, so far, whose circuit has an edge.
    struct Span
    {
        int first = 0;
        int last = 0;
        bool operator==(const Span&) const = default;
    };
    /// Empty for an edge that was never in.
    std::optional<Span> span(EdgeId edge) const;
    /// The share of the iterations so far, 0…1, whose circuit has an edge. Empty where there are
    /// none.
    std::optional<double> inclusion(EdgeId edge) const;
    /// Of any of the edges that count, such as all of a node. Asks once for every edge that was
    /// ever in.
    std::optional<Span> span(const std::function<bool(EdgeId)>& counts) const;

private:
    struct Stay
    {
        int first_ever = 0;
        int since = 0;
        int last = 0;
        int iterations = 0;
    };

    std::vector<std::vector<std::uint16_t>> ages_;
    std::unordered_map<EdgeId, Stay> stays_;
};

} // namespace circuitloom
