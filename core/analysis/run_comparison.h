#pragma once

#include "core/analysis/circuit_diff.h"
#include "core/analysis/run_dynamics.h"
#include "core/analysis/run_figures.h"

#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// The circuits of two runs at the same step.
struct PairedCircuits
{
    int step = 0;
    int first_iteration = 0; ///< of the first run
    int second_iteration = 0;
    double edge_jaccard = 0;
    double node_jaccard = 0;
    std::optional<double> rank_correlation;
    std::optional<double> strength_correlation;
    double distance = 0;
};

/// The same measure in both runs; empty where a run lacks it.
struct PairedFigure
{
    std::string suite;
    std::string measure;
    std::optional<BeforeAndAfter> first;
    std::optional<BeforeAndAfter> second;
};

struct RunComparison
{
    RunSummary first;
    RunSummary second;
    /// Mean share of the parameters that could change, 0…1; empty without iterations.
    std::optional<double> first_tunable;
    std::optional<double> second_tunable;
    /// From the first run's last circuit to the second's; empty where a run has no circuit or the
    /// runs' graphs differ, which `why_not` then says.
    std::optional<CircuitDiff> circuits;
    std::string why_not;
    std::vector<PairedCircuits> paired; ///< by step; empty as `circuits` is
    std::vector<PairedFigure> figures;
};

/// Throws as ExperimentReader does.
RunComparison compare_runs(
    const ExperimentReader& reader, RunId first, RunId second, const DynamicsOptions& options);

} // namespace circuitloom
