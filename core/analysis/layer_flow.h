#pragma once

#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"

#include <vector>

namespace circuitloom {

/// How much of circuits' strength runs from which layer to which: the sum of |s| over the edges
/// between two layers. Sources are the input and the layers, targets the layers and the logits.
class LayerFlow
{
public:
    explicit LayerFlow(int layers = 0);

    int layers() const { return layers_; }
    /// Source 0 is the input, source l + 1 layer l; target l is layer l, target layers() the
    /// logits.
    double at(int source, int target) const { return sums_[index(source, target)]; }
    /// Its part of the whole, 0…1; 0 where no edge has any strength.
    double share(int source, int target) const;
    double total() const;

    /// The circuit's edges, on top of what was added before. Each circuit counts as its scores do.
    void add(const ComputationalGraph& graph, const Circuit& circuit);

private:
    std::size_t index(int source, int target) const;

    int layers_;
    std::vector<double> sums_;
};

} // namespace circuitloom
