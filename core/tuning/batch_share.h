#pragma once

#include "core/evaluation/scored_batch.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace circuitloom {

/// The batches that this process passes of a set of examples which several pass together.
struct BatchShare
{
    BatchShare() = default;
    /// All of it: of a process alone.
    explicit BatchShare(std::span<const ScoredBatch> whole);

    std::vector<ScoredBatch> batches; ///< may be none
    std::vector<std::int64_t> first; ///< which example of the set each batch's first one is
    std::vector<std::int64_t> batch_tokens; ///< of each batch, padding not counted
    std::size_t all_batches = 0; ///< of the whole set, also those that only others have a part of
    std::int64_t examples = 0; ///< of the whole set
    std::int64_t tokens = 0; ///< likewise, of all processes
};

/// The same set in smaller batches: of each at most `examples` (at least 1) at a time.
BatchShare in_parts(const BatchShare& batches,
    const std::function<std::int64_t(const ScoredBatch&)>& examples);

} // namespace circuitloom
