#pragma once

#include "core/base/ids.h"
#include "core/run/asked_model.h"
#include "core/run/discovery_options.h"
#include "core/run/model_reference.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// Every edge of a graph, the best first.
using EdgeRanking = std::vector<EdgeId>;

/// How much of what a model does on a task do its best edges do alone (algorithm.md, section 6)?
/// The best are those of the circuit that an iteration of a run stored, by their scores, then all
/// others by scores that are computed anew, as the run discovers, on the examples asked about.
struct FaithfulnessQuestion
{
    RunMoment model; ///< of Kind::iteration
    ComputeOptions compute;
    /// How many edges are kept, each a circuit of its own; those of which the graph has not so many
    /// are left out.
    std::vector<int> sizes;
    /// As an answer about the same model gave it; null: it is made.
    std::shared_ptr<const EdgeRanking> ranking;
    int random_draws = 5; ///< random circuits of each size beside it
    int examples = 0; ///< the first so many of the run's task; 0 for all
    std::int64_t memory_bytes = std::int64_t{ 1 } << 29; ///< for what ablation holds at a time
};

/// The circuit of the ranking's first edges, and random ones of as many. Dead edges are pruned of
/// all of them.
struct FaithfulnessOfSize
{
    int edges = 0; ///< before they are pruned
    int live = 0;
    double metric = 0;
    std::optional<double> faithfulness; ///< f; empty where it cannot be said
    std::vector<double> random; ///< f of each random circuit; empty where it cannot be said
};

struct FaithfulnessAnswer
{
    ModelShown model;
    int edges = 0; ///< of the graph
    int circuit = 0; ///< edges of the stored circuit, with which the ranking begins
    MetricKind metric = MetricKind::logit_diff;
    Baseline baseline = Baseline::mean; ///< what an ablated edge carries …
    ScoredPositions positions = ScoredPositions::target; ///< … and where
    double whole = 0; ///< the metric with every edge
    double empty = 0; ///< and with none
    std::vector<FaithfulnessOfSize> sizes; ///< as asked
    std::shared_ptr<const EdgeRanking> ranking;
    int examples = 0; ///< that it was measured on
    std::vector<std::string> dropped; ///< a sentence for each example left out, and why
    std::vector<std::string> notes; ///< on those that stay
};

} // namespace circuitloom
