#pragma once

#include <string>

namespace circuitloom {

/// What the exception under way means for a run: one sentence that says what to do. Call it where
/// an exception is being handled.
std::string failure_in_words();

} // namespace circuitloom
