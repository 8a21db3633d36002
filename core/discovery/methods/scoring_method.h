#pragma once

#include "core/discovery/edge_discovery.h"
#include "core/discovery/set_scoring.h"

namespace circuitloom {

/// One way of scoring edges; each is a file of this folder, and its row in attribution_methods says
/// what it is called. A method has no state, so one object of it serves everybody.
class ScoringMethod
{
public:
    virtual ~ScoringMethod() = default;
    /// Scores every edge of `graph`, as discover_edges() describes it. `examples` is not empty.
    virtual DiscoveredEdges score(Transformer& model, const ComputationalGraph& graph,
        std::span<const EncodedExample> examples, const DiscoveryPlan& plan) const = 0;
};

/// Everything that the scores of one batch follow from.
struct BatchToScore
{
    const Transformer& model;
    const ComputationalGraph& graph;
    const DiscoveryOptions& options;
    const CleanPass& clean;
    const BaselineActivations& baseline;
};

/// A method that scores batch by batch from the clean pass, by gradients of the metric. The steps
/// of a training can use it, for their own pass then serves the scores too.
class GradientMethod : public ScoringMethod
{
public:
    DiscoveredEdges score(Transformer& model, const ComputationalGraph& graph,
        std::span<const EncodedExample> examples, const DiscoveryPlan& plan) const final;

    /// Whether its gradients are those at the clean input, wherever the baseline lies. If so, the
    /// clean pass must keep its autograd graph, which is there for others afterwards; if not, the
    /// method makes passes of its own.
    virtual bool at_clean_input() const = 0;
    /// Adds `weight` times the scores of one batch.
    virtual void add(EdgeScores& scores, const BatchToScore& batch, double weight) const = 0;
};

/// Throws InputError for a value that is none of the enumeration's.
const ScoringMethod& scoring_method(AttributionMethod method);
/// Throws InputError where steps of a training cannot be scored by the method.
const GradientMethod& step_scoring_method(AttributionMethod method);

// The methods there are, for scoring_method().
const ScoringMethod& eap_method();
const ScoringMethod& eap_ig_method();
const ScoringMethod& exact_method();
const ScoringMethod& random_method();

} // namespace circuitloom
