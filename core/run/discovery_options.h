#pragma once

#include "core/base/measure.h"
#include "core/run/attribution_methods.h"

#include <array>
#include <string_view>

namespace circuitloom {

// Each enumeration's values as files and command lines name them stand behind it, in its order.

/// What stands for an upstream node's output where an edge is patched.
enum class Baseline
{
    mean, ///< over all non-padding tokens of the examples scored
    zero,
    corrupted ///< the paired corrupted prompt, position by position
};
inline constexpr std::array<std::string_view, 3> baseline_names{ "mean", "zero", "corrupted" };
/// Which positions an edge is scored at: those that predict a target token, or all.
enum class ScoredPositions
{
    target,
    all
};
inline constexpr std::array<std::string_view, 2> position_names{ "target", "all" };
/// What the scores explain, averaged over an example's spans, then over examples.
enum class MetricKind
{
    logit_diff, ///< logit of the target minus that of the alternative
    log_prob, ///< of the target, in nats
    prob_diff, ///< probability of the target minus that of the alternative
    kl ///< from the untouched model, summed over the vocabulary, in nats; 0 is closest
};
inline constexpr std::array<std::string_view, 4> metric_names{ measures::logit_diff.name,
    measures::log_prob.name, measures::prob_diff.name, measures::kl.name };
/// What `eap-ig` moves from the baseline to the clean input. The first two are EAP-IG's own.
enum class IntegrationPath
{
    inputs, ///< the embedding, and all that follows from it (EAP-IG-inputs)
    /// The embedding, one layer's heads, or one layer's MLP, one after another: every pass scores
    /// every edge, and all passes count alike (EAP-IG-activations).
    activations,
    /// As `activations`, but a pass scores only the edges out of what moves, so that they add up
    /// to the metric's change when those outputs are replaced.
    outputs
};
inline constexpr std::array<std::string_view, 3> integration_path_names{ "inputs", "activations",
    "outputs" };
/// The m points of a way at which `eap-ig` takes gradients: baseline + k/m of the way.
enum class IntegrationPoints
{
    eap_ig, ///< as EAP-IG takes them today: left for IntegrationPath::inputs, right for the others
    left, ///< k = 0 … m-1: the baseline is one of them, the clean input is not
    right ///< k = 1 … m: the clean input is one of them, the baseline is not
};
inline constexpr std::array<std::string_view, 3> integration_point_names{ "eap-ig", "left",
    "right" };
/// What IntegrationPoints::eap_ig stands for on that path; the others as they are.
constexpr IntegrationPoints settled(IntegrationPoints points, IntegrationPath path)
{
    if (points != IntegrationPoints::eap_ig)
        return points;
    return path == IntegrationPath::inputs ? IntegrationPoints::left : IntegrationPoints::right;
}

struct DiscoveryOptions
{
    AttributionMethod method = AttributionMethod::eap;
    Baseline baseline = Baseline::mean;
    ScoredPositions positions = ScoredPositions::target;
    MetricKind metric = MetricKind::logit_diff;
    IntegrationPath path = IntegrationPath::inputs; ///< for eap_ig
    int integration_steps = 5; ///< m, for eap_ig
    IntegrationPoints points = IntegrationPoints::eap_ig; ///< for eap_ig
    bool operator==(const DiscoveryOptions&) const = default;
};

enum class SelectionRule
{
    top_n, ///< the strongest `n` edges
    threshold, ///< every edge at least as strong as `threshold`, however many
    top_nodes ///< nodes by the sum of |s| of their edges, then each one's best edges until `n`
};
inline constexpr std::array<std::string_view, 3> selection_rule_names{ "top-n", "threshold",
    "top-nodes" };

struct SelectionOptions
{
    SelectionRule rule = SelectionRule::top_n;
    int n = 30;
    double threshold = 0;
    bool by_signed_score = false; ///< rank by s instead of |s|
    bool cross_layer = true; ///< false keeps only edges inside one layer
    /// Drop edges that no path from `input` to `logits` uses; fewer than `n` may be left.
    bool prune_dead = false;
    bool operator==(const SelectionOptions&) const = default;
};

} // namespace circuitloom
