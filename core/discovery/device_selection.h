#pragma once

#include "core/graph/circuit.h"
#include "core/run/discovery_options.h"

#include <torch/types.h>

namespace circuitloom {

/// What strongest_on_device() found, on the device of the scores.
struct StrongestEdges
{
    torch::Tensor edge; ///< int64, [n]: edge numbers
    torch::Tensor score; ///< float32, [n]
    torch::Tensor finite; ///< bool, scalar: whether all the scores are, of every edge
};

/// Whether strongest_on_device() and circuit_of() choose what select_edges() chooses by these options.
bool selects_on_device(const SelectionOptions& options);

/// The `n` strongest of `scores` ([edge], float32), all where there are fewer: by |s|, or by s where
/// `by_signed_score` is set; ties go to the lower edge number. Nothing is copied to the host. Beside
/// the scores it holds at most some hundred MB, however many edges there are.
StrongestEdges strongest_on_device(const torch::Tensor& scores, int n, bool by_signed_score);

/// Their circuit, strongest |score| first, from the three tensors on the CPU. Throws Error where a
/// score was not finite.
Circuit circuit_of(const StrongestEdges& on_cpu);

} // namespace circuitloom
