#pragma once

#include <string>

namespace circuitloom {

/// One sentence for users on what the exception being handled means and what to do, without the
/// backtrace that LibTorch puts into its messages. Call it inside a catch block.
std::string failure_in_words();

} // namespace circuitloom
