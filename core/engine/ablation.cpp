// Answers AblationQuestion.
#include "core/engine/answers.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/engine/sourced_task.h"
#include "core/evaluation/circuit_runs.h"
#include "core/evaluation/suite_scoring.h"
#include "core/evaluation/task_evaluation.h"
#include "core/evaluation/task_metric.h"
#include "core/graph/named_edges.h"
#include "core/run/run_config.h"
#include "core/run/run_measures.h"
#include "core/store/experiment_reader.h"
#include "core/tasks/capability_suite.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace circuitloom {

namespace {

EdgeSet kept_edges(const AblationQuestion& question, const ComputationalGraph& graph)
{
    if (question.names.empty() && !question.keep_only)
        throw InputError("There is nothing to ablate: name a node (a2.h5), an input (a2.h5<q>) or "
                         "an edge (m0->logits).");
    EdgeSet named = named_edges(graph, question.names);
    if (!question.keep_only)
        named.flip();
    return named;
}

/// What is kept in each pass: everything, then what the question says, then with random choices
/// ablated in place of what it names.
std::vector<EdgeSet> kept_in_passes(
    const AblationQuestion& question, const ComputationalGraph& graph)
{
    std::vector<EdgeSet> passes{ EdgeSet(graph.edges().size(), true), kept_edges(question, graph) };
    if (question.keep_only && question.random_draws > 0)
        throw InputError("Random choices stand beside names that are ablated, not beside a "
                         "circuit that stays: leave them out.");
    Random random(question.seed);
    for (int draw = 0; draw < question.random_draws; ++draw) {
        passes.push_back(named_edges(graph, random_names_like(graph, question.names, random)));
        passes.back().flip();
    }
    return passes;
}

/// Why the scores of the run's iteration say nothing about what the question ablates; empty where
/// they are estimates of what that changes the question's metric by.
std::string why_unexpected(const AblationQuestion& question, const RunMoment& moment,
    const RunDescription& run, const ComputationalGraph& graph)
{
    if (moment.kind != RunMoment::Kind::iteration)
        return "name an iteration, as in FILE.loom:1@8";
    if (run.graph != graph.options())
        return "they are of another graph";
    const RunConfig config = run_config_from_json(run.configuration);
    const DiscoveryOptions& scored = config.discovery;
    if (scored.method == AttributionMethod::random)
        return "they are random";
    if (config.task != question.task)
        return "they are of the task " + config.task;
    if (scored.metric != question.metric)
        return "they are of the metric "
            + std::string(metric_names[static_cast<std::size_t>(scored.metric)]);
    if (scored.baseline != question.baseline)
        return "they are against the baseline "
            + std::string(baseline_names[static_cast<std::size_t>(scored.baseline)]);
    if (scored.positions != question.positions)
        return "they are of the positions "
            + std::string(position_names[static_cast<std::size_t>(scored.positions)]);
    return {};
}

/// By the circuit of the iteration that the model is of; where it tells nothing, `notes` says why.
std::optional<FirstOrderEffect> expected_effect(const AblationQuestion& question,
    const SourcedModel& sourced, const ComputationalGraph& graph, const EdgeSet& kept,
    std::vector<std::string>& notes)
{
    const auto* moment = std::get_if<RunMoment>(&question.model);
    if (!moment || !sourced.run || question.keep_only)
        return std::nullopt;
    if (const std::string why = why_unexpected(question, *moment, *sourced.run, graph);
        !why.empty()) {
        notes.push_back("The run's scores say nothing to expect: " + why + ".");
        return std::nullopt;
    }
    EdgeSet ablated = kept;
    ablated.flip();
    return first_order_effect(
        ExperimentReader(moment->file).circuit(moment->run, { moment->number }), ablated);
}

/// One figure of every pass, in their order.
AblatedFigure figure_of(
    std::string suite, std::string_view measure, const std::vector<double>& values, int items)
{
    return { std::move(suite), std::string(measure), values.at(0), values.at(1), items,
        { values.begin() + 2, values.end() } };
}

/// The task's figures, of the results of every pass.
void add_task_figures(
    std::vector<AblatedFigure>& figures, MetricKind metric, const std::vector<TaskResult>& results)
{
    const auto add = [&](const Measure& measure, double TaskResult::*value) {
        std::vector<double> values;
        for (const TaskResult& result : results)
            values.push_back(result.*value);
        figures.push_back(
            figure_of(std::string(task_suite), measure.name, values, results.front().examples));
    };
    add(measure_of(metric), &TaskResult::metric);
    add(measures::accuracy, &TaskResult::accuracy);
    add(measures::exact_token, &TaskResult::exact);
    add(measures::perplexity, &TaskResult::perplexity);
}

} // namespace

