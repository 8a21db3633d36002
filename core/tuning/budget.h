#pragma once

#include "core/run/engine.h"

#include <cstdint>

namespace circuitloom {

struct BudgetMatch
{
    RunConfig config; ///< with the N, the rank or the share that was found
    std::int64_t expected = 0; ///< entries that it opens
};

/// Chooses selection.n (for the methods circuit, fixed and random), lora_rank or mask_share so that a
/// run opens about `entries` parameters on average; the share is exact. Circuits are reckoned with the scores that the untouched
/// model gives its first few steps' examples, so that a fixed circuit comes as near as whole edges
/// allow, and one that changes later may drift. Throws InputError where nothing can be chosen.
/// Needs LibTorch, but its header does not.
BudgetMatch match_budget(const RunConfig& config, double entries, RunObserver& observer);

} // namespace circuitloom
