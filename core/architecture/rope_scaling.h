#pragma once

#include <cstdint>
#include <vector>

namespace circuitloom {

enum class RopeKind
{
    unscaled,
    linear, ///< every angle divided by `factor`
    dynamic, ///< a larger base for texts longer than `original_positions` (NTK)
    yarn, ///< slow frequencies divided by `factor`, quick ones kept, a ramp over the pairs between
    longrope, ///< each pair's angle divided by a factor of its own
    llama3 ///< slow frequencies divided by `factor`, quick ones kept, a ramp over turns between
};

/// How the rotary angles of a model were stretched for longer texts than it was first trained on.
struct RopeScaling
{
    RopeKind kind = RopeKind::unscaled;
    double factor = 1;
    /// llama3, yarn: a frequency is slow (quick) where it turns less (more) often than this over
    /// `original_positions`.
    double slow_turns = 1;
    double quick_turns = 4;
    int original_positions = 0;
    /// The turned coordinates of q and of k are multiplied by it.
    double attention_factor = 1;
    bool whole_pairs = true; ///< yarn: the ramp begins and ends at whole pairs of coordinates
    /// longrope: one for each pair, in texts of up to `original_positions` and in longer ones.
    std::vector<double> short_factors = {};
    std::vector<double> long_factors = {};

    bool operator==(const RopeScaling&) const = default;
};

/// By what angle, in radians, each pair of the `turned` coordinates of a head turns from one
/// position to the next, in a text of `positions` tokens. The formulas are those of Hugging Face's
/// modeling_rope_utils, in double precision: arXiv 2104.09864 (unscaled), 2309.00071 (yarn),
/// 2402.13753 (longrope).
std::vector<double> rotary_frequencies(
    double theta, int turned, const RopeScaling& scaling, std::int64_t positions);

} // namespace circuitloom