AblationAnswer answer(const AblationQuestion& question, const AnswerContext& context)
{
    const torch::NoGradGuard no_grad;
    const SourcedModel sourced = context.model(question.model, question.compute);
    const Transformer& model = *sourced.model;
    const GraphOptions options
        = question.graph.value_or(sourced.run ? sourced.run->graph : GraphOptions{});
    const ComputationalGraph graph(model.config().graph_shape(), options);
    const std::vector<EdgeSet> kept = kept_in_passes(question, graph);
    if (!question.suites.empty() && question.baseline == Baseline::corrupted)
        throw InputError("A suite has no corrupted prompts: ablate with the baseline mean or zero, "
                         "or leave the suites out.");

    EncodedTask task = sourced_task(sourced, question.task, question.max_tokens, question.examples);

    AblationAnswer answer;
    answer.model = sourced.shown;
    answer.edges = static_cast<int>(graph.edges().size());
    answer.ablated = static_cast<int>(std::ranges::count(kept[1], false));
    answer.dropped = std::move(task.dropped);
    answer.notes = std::move(task.notes);
    answer.expected = expected_effect(question, sourced, graph, kept[1], answer.notes);

    const AblationBatches batches(model, task.examples, question.baseline, question.positions,
        question.batch, InputNode::token_and_position, telling_of_means(context));
    const CircuitRuns runs(model, graph, batches, question.memory_bytes);
    std::vector<TaskTally> tallies(kept.size(), TaskTally(question.metric));
    const int passes = static_cast<int>(kept.size() * batches.size());
    int done = 0;
    runs.run(kept, [&](std::size_t which, const torch::Tensor& hidden, const ScoredBatch& batch) {
        context.tell("ablating on the task", done++, passes);
        tallies[which].add(model, hidden, batch,
            question.metric == MetricKind::kl ? metric_reference(model, batch) : torch::Tensor());
        tallies[which].add_text(model, hidden, batch);
    });
    std::vector<TaskResult> results;
    for (const TaskTally& tally : tallies)
        results.push_back(tally.result());
    add_task_figures(answer.figures, question.metric, results);

    const BaselineActivations baseline
        = question.suites.empty() ? BaselineActivations() : batches.at(0).baseline;
    for (const std::string& source : question.suites) {
        const PreparedSuite suite = prepared_suite(load_suite(source, source), *sourced.files,
            *sourced.tokenizer, model.config().max_positions, question.suite_items);
        if (!suite.note().empty())
            answer.notes.push_back(source + ": " + suite.note() + ".");
        int pass_number = 0;
        SuitePass pass;
        pass.before_batch = [&] {
            context.tell("the suite " + source, pass_number, static_cast<int>(kept.size()));
        };
        std::vector<std::vector<EvaluationRecord>> records{ suite.evaluate(model, 0, pass) };
        for (std::size_t i = 1; i < kept.size(); ++i) {
            const AblationPlan plan(graph, kept[i]);
            ++pass_number;
            pass.hidden = [&](const torch::Tensor& ids) {
                return ablated_hidden(model, graph, plan, ids,
                    torch::ones_like(ids, torch::TensorOptions(torch::kBool)), baseline,
                    question.memory_bytes);
            };
            records.push_back(suite.evaluate(model, 0, pass));
        }
        for (std::size_t i = 0; i < records.front().size(); ++i) {
            std::vector<double> values;
            for (const std::vector<EvaluationRecord>& of_pass : records)
                values.push_back(of_pass.at(i).value);
            const EvaluationRecord& whole = records.front()[i];
            answer.figures.push_back(figure_of(whole.suite, whole.measure, values, whole.items));
        }
    }
    return answer;
}

} // namespace circuitloom
