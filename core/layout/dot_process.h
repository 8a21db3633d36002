#pragma once

#include "core/layout/dot_layout.h"

#include <iosfwd>
#include <string>
#include <string_view>

namespace circuitloom {

/// The program's argument that makes it such a process.
inline constexpr const char* dot_process_argument = "layout-dot";

/// A request as JSON, and its answer: what a process that runs dot reads and writes.
std::string dot_request_json(const DotRequest& request);
/// Throws InputError where the text is no answer, and ResourceError with the sentence in it where
/// it tells of a failure.
DotPlaces read_dot_answer(std::string_view text);

/// The whole work of that process: reads a request from `in`, answers on `out`, be it with a
/// failure's sentence. Limits the processor time that this process may take. Returns its exit code.
int run_dot_process(std::istream& in, std::ostream& out);

} // namespace circuitloom
