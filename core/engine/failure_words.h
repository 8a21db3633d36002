#pragma once

#include <string>

namespace circuitloom {

/// failure_in_words() for a command that is no run: where memory ran out, `advice` (a sentence) says
/// what makes it need less, in place of what a run's settings could. Call it inside a catch block.
std::string failure_in_words(const std::string& advice);

} // namespace circuitloom
