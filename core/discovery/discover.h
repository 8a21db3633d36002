#pragma once

#include "core/base/precision.h"
#include "core/graph/computational_graph.h"
#include "core/run/run_config.h"

#include <cstdint>
#include <string>
#include <vector>

namespace circuitloom {

/// What `circuitloom-cli discover` asks for.
struct DiscoverRequest
{
    std::string model = "demo";
    std::string task; ///< a task file or a built-in such as `demo/disagreement`
    GraphOptions graph;
    ScoredPositions positions = ScoredPositions::target;
    int batch = 16;
    int examples = 0; ///< at most so many, drawn with `seed`; 0 for all
    int max_tokens = 128;
    std::uint64_t seed = 1;
    Precision dtype = Precision::float32;
    std::string device = "auto";
};

/// The score of every edge, by edge attribution patching with the mean baseline.
struct DiscoveredScores
{
    ComputationalGraph graph;
    std::vector<float> scores; ///< one per edge
    double metric = 0; ///< logit difference over the examples
    int examples = 0;
    std::vector<std::string> dropped; ///< a sentence for each example or span left out, and why
};

/// Throws InputError for whatever cannot be used. Needs LibTorch, but its header does not.
DiscoveredScores discover(const DiscoverRequest& request);

} // namespace circuitloom
