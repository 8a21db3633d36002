#pragma once

#include "core/run/run_estimate.h"

#include <cstdint>
#include <span>
#include <string>

namespace circuitloom {

/// Whether a run fits into memory.
enum class MemoryFit
{
    fits, ///< whatever its circuits open, as far as is known
    first_circuit, ///< until its circuits open more
    none
};

/// `available` is in bytes; 0 where the system does not tell, and then every run fits.
MemoryFit memory_fit(const RunEstimate& estimate, std::int64_t available);

/// Why a run that needs more bytes than `device` has available for it cannot begin, with both figures,
/// and the settings, as `--set` takes them, with which it could; none where there are none. What is
/// available is an equal part of what `sharers` processes have together.
std::string too_large(std::int64_t needed, std::int64_t available, const std::string& device,
    int sharers, std::span<const std::string> changes);

/// What is said of a run that fits, but not where it comes to need `most`.
std::string may_grow(
    std::int64_t most, std::int64_t available, const std::string& device, int sharers);

} // namespace circuitloom
