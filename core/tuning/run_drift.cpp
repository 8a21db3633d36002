#include "core/tuning/run_drift.h"

#include "core/tuning/node_drift.h"
#include "core/tuning/tuned_model.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace circuitloom {

RunDrift run_drift(const ExperimentReader& reader, RunId run)
{
    const TunedModel tuned = tuned_model(reader, run, std::nullopt);
    const Transformer untouched = tuned.untouched();
    const ComputationalGraph graph(tuned.description.shape, tuned.description.graph);
    RunDrift found{ tuned.checkpoint, whole_drift(untouched, tuned.model),
        node_drift(graph, untouched, tuned.model) };
    // What moved away from zeros moved infinitely far.
    std::ranges::stable_sort(found.nodes, std::greater{}, [](const NodeDrift& node) {
        return node.drift.relative().value_or(std::numeric_limits<double>::infinity());
    });
    return found;
}

} // namespace circuitloom
