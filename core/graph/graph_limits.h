#pragma once

namespace circuitloom {

/// No model has more layers, or heads in a layer: a GraphShape from a file that says so is refused.
inline constexpr int most_layers_or_heads = 10'000;

} // namespace circuitloom
