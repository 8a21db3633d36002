#pragma once

#include "core/run/run_config.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// One setting of a sweep, and the values that it takes in turn.
struct SweepAxis
{
    std::string setting; ///< as in `circuit.top_n`
    std::vector<std::string> values; ///< as `--set` takes them
    bool operator==(const SweepAxis&) const = default;
};

/// One run of a sweep.
struct SweepRun
{
    RunConfig config; ///< named after what it differs in
    std::vector<std::string> values; ///< of each axis
};

inline constexpr std::size_t most_sweep_runs = 10'000;

/// Reads `setting=10,30,100`, or a range with both ends: `setting=10..90+20` adds, `1e-4..1e-1*10`
/// multiplies. Throws InputError naming what it may be.
SweepAxis parse_sweep_axis(std::string_view text);

/// Every combination of the axes' values, the last axis fastest, each with `seeds` seeds s, s + 1, …
/// where s is that of `base`. Throws InputError where a setting is unknown or named twice, a value
/// out of its range, or there are more than most_sweep_runs.
std::vector<SweepRun> sweep_runs(
    const RunConfig& base, std::span<const SweepAxis> axes, int seeds);

} // namespace circuitloom
