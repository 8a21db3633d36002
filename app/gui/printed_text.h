#pragma once

namespace circuitloom {

/// Prints `text` on the standard output. Returns the program's exit code: 1, with a sentence on the
/// standard error, where not all of it arrives.
int print_whole(const char* text);

} // namespace circuitloom
