#pragma once

#include "core/discovery/block_gradients.h"
#include "core/discovery/edge_attribution.h"
#include "core/model/transformer.h"
#include "core/run/discovery_options.h"

namespace circuitloom {

/// Adds `weight` times the scores of one batch by `eap-ig` (arXiv 2403.17806): gradients averaged
/// over m points between the baseline and the clean input (m is `options.integration_steps`), which
/// are k / m of the way with the k of `options.points`.
///
/// With IntegrationPath::inputs the embedding goes that way and everything follows from it: as m
/// grows, the scores out of `input` at all positions add up to the metric's change when the
/// embedding is replaced.
///
/// With the other two, what one layer's heads, or its MLP, or the embedding write goes that way
/// while all before stays clean; each of these ways has m points. With IntegrationPath::activations
/// a score is the mean over the points of all ways. With IntegrationPath::outputs it is the mean
/// over the points of the way on which its own writer moves, so that the scores out of those nodes
/// add up to the metric's change when their outputs are replaced.
///
/// `clean` are the taps of the clean pass, `rows` the scored rows.
void add_integrated_gradients(EdgeScores& scores, const Transformer& model,
    const ComputationalGraph& graph, const torch::Tensor& ids, const ForwardTaps& clean,
    const BaselineActivations& baseline, const BatchMetric& metric, const torch::Tensor& rows,
    const DiscoveryOptions& options, double weight);

} // namespace circuitloom
