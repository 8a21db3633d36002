#pragma once

#include "core/run/process_place.h"
#include "core/run/run_config.h"

#include <cstdint>
#include <optional>
#include <string>

namespace circuitloom {

/// What of its machine a process prepares a run for. The configuration says what all processes of
/// a run do, and is what is stored of it; this is the process's own.
struct RunPlace
{
    std::string device; ///< in place of RunConfig::device; empty: that one
    int rank = 0; ///< which one of the processes this is
    int processes = 1; ///< that tune the model together
    int sharers = 1; ///< processes, this one among them, that share the device's memory
    /// Bytes that the device had free for all of these before any began; 0 where the system does
    /// not tell. Empty: asked when it is needed.
    std::optional<std::int64_t> free = {};

    const std::string& device_of(const RunConfig& config) const
    {
        return device.empty() ? config.device : device;
    }
};

/// The place of one of several processes on a machine with so many `cards`: where the
/// configuration says auto, each takes a card of its own, as far as there are.
RunPlace run_place(const RunConfig& config, const ProcessPlace& process, int cards);

} // namespace circuitloom
