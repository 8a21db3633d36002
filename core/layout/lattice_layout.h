#pragma once

#include "core/graph/computational_graph.h"
#include "core/layout/circuit_layout.h"

namespace circuitloom {

/// Layers from bottom (`input`) to top (`logits`); in a layer the heads in a row below and its MLP
/// or neuron groups in a row (or several, where they are many) above.
CircuitLayout lattice_layout(const ComputationalGraph& graph);

} // namespace circuitloom
