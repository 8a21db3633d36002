#pragma once

#include "core/store/records.h"

#include <cstdint>
#include <vector>

namespace circuitloom {

/// What decides whether a checkpoint stays.
struct KeptCheckpoint
{
    std::int64_t id = 0; ///< in the order in which they were written
    int step = 0;
    CheckpointReason reason = CheckpointReason::every;
    std::int64_t bytes = 0;
    bool bookmarked = false; ///< the nearest one at or before an iteration with a bookmark
};

/// The checkpoints that go, of one run that is to take so many steps (0: nobody knows). `all` is
/// sorted, newest first.
///
/// The newest stays, the newest of reason `best`, and those of bookmarks. Of those that are neither
/// `best` nor `recent` there stay `policy.keep`: the newest, and the others spread evenly over the
/// run's steps, so that no iteration is far from one. Where policy.limit leaves no room for all, the
/// oldest of the spread ones go first, then those of bookmarks, then the best.
std::vector<std::int64_t> checkpoints_to_drop(
    const std::vector<KeptCheckpoint>& all, const CheckpointPolicy& policy, int steps);

} // namespace circuitloom
