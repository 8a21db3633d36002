// Answers FaithfulnessQuestion.
#include "core/engine/answers.h"

#include "core/base/error.h"
#include "core/discovery/edge_discovery.h"
#include "core/engine/model_metric.h"
#include "core/engine/sourced_task.h"
#include "core/evaluation/circuit_figures.h"
#include "core/evaluation/faithfulness.h"
#include "core/run/imported_run.h"
#include "core/store/experiment_reader.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace circuitloom {

namespace {

/// What is judged, and on what.
struct Subject
{
    SourcedModel sourced;
    RunConfig config;
    ComputationalGraph graph;
    Circuit circuit; ///< strongest first
    std::vector<EncodedExample> examples;
};

/// All edges by scores taken anew, the best first.
std::vector<EdgeId> scored_anew(const Subject& subject, const AnswerContext& context)
{
    const torch::AutoGradMode with_gradients(true);
    DiscoveryPlan plan;
    plan.options = subject.config.discovery;
    plan.batch = subject.config.batch;
    plan.seed = subject.config.seed;
    plan.stop = context.stop;
    plan.progress
        = [&context](int done, int total) { context.tell("scoring every edge", done, total); };
    const auto scores
        = discover_edges(*subject.sourced.model, subject.graph, subject.examples, plan)
              .scores.to(torch::kFloat64)
              .contiguous();
    const auto* first = scores.data_ptr<double>();
    return rank_edges({ first, static_cast<std::size_t>(scores.numel()) },
        subject.config.selection.by_signed_score);
}

std::shared_ptr<const EdgeRanking> ranking_of(const Subject& subject, const AnswerContext& context)
{
    auto ranking = std::make_shared<EdgeRanking>();
    std::vector<bool> stored(subject.graph.edges().size());
    for (const ScoredEdge& edge : subject.circuit) {
        stored.at(static_cast<std::size_t>(edge.edge.value)) = true;
        ranking->push_back(edge.edge);
    }
    for (const EdgeId edge : scored_anew(subject, context))
        if (!stored[static_cast<std::size_t>(edge.value)])
            ranking->push_back(edge);
    return ranking;
}

Subject subject_of(
    const FaithfulnessQuestion& question, const AnswerContext& context, FaithfulnessAnswer& answer)
{
    const RunMoment& moment = question.model;
    if (moment.kind != RunMoment::Kind::iteration)
        throw InputError(
            to_string(moment) + ": a circuit is of an iteration; write its number after the @.");
    SourcedModel sourced = context.model(moment, question.compute);
    const RunDescription& run = *sourced.run;
    RunConfig config = config_of(run);
    Subject subject{ sourced, config, ComputationalGraph(run.shape, run.graph),
        ExperimentReader(moment.file).circuit(moment.run, { moment.number }), {} };
    EncodedTask task = sourced_task(sourced, config.task, config.max_tokens, question.examples);
    subject.examples = std::move(task.examples);
    answer.model = sourced.shown;
    answer.edges = static_cast<int>(subject.graph.edges().size());
    answer.circuit = static_cast<int>(subject.circuit.size());
    answer.metric = config.discovery.metric;
    answer.baseline = config.discovery.baseline;
    answer.positions = config.discovery.positions;
    answer.examples = static_cast<int>(subject.examples.size());
    answer.dropped = std::move(task.dropped);
    answer.notes = std::move(task.notes);
    return subject;
}

std::shared_ptr<const EdgeRanking> given_ranking(
    const FaithfulnessQuestion& question, const Subject& subject, const AnswerContext& context)
{
    if (!question.ranking)
        return ranking_of(subject, context);
    if (question.ranking->size() != subject.graph.edges().size())
        throw InputError("The ranking has " + std::to_string(question.ranking->size())
            + " edges, but the graph of " + to_string(question.model) + " has "
            + std::to_string(subject.graph.edges().size()) + ".");
    return question.ranking;
}

/// Which circuits are run for the answer: of each size the ranking's first, then random ones.
struct Plan
{
    std::vector<int> sizes;
    std::vector<EdgeSet> circuits; ///< live edges; for each size 1 + the random draws
};

Plan plan_of(const FaithfulnessQuestion& question, const ComputationalGraph& graph,
    const EdgeRanking& ranking, std::uint64_t seed)
{
    Plan plan;
    std::vector<std::vector<EdgeId>> rankings{ ranking };
    for (int draw = 0; draw < question.random_draws; ++draw)
        rankings.push_back(random_ranking(ranking.size(), seed + static_cast<std::uint64_t>(draw)));
    for (const int size : question.sizes) {
        if (size < 0 || static_cast<std::size_t>(size) > ranking.size())
            continue;
        plan.sizes.push_back(size);
        for (const std::vector<EdgeId>& one : rankings)
            plan.circuits.push_back(
                live_edges(graph, std::span(one).first(static_cast<std::size_t>(size))));
    }
    return plan;
}

} // namespace

FaithfulnessAnswer answer(const FaithfulnessQuestion& question, const AnswerContext& context)
{
    const torch::NoGradGuard no_grad;
    FaithfulnessAnswer answer;
    const Subject subject = subject_of(question, context, answer);
    answer.ranking = given_ranking(question, subject, context);
    const Plan plan = plan_of(question, subject.graph, *answer.ranking, subject.config.seed);

    const Transformer& model = *subject.sourced.model;
    const DiscoveryOptions& as = subject.config.discovery;
    context.tell("taking the baseline", 0, 1);
    const AblationBatches batches(
        model, subject.examples, as.baseline, as.positions, subject.config.batch);
    const CircuitRuns runs(model, subject.graph, batches, question.memory_bytes);
    ModelMetric of_model(model, as.metric);
    const HiddenMetric metric = [&](const torch::Tensor& hidden, const ScoredBatch& batch) {
        return of_model(hidden, batch);
    };
    const CircuitRuns::Progress progress = telling_of_circuits(context);
    const MetricRange range = metric_range(runs, metric, progress);
    answer.whole = range.whole;
    answer.empty = range.empty;
    const std::vector<double> metrics = runs.metric(plan.circuits, metric, progress);
    const std::size_t each = 1 + static_cast<std::size_t>(std::max(0, question.random_draws));
    for (std::size_t i = 0; i < plan.sizes.size(); ++i) {
        FaithfulnessOfSize one;
        one.edges = plan.sizes[i];
        one.live = static_cast<int>(std::ranges::count(plan.circuits[i * each], true));
        one.metric = metrics[i * each];
        one.faithfulness = range.faithfulness(one.metric);
        for (std::size_t draw = 1; draw < each; ++draw)
            if (const auto f = range.faithfulness(metrics[i * each + draw]))
                one.random.push_back(*f);
        answer.sizes.push_back(std::move(one));
    }
    return answer;
}

} // namespace circuitloom
