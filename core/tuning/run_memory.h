#pragma once

#include <cstdint>
#include <string>

namespace circuitloom {

/// Throws InputError, with both figures and what to lower, where a run needs more bytes than
/// `device` has available; 0 available stands for a system that does not tell.
void require_memory(std::int64_t needed, std::int64_t available, const std::string& device);

} // namespace circuitloom
