#include "core/tuning/batch_share.h"

#include <algorithm>
#include <cstddef>

namespace circuitloom {

BatchShare::BatchShare(std::span<const ScoredBatch> whole)
    : batches(whole.begin(), whole.end())
    , all_batches(whole.size())
{
    for (const ScoredBatch& batch : batches) {
        first.push_back(examples);
        examples += batch.examples;
        batch_tokens.push_back(batch.tokens());
        tokens += batch_tokens.back();
    }
}

BatchShare in_parts(const BatchShare& batches,
    const std::function<std::int64_t(const ScoredBatch&)>& examples)
{
    BatchShare parts;
    parts.all_batches = batches.all_batches;
    parts.examples = batches.examples;
    parts.tokens = batches.tokens;
    for (std::size_t i = 0; i < batches.batches.size(); ++i) {
        const ScoredBatch& batch = batches.batches[i];
        const std::int64_t at_once = examples(batch);
        for (std::int64_t first = 0; first < batch.examples; first += at_once) {
            parts.batches.push_back(
                examples_of(batch, first, std::min(at_once, batch.examples - first)));
            parts.batch_tokens.push_back(parts.batches.back().tokens());
            parts.first.push_back(batches.first[i] + first);
        }
    }
    return parts;
}

} // namespace circuitloom
