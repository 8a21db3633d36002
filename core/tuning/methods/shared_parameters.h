#pragma once

#include "core/model/transformer.h"
#include "core/run/run_config.h"
#include "core/tuning/parameter_mask.h"

namespace circuitloom {

/// The parameters outside the blocks' matrices that `config` opens whatever else is open.
ParameterMask::Shared shared_parameters(const RunConfig& config);

/// Has LibTorch give the gradients of these parameters and of no others. Those of the blocks'
/// matrices follow from the taps, so that LibTorch's own ones of whole parameters would be wasted.
void require_gradients_of_shared(Transformer& model, const RunConfig& config);

} // namespace circuitloom
