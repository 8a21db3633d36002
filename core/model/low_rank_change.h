#pragma once

#include "core/architecture/adapter.h"

#include <torch/types.h>

namespace circuitloom {

/// Adds scale · B A to the part of a weight that `change` is about: `part` is that part in the order
/// in which the checkpoint has it (in_stored_order()), [out, in] where `transposed`, else [in, out].
/// The product is made in float32, or in the type of `part` where that is larger. Throws as
/// fill_from_stored().
void add_low_rank_change(const torch::Tensor& part, bool transposed, const LowRankChange& change,
    const Adapter& adapter);

} // namespace circuitloom
