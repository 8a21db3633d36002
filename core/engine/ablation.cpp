// Answers AblationQuestion.
#include "core/engine/answers.h"

#include "core/base/error.h"
#include "core/evaluation/circuit_runs.h"
#include "core/evaluation/suite_scoring.h"
#include "core/evaluation/task_evaluation.h"
#include "core/evaluation/task_metric.h"
#include "core/run/run_measures.h"
#include "core/tasks/capability_suite.h"

#include <algorithm>
#include <string_view>

namespace circuitloom {

namespace {

/// The edges that a name stands for: one edge, all out of a node, or all into an input.
void add_named(EdgeSet& set, const std::string& name, const ComputationalGraph& graph)
{
    if (name.find("->") != std::string::npos) {
        const auto edge = graph.find_edge(name);
        if (!edge)
            throw InputError(name + " is no edge of this model's graph.");
        set[static_cast<std::size_t>(edge->value)] = true;
        return;
    }
    const auto number_of = [&](bool upstream) {
        const auto node = parse_node_name(name, upstream);
        return node ? graph.find_node(*node) : std::nullopt;
    };
    // A name such as m3 is both a writer and a reader; the node is what it writes.
    const auto writer = number_of(true);
    const auto reader = writer ? std::nullopt : number_of(false);
    if (!writer && !reader)
        throw InputError(name + " is no node of this model's graph"
            + (name.find(".g") != std::string::npos ? " (say into what groups its MLPs are split)."
                                                    : "."));
    for (std::size_t i = 0; i < set.size(); ++i) {
        const Edge& edge = graph.edges()[i];
        if (writer ? edge.source == *writer : edge.target == *reader)
            set[i] = true;
    }
}

EdgeSet kept_edges(const AblationQuestion& question, const ComputationalGraph& graph)
{
    if (question.names.empty() && !question.keep_only)
        throw InputError("There is nothing to ablate: name a node (a2.h5), an input (a2.h5<q>) or "
                         "an edge (m0->logits).");
    EdgeSet named(graph.edges().size());
    for (const std::string& name : question.names)
        add_named(named, name, graph);
    if (!question.keep_only)
        named.flip();
    return named;
}

/// The task's figures of a pass, as they are listed.
void add_task_figures(std::vector<AblatedFigure>& figures, MetricKind metric,
    const TaskResult& whole, const TaskResult& ablated)
{
    const auto add = [&](const Measure& measure, double before, double after) {
        figures.push_back(
            { std::string(task_suite), std::string(measure.name), before, after, whole.examples });
    };
    add(measure_of(metric), whole.metric, ablated.metric);
    add(measures::accuracy, whole.accuracy, ablated.accuracy);
    add(measures::exact_token, whole.exact, ablated.exact);
    add(measures::perplexity, whole.perplexity, ablated.perplexity);
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
    const EdgeSet kept = kept_edges(question, graph);
    if (!question.suites.empty() && question.baseline == Baseline::corrupted)
        throw InputError("A suite has no corrupted prompts: ablate with the baseline mean or zero, "
                         "or leave the suites out.");

    const int context_length = model.config().max_positions;
    EncodedTask task = load_encoded_task(
        question.task, *sourced.tokenizer, std::min(question.max_tokens, context_length));
    if (question.examples > 0)
        task.examples.resize(
            std::min(task.examples.size(), static_cast<std::size_t>(question.examples)));

    AblationAnswer answer;
    answer.model = sourced.shown;
    answer.edges = static_cast<int>(kept.size());
    answer.ablated = static_cast<int>(std::ranges::count(kept, false));
    answer.dropped = std::move(task.dropped);
    answer.notes = std::move(task.notes);

    const AblationBatches batches(
        model, task.examples, question.baseline, question.positions, question.batch);
    const CircuitRuns runs(model, graph, batches, question.memory_bytes);
    const EdgeSet both[] = { EdgeSet(kept.size(), true), kept };
    TaskTally tallies[] = { TaskTally(question.metric), TaskTally(question.metric) };
    const int passes = 2 * static_cast<int>(batches.size());
    int done = 0;
    runs.run(both, [&](std::size_t which, const torch::Tensor& hidden, const ScoredBatch& batch) {
        context.tell("ablating on the task", done++, passes);
        tallies[which].add(model, hidden, batch,
            question.metric == MetricKind::kl ? metric_reference(model, batch) : torch::Tensor());
        tallies[which].add_text(model, hidden, batch);
    });
    add_task_figures(answer.figures, question.metric, tallies[0].result(), tallies[1].result());

    const AblationPlan plan(graph, kept);
    const BaselineActivations baseline
        = question.suites.empty() ? BaselineActivations() : batches.at(0).baseline;
    for (const std::string& source : question.suites) {
        const PreparedSuite suite(
            load_suite(source, source), *sourced.tokenizer, context_length, question.suite_items);
        SuitePass pass;
        pass.before_batch = [&] { context.tell("the suite " + source, 0, 1); };
        const auto whole = suite.evaluate(model, 0, pass);
        pass.hidden = [&](const torch::Tensor& ids) {
            return ablated_hidden(model, graph, plan, ids,
                torch::ones_like(ids, torch::TensorOptions(torch::kBool)), baseline,
                question.memory_bytes);
        };
        const auto ablated = suite.evaluate(model, 0, pass);
        for (std::size_t i = 0; i < whole.size(); ++i)
            answer.figures.push_back({ whole[i].suite, whole[i].measure, whole[i].value,
                ablated[i].value, whole[i].items });
    }
    return answer;
}

} // namespace circuitloom
