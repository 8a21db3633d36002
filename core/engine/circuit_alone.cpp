#include "core/engine/circuit_alone.h"

#include "core/base/error.h"
#include "core/engine/sourced_task.h"
#include "core/evaluation/ablated_forward.h"
#include "core/evaluation/ablation_batches.h"
#include "core/graph/named_edges.h"
#include "core/graph/same_edges.h"
#include "core/store/experiment_reader.h"

#include <algorithm>
#include <memory>

namespace circuitloom {

namespace {

constexpr int batch = 16;

/// The graph's edges that stay.
EdgeSet kept_edges(const CircuitAlone& circuit, const ComputationalGraph& graph)
{
    if (!circuit.iteration)
        return named_edges(graph, circuit.edges);
    const RunMoment& moment = *circuit.iteration;
    if (moment.kind != RunMoment::Kind::iteration)
        throw InputError(
            to_string(moment) + ": a circuit is of an iteration; write its number after the @.");
    const ExperimentReader reader(moment.file);
    const RunDescription run = reader.run(moment.run).description;
    if (!same_edges(run.shape, run.graph, graph.shape(), graph.options()))
        throw InputError(to_string(moment)
            + ": this circuit is of another graph than the model that is asked about.");
    EdgeSet kept(graph.edges().size());
    for (const ScoredEdge& edge : reader.circuit(moment.run, { moment.number }))
        kept.at(static_cast<std::size_t>(edge.edge.value)) = true;
    return kept;
}

GraphOptions graph_options(const SourcedModel& sourced, const CircuitAlone& circuit)
{
    if (circuit.graph)
        return *circuit.graph;
    if (circuit.iteration)
        return ExperimentReader(circuit.iteration->file)
            .run(circuit.iteration->run)
            .description.graph;
    return sourced.run ? sourced.run->graph : GraphOptions{};
}

BaselineActivations baseline_of(
    const SourcedModel& sourced, const CircuitAlone& circuit, const AnswerContext& context)
{
    const Transformer& model = *sourced.model;
    switch (circuit.baseline) {
    case Baseline::zero:
        return zero_baseline(model);
    case Baseline::corrupted:
        throw InputError("A text has no corrupted prompt: leave a circuit alone with the baseline "
                         "mean or zero.");
    case Baseline::mean:
        break;
    }
    const EncodedTask task
        = sourced_task(sourced, circuit.task, circuit.max_tokens, circuit.examples);
    return AblationBatches(model, task.examples, Baseline::mean, ScoredPositions::all, batch,
        InputNode::token_and_position, telling_of_means(context))
        .at(0)
        .baseline;
}

/// What a pass needs, kept as long as the pass is.
struct Parts
{
    std::shared_ptr<const Transformer> model;
    ComputationalGraph graph;
    AblationPlan plan;
    BaselineActivations baseline;
};

} // namespace

CircuitPass circuit_pass(
    const SourcedModel& sourced, const CircuitAlone& circuit, const AnswerContext& context)
{
    const torch::NoGradGuard no_grad;
    ComputationalGraph graph(
        sourced.model->config().graph_shape(), graph_options(sourced, circuit));
    const EdgeSet kept = kept_edges(circuit, graph);
    AblationPlan plan(graph, kept);
    const auto parts = std::make_shared<const Parts>(Parts{
        sourced.model, std::move(graph), std::move(plan), baseline_of(sourced, circuit, context) });
    return { [parts](const torch::Tensor& ids) {
                return ablated_hidden(*parts->model, parts->graph, parts->plan, ids,
                    torch::ones_like(ids, torch::TensorOptions(torch::kBool)), parts->baseline);
            },
        static_cast<int>(std::ranges::count(kept, true)) };
}

} // namespace circuitloom
