#pragma once

#include <cstddef>

namespace circuitloom {

/// A run with fewer iterations tells nothing of when it moved: a curve that stayed the same in it may
/// only not have begun to change.
inline constexpr std::size_t iterations_that_tell = 3;

} // namespace circuitloom
