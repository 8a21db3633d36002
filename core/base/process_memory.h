#pragma once

#include <cstdint>

namespace circuitloom {

/// Bytes of main memory: in all, and those that the system calls available.
std::int64_t total_memory();
std::int64_t available_memory();
/// Bytes of main memory that this process holds now, and the most it has held.
std::int64_t resident_memory();
std::int64_t peak_resident_memory();
/// Makes the peak count from now on, where the system allows that.
void restart_peak_resident_memory();

} // namespace circuitloom
