#pragma once

#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"
#include "core/store/stored_certainty.h"

#include <limits>

namespace circuitloom {

/// What an edge feeds.
struct EdgeKinds
{
    bool query = true;
    bool key = true;
    bool value = true;
    bool mlp = true; ///< neuron groups as well
    bool logits = true;
    bool includes(NodeKind target) const;
    bool operator==(const EdgeKinds&) const = default;
};

/// Which edges of a circuit are looked at. First everything that concerns an edge by itself
/// (threshold, kinds, layers, change); of what that leaves the strongest, by number and by share;
/// of those, last, the connected ones.
struct CircuitFilter
{
    enum class Change
    {
        all,
        entered, ///< not in the reference
        left ///< in the reference, but no longer in the circuit
    };

    int strongest = 0; ///< so many; 0 for all
    double share
        = 1; ///< as many as together hold this share, 0…1, of the sum of |score|; 1 for all
    double threshold = 0; ///< |score| at least, in units of the metric
    /// Share of the resamples that must have the edge, 0…1; 0 for all edges.
    double inclusion = 0;
    bool connected = false; ///< only edges on a path from `input` to `logits`, over edges shown
    EdgeKinds kinds;
    int first_layer = 0; ///< an end without a layer, `input` or `logits`, is in any range
    int last_layer = std::numeric_limits<int>::max();
    Change change = Change::all; ///< all where there is no reference

    bool operator==(const CircuitFilter&) const = default;
};

/// Both strongest first.
struct FilteredCircuit
{
    Circuit shown; ///< edges of the circuit
    Circuit left; ///< edges of the reference that the circuit lacks
    int hidden = 0; ///< edges of the circuit that are not shown
};

/// `reference` may be empty: then nothing entered or left. The edges that left are chosen from the
/// reference as those shown are from the circuit. `certain` are the circuit's own; what it lacks,
/// as all where the circuit was not resampled, passes whatever `filter.inclusion` is.
FilteredCircuit filter_circuit(const ComputationalGraph& graph, const Circuit& circuit,
    const Circuit& reference, const CircuitFilter& filter, const CertainEdges& certain = {});

} // namespace circuitloom
