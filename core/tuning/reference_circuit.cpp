#include "core/tuning/reference_circuit.h"

#include "core/discovery/edge_discovery.h"
#include "core/discovery/selection.h"

#include <span>
#include <vector>

namespace circuitloom {

Circuit reference_circuit(PreparedRun& run)
{
    if (run.reference.examples.empty())
        return {};
    DiscoveryPlan plan;
    plan.options = run.config.discovery;
    plan.batch = run.config.batch;
    // A discovery leaves parameters without gradients, which some of a run's need.
    std::vector<torch::Tensor*> trained;
    for (auto* tensor : run.model.weights().all())
        if (tensor->requires_grad())
            trained.push_back(tensor);
    const auto scores = discover_edges(run.model, run.graph, run.reference.examples, plan)
                            .scores.to(torch::kFloat32)
                            .contiguous();
    for (auto* tensor : trained)
        tensor->requires_grad_();
    return select_edges(run.graph,
        std::span<const float>(scores.data_ptr<float>(), static_cast<std::size_t>(scores.numel())),
        run.config.selection);
}

} // namespace circuitloom
