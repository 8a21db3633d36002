#pragma once

#include "core/tasks/encoded_task.h"

#include <torch/types.h>

#include <span>
#include <vector>

namespace circuitloom {

/// Examples of a task as tensors, padded at the end.
struct ScoredBatch
{
    torch::Tensor ids; ///< int64, [batch, position]
    torch::Tensor mask; ///< bool, [batch, position]: true where a token is, false in padding
    /// The corrupted prompts, int64, [batch, position]; undefined unless every example has one.
    torch::Tensor corrupted_ids;
    /// For each scored target, flattened over examples:
    torch::Tensor row; ///< int64, [target]: index into the flattened [batch · position]
    torch::Tensor target; ///< int64, [target]: token id
    torch::Tensor alternative; ///< int64, [target]: token id; -1 where the target has none
    /// [target]: 1 / (batch · targets of its example); sums to 1. In float32 or better.
    torch::Tensor weight;
    /// The rows in which a target is scored, each once, int64, ascending.
    torch::Tensor scored_row;
    /// The rows that predict a token of the texts, all but the last of each example: int64, [token],
    /// indices as above, and the tokens that come there.
    torch::Tensor text_row;
    torch::Tensor text_next;
    bool all_alternatives = true; ///< every target has an alternative
    std::int64_t examples = 0;
    // On the host, so that nothing has to be asked of the device:
    std::vector<std::int64_t> lengths; ///< tokens of each example
    std::vector<std::int64_t> targets; ///< how many each example has
    std::vector<std::int64_t> rows; ///< as `row`

    std::int64_t tokens() const; ///< padding not counted
};

/// The same texts with targets [first, first + count) alone, which keep their weights.
ScoredBatch targets_of(const ScoredBatch& batch, std::int64_t first, std::int64_t count);
/// The same of what is kept for each target of a batch, [target, …]; undefined where that is.
torch::Tensor targets_of(const torch::Tensor& kept, std::int64_t first, std::int64_t count);

/// Where the targets of examples [first, first + count) lie among those of the batch.
struct TargetRange
{
    std::int64_t first = 0;
    std::int64_t count = 0;
};
TargetRange targets_of_examples(const ScoredBatch& batch, std::int64_t first, std::int64_t count);

/// Examples [first, first + count) of the batch, as a batch of their own.
ScoredBatch examples_of(const ScoredBatch& batch, std::int64_t first, std::int64_t count);

/// Throws InputError where `examples` is empty. `dtype` is the model's.
ScoredBatch make_batch(
    std::span<const EncodedExample* const> examples, torch::Device device, torch::Dtype dtype);

} // namespace circuitloom
