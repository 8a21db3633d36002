#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace circuitloom {

/// Why a run that needs more bytes than `device` has available cannot begin, with both figures, and
/// the settings, as `--set` takes them, with which it could; none where there are none.
std::string too_large(std::int64_t needed, std::int64_t available, const std::string& device,
    std::span<const std::string> changes);

/// What is said of a run that fits, but not where it comes to need `most`.
std::string may_grow(std::int64_t most, std::int64_t available, const std::string& device);

} // namespace circuitloom
