#pragma once

#include <string>

namespace circuitloom {

/// One sentence for users on what the exception being handled means for a run and what to do. Call
/// it inside a catch block.
std::string failure_in_words();

} // namespace circuitloom
