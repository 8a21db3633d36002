#include "core/store/checkpoint_thinning.h"

#include <algorithm>
#include <cstddef>

namespace circuitloom {

namespace {

using Flags = std::vector<bool>;

bool is_counted(const KeptCheckpoint& one)
{
    return one.reason != CheckpointReason::best && one.reason != CheckpointReason::recent;
}

/// Of the counted ones the newest, the first at or after each of the places that share out the
/// run's steps evenly, and as many more of the newest as are left to `most`.
Flags spread_over_the_run(const std::vector<KeptCheckpoint>& all, int most, int steps)
{
    Flags kept(all.size());
    int left = most;
    const auto keep = [&](std::size_t index) {
        if (left > 0 && !kept[index]) {
            kept[index] = true;
            --left;
        }
    };
    const auto newest
        = static_cast<std::size_t>(std::ranges::find_if(all, is_counted) - all.begin());
    if (newest == all.size())
        return kept;
    keep(newest);
    for (std::int64_t place = 1; steps > 0 && place < most; ++place) {
        const std::int64_t beginning = place * steps / most;
        for (std::size_t i = all.size(); i-- > 0;)
            if (is_counted(all[i]) && all[i].step >= beginning) {
                keep(i);
                break;
            }
    }
    for (std::size_t i = newest; i < all.size(); ++i)
        if (is_counted(all[i]))
            keep(i);
    return kept;
}

} // namespace

std::vector<std::int64_t> checkpoints_to_drop(
    const std::vector<KeptCheckpoint>& all, const CheckpointPolicy& policy, int steps)
{
    const Flags spread = spread_over_the_run(all, policy.keep, steps);
    const auto best = std::ranges::find(all, CheckpointReason::best, &KeptCheckpoint::reason);
    const auto latest_best = static_cast<std::size_t>(best - all.begin());

    // Where there is no room for all, what comes first stays.
    std::vector<std::size_t> wanted;
    const auto want = [&](std::size_t index) {
        if (std::ranges::find(wanted, index) == wanted.end())
            wanted.push_back(index);
    };
    if (!all.empty())
        want(0);
    if (latest_best < all.size())
        want(latest_best);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].bookmarked)
            want(i);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (spread[i])
            want(i);

    Flags kept(all.size());
    std::int64_t total = 0;
    for (const std::size_t index : wanted) {
        const std::int64_t bytes = all[index].bytes;
        if (index > 0 && policy.limit > 0 && total + bytes > policy.limit)
            continue;
        kept[index] = true;
        total += bytes;
    }
    std::vector<std::int64_t> dropped;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!kept[i])
            dropped.push_back(all[i].id);
    return dropped;
}

} // namespace circuitloom
