#include "core/discovery/edge_discovery.h"

#include "core/base/error.h"
#include "core/discovery/methods/scoring_method.h"
#include "core/graph/require_edges.h"

#include <string>

namespace circuitloom {

DiscoveredEdges discover_edges(Transformer& model, const ComputationalGraph& graph,
    std::span<const EncodedExample> examples, const DiscoveryPlan& plan)
{
    require_edges(graph.shape(), graph.options());
    if (examples.empty())
        throw InputError("There is no example to score the edges on.");
    if (plan.resamples == 1)
        throw InputError("One resample cannot be compared with another; ask for none or for at least "
                         "2.");
    const ScoringMethod& method = scoring_method(plan.options.method);
    const AttributionInfo& info = attribution_info(plan.options.method);
    if (plan.options.metric == MetricKind::kl && !info.explains_kl)
        throw InputError("The metric kl is flat at the untouched model, where "
            + std::string(info.name)
            + " would score every edge 0; choose the method eap-ig or exact.");
    if (plan.resamples > 0 && dynamic_cast<const GradientMethod*>(&method) == nullptr)
        throw InputError("The method " + std::string(info.name)
            + " gives no scores of single examples, so nothing can be resampled; choose eap or "
              "eap-ig.");
    return method.score(model, graph, examples, plan);
}

} // namespace circuitloom
