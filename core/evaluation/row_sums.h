#pragma once

#include "core/run/held_at_once.h"
#include "core/model/transformer.h"

#include <torch/types.h>

#include <cstdint>
#include <functional>

namespace circuitloom {

/// A scalar, summed over some rows, from their logits ([row, vocabulary], in float32 or better). The
/// first of these is row `first` of all that are summed over. Called with and without gradients.
using RowsTerm = std::function<torch::Tensor(const torch::Tensor& logits, std::int64_t first)>;

/// `term` summed over `rows` (int64) of the flattened [batch · position] of `hidden`, which is what
/// Transformer::hidden() gave; a scalar, differentiable once. However many rows there are, logits of
/// at most `at_once` entries are held, of one row at least: where there are more, their gradients
/// are formed here, a part after the other.
torch::Tensor sum_over_rows(const Transformer& model, const torch::Tensor& hidden,
    const torch::Tensor& rows, const RowsTerm& term, std::int64_t at_once = logits_at_once);

/// The same over rows that are picked already, [row, d_model].
torch::Tensor sum_over_picked(const Transformer& model, const torch::Tensor& picked,
    const RowsTerm& term, std::int64_t at_once = logits_at_once);

} // namespace circuitloom
