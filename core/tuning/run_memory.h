#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace circuitloom {

/// Why a run that needs more bytes than `device` has available for it cannot begin, with both figures,
/// and the settings, as `--set` takes them, with which it could; none where there are none. What is
/// available is an equal part of what `sharers` processes have together.
std::string too_large(std::int64_t needed, std::int64_t available, const std::string& device,
    int sharers, std::span<const std::string> changes);

/// What to change in a run that ran out of memory, in a sentence: `changes` are settings, as
/// `--set` takes them, with which it needs less; none where there are none.
std::string needs_less_with(std::span<const std::string> changes);

/// What is said of a run that fits, but not where it comes to need `most`.
std::string may_grow(
    std::int64_t most, std::int64_t available, const std::string& device, int sharers);

} // namespace circuitloom
