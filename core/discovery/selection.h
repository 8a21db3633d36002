#pragma once

#include "core/base/random.h"
#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"
#include "core/run/discovery_options.h"

#include <cstddef>
#include <span>

namespace circuitloom {

/// The circuit that `options` choose from `scores`, one per edge of `graph` (algorithm.md,
/// section 3), strongest |score| first whatever they were chosen by. Ties go to the lower edge
/// number, so the result depends on nothing else.
///
/// An edge's strength is |s|, or s where `by_signed_score` is set. Candidates are all edges, or
/// with `cross_layer` false those from a head to the MLP of its own layer.
///
/// SelectionRule::top_nodes, as the source of arXiv 2502.06106: nodes are those of the graph, so a
/// head's output, `<q>`, `<k>` and `<v>` are four, and an edge counts to both its ends. They stand
/// in order of the sum of |s| over their candidate edges, ties by node number. Each in turn takes
/// the strongest of its edges that is not in yet, round after round, until there are `n`.
///
/// Throws Diverged where a score is not finite, InputError where `cross_layer` is false and the
/// graph has no edge inside a layer.
Circuit select_edges(const ComputationalGraph& graph, std::span<const float> scores,
    const SelectionOptions& options);

/// Throws the Diverged of scores that are not finite.
[[noreturn]] void refuse_scores();

/// A control for select_edges(): as many edges as it would choose, drawn uniformly from the same
/// candidates. It is not pruned.
Circuit random_circuit(const ComputationalGraph& graph, std::span<const float> scores,
    const SelectionOptions& options, Random& random);

} // namespace circuitloom
