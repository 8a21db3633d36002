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

/// The values that are written as a list, `10, 30, 100`, or as a range with both ends: `10..90+20`
/// and `10..90 step 20` add, `1e-4..1e-1*10` and `1e-4..1e-1 times 10` multiply. Throws InputError
/// that begins with the setting and says what it may be.
SweepAxis sweep_axis(std::string_view setting, std::string_view values);
/// Reads `setting=VALUES`.
SweepAxis parse_sweep_axis(std::string_view text);

/// The same as text, as parse_sweep_axis() reads it.
std::string axis_text(const SweepAxis& axis);

/// Every combination of the axes' values, the last axis fastest, each with `seeds` seeds s, s + 1, …
/// where s is that of `base`. Throws InputError, which begins with a setting where it is about one,
/// where a setting is unknown or named twice, a value out of its range or there twice (as 0.001 and
/// 1e-3 are), or there are more than most_sweep_runs.
std::vector<SweepRun> sweep_runs(
    const RunConfig& base, std::span<const SweepAxis> axes, int seeds);

} // namespace circuitloom
