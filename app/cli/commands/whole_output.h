#pragma once

namespace circuitloom {

/// Whether everything that was printed has arrived on the standard output; where it has not, the
/// standard error says so in the name of `program`.
bool whole_output(const char* program);

} // namespace circuitloom
