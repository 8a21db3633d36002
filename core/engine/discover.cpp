#include "core/engine/discover.h"

#include "core/base/process_memory.h"
#include "core/base/random.h"
#include "core/discovery/edge_discovery.h"
#include "core/engine/model_source.h"
#include "core/engine/sourced_task.h"
#include "core/model/ungrouped.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace circuitloom {

DiscoveredScores discover(const DiscoverRequest& request, const AnswerProgress& progress)
{
    ModelSource source;
    const SourcedModel sourced = source.get(
        parse_model_reference(request.model), { request.device, request.dtype }, progress);
    std::optional<Transformer> per_head;
    if (request.ungrouped)
        per_head.emplace(ungrouped(*sourced.model));
    Transformer& model = per_head ? *per_head : *sourced.model;
    EncodedTask task = sourced_task(sourced, request.task, request.max_tokens);
    if (request.examples > 0 && task.examples.size() > static_cast<std::size_t>(request.examples)) {
        Random random(request.seed);
        random.shuffle(task.examples);
        task.examples.resize(static_cast<std::size_t>(request.examples));
    }
    const ComputationalGraph graph(model.config().graph_shape(), request.graph);
    DiscoveryPlan plan;
    plan.options = request.options;
    plan.batch = request.batch;
    plan.memory_bytes = request.memory_bytes;
    plan.seed = request.seed;
    plan.resamples = request.resamples;
    plan.selection = request.selection;
    if (progress)
        plan.progress = [&progress](int done, int total) { progress("scoring", done, total); };
    restart_peak_resident_memory();
    const std::int64_t resident = resident_memory();
    const auto before = std::chrono::steady_clock::now();
    DiscoveredEdges found = discover_edges(model, graph, task.examples, plan);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - before;
    const auto scores = found.scores.to(torch::kFloat64).contiguous();
    const auto* first = scores.data_ptr<double>();
    return { graph, { first, first + scores.numel() }, found.metric,
        static_cast<int>(task.examples.size()), CIRCUITLOOM_VERSION, seconds.count(),
        peak_resident_memory(), model.device().is_cpu() ? resident + found.predicted_bytes : 0,
        std::move(task.dropped), std::move(task.notes), std::move(found.certainty),
        found.resampling_seconds };
}

} // namespace circuitloom
