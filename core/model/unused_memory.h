#pragma once

#include <torch/types.h>

namespace circuitloom {

/// Gives back to the system what the C library keeps of memory that nothing holds any more, and for
/// a card what LibTorch keeps of the card's.
void release_unused_memory(torch::Device device);

} // namespace circuitloom
