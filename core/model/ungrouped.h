#pragma once

#include "core/model/transformer.h"

namespace circuitloom {

/// The same model with a key and a value of its own for every query head: those that heads share
/// are repeated, so it computes the same. Tools that know no grouped queries (EAP-IG, MIB) count
/// its edges. Every tensor but those of q, k and v is shared with `model`.
Transformer ungrouped(const Transformer& model);

} // namespace circuitloom
