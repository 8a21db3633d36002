#pragma once

#include "core/model/transformer.h"

#include <torch/types.h>

#include <cstdint>
#include <functional>

namespace circuitloom {

/// Logits that are held at a time: with their gradient and what becomes of them, a few times 64 MiB
/// in float32.
inline constexpr std::int64_t logits_at_once = std::int64_t{ 1 } << 24;

/// A scalar, summed over some rows, from their logits ([row, vocabulary], in float32 or better). The
/// first of these is row `first` of all that are summed over. Called with and without gradients.
using RowsTerm = std::function<torch::Tensor(const torch::Tensor& logits, std::int64_t first)>;

/// `term` summed over `rows` (int64) of the flattened [batch · position] of `hidden`, which is what
/// Transformer::hidden() gave; a scalar, differentiable once. However many rows there are, logits of
/// at most `at_once` entries are held, of one row at least: where there are more, their gradients
/// are formed here, a part after the other.
torch::Tensor sum_over_rows(const Transformer& model, const torch::Tensor& hidden,
    const torch::Tensor& rows, const RowsTerm& term, std::int64_t at_once = logits_at_once);

} // namespace circuitloom
