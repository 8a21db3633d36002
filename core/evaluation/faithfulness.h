#pragma once

#include "core/analysis/faithfulness_area.h"
#include "core/evaluation/circuit_figures.h"
#include "core/evaluation/circuit_runs.h"
#include "core/graph/computational_graph.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace circuitloom {

/// m(M) and m(∅).
MetricRange metric_range(const CircuitRuns& runs, const HiddenMetric& metric,
    const CircuitRuns::Progress& progress = {});

/// f(k) for faithfulness_shares. `ranking` has every edge of the graph, the best first.
FaithfulnessCurve faithfulness_curve(const CircuitRuns& runs, const HiddenMetric& metric,
    const MetricRange& range, std::span<const EdgeId> ranking,
    const CircuitRuns::Progress& progress = {});

/// What is left without a circuit's edges.
enum class Complement
{
    all_others, ///< every edge but its live ones
    live_others ///< of these, the live ones: EAP-IG prunes every graph before it is run
};

/// `edges` with dead ones still among them. `minimality_edges` bounds how many of the live ones are
/// taken out, one at a time; where there are more, that many are drawn with `seed`.
CircuitFigures judge_circuit(const CircuitRuns& runs, const HiddenMetric& metric,
    const MetricRange& range, std::span<const EdgeId> edges, int minimality_edges,
    std::uint64_t seed, const CircuitRuns::Progress& progress = {},
    Complement complement = Complement::all_others);

/// Every edge, by |score| or by score, greatest first; ties by edge number.
std::vector<EdgeId> rank_edges(std::span<const double> scores, bool by_signed_score);
/// Every edge, in an order drawn with `seed`.
std::vector<EdgeId> random_ranking(std::size_t edges, std::uint64_t seed);

/// The live ones of `edges`, as a set.
EdgeSet live_edges(const ComputationalGraph& graph, std::span<const EdgeId> edges);

} // namespace circuitloom
