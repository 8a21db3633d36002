#pragma once

#include "core/discovery/edge_attribution.h"
#include "core/graph/computational_graph.h"
#include "core/model/transformer.h"

#include <torch/types.h>

#include <functional>

namespace circuitloom {

/// The metric of one batch from Transformer::hidden(), or from its rows that predict a target
/// (MetricTail::hidden): a scalar with a gradient.
using BatchMetric = std::function<torch::Tensor(const torch::Tensor& hidden)>;

/// Gradients at the taps of a pass for models whose blocks lie in several processes, of which one is
/// here at a time: as tap_gradients(), the same bits, but the pass keeps no autograd graph. Each
/// block is computed anew from the last one to the first, as in RecomputedPass, for one more
/// forward pass; what the taps of all blocks hold stays.

/// tap_gradients() by a MetricTail: `taps` are those of a pass without gradients, `rows` those that
/// predict a target, from whose hidden states `metric` is taken.
TapGradients gradients_by_block(const Transformer& model, const ForwardTaps& taps,
    const torch::Tensor& rows, const BatchMetric& metric, const ComputationalGraph& graph);

/// Makes the pass over `ids` with `edits`, which fills `taps`, and gives tap_gradients() of it.
TapGradients gradients_by_block(const Transformer& model, const torch::Tensor& ids,
    const ForwardEdits& edits, ForwardTaps& taps, const BatchMetric& metric,
    const ComputationalGraph& graph);

} // namespace circuitloom
