#pragma once

#include "core/base/precision.h"
#include "core/graph/certainty.h"
#include "core/graph/computational_graph.h"
#include "core/run/questions.h"
#include "core/run/run_config.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// What `circuitloom-cli discover` asks for.
struct DiscoverRequest
{
    std::string model = "demo"; ///< as parse_model_reference() takes it
    std::string task; ///< a task file or a built-in such as `demo/disagreement`
    GraphOptions graph;
    /// A `<k>` and a `<v>` for every query head, where the model has one for several, as in EAP-IG.
    bool ungrouped = false;
    DiscoveryOptions options;
    std::int64_t memory_bytes = 0; ///< DiscoveryPlan::memory_bytes
    int batch = 16;
    int examples = 0; ///< at most so many, drawn with `seed`; 0 for all
    int max_tokens = 128;
    std::uint64_t seed = 1;
    int resamples = 0; ///< DiscoveryPlan::resamples
    SelectionOptions selection; ///< of the resamples' circuits
    Precision dtype = Precision::float32;
    std::string device = "auto";
};

/// The score of every edge.
struct DiscoveredScores
{
    ComputationalGraph graph;
    std::vector<double> scores; ///< one per edge, as precise as they were computed
    double metric = 0; ///< over the examples
    int examples = 0;
    std::string version; ///< of this program
    double seconds = 0; ///< of the scoring alone
    std::int64_t peak_bytes = 0; ///< the most main memory that the process held meanwhile
    std::int64_t predicted_peak_bytes = 0; ///< of main memory, before the scoring began; 0 on a GPU
    std::vector<std::string> dropped; ///< a sentence for each example or span left out, and why
    std::vector<std::string> notes; ///< on those that stay; see EncodedTask
    std::optional<ScoreCertainty> certainty; ///< of every edge, where resamples were asked for
    double resampling_seconds = 0; ///< of `seconds`, what drawing the resamples took
};

/// Throws InputError for whatever cannot be used. `progress`, where given, is called with what is
/// done and how much of it. Needs LibTorch, but its header does not.
DiscoveredScores discover(const DiscoverRequest& request, const AnswerProgress& progress = {});

} // namespace circuitloom
