#include "core/tuning/batch_share.h"

namespace circuitloom {

BatchShare::BatchShare(std::span<const ScoredBatch> whole)
    : batches(whole.begin(), whole.end())
{
    for (const ScoredBatch& batch : batches) {
        first.push_back(examples);
        examples += batch.examples;
        batch_tokens.push_back(batch.mask.sum().item<std::int64_t>());
        tokens += batch_tokens.back();
    }
}

} // namespace circuitloom
