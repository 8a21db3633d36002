#pragma once

#include <vector>

namespace circuitloom::ui {

/// The numbers 0 … count − 1, each once, so that any beginning of the list is spread evenly over
/// them: the first and the last, then the middle, then the quarters, and so on. Each such level
/// rises, as models of a run are rebuilt forwards.
std::vector<int> coarse_to_fine(int count);

} // namespace circuitloom::ui
