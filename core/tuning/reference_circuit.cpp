#include "core/tuning/reference_circuit.h"

#include "core/discovery/edge_discovery.h"
#include "core/discovery/selection.h"

#include <span>

namespace circuitloom {

Circuit reference_circuit(
    PreparedRun& run, const std::function<void()>& after_batch, int parts)
{
    if (run.reference.examples.empty())
        return {};
    DiscoveryPlan plan;
    plan.options = run.config.discovery;
    plan.batch = (run.config.batch + parts - 1) / parts;
    plan.progress = [&after_batch](int, int) { after_batch(); };
    const auto scores = discover_edges(run.model, run.graph, run.reference.examples, plan)
                            .scores.to(torch::kFloat32)
                            .contiguous();
    return select_edges(run.graph,
        std::span<const float>(scores.data_ptr<float>(), static_cast<std::size_t>(scores.numel())),
        run.config.selection);
}

} // namespace circuitloom
