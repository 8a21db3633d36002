#include "core/engine/evaluate.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/engine/model_metric.h"
#include "core/engine/model_source.h"
#include "core/engine/sourced_task.h"
#include "core/evaluation/faithfulness.h"
#include "core/evaluation/suite_scoring.h"
#include "core/evaluation/task_evaluation.h"
#include "core/evaluation/task_metric.h"
#include "core/formats/graph_json.h"
#include "core/model/ungrouped.h"

#include <algorithm>
#include <array>

namespace circuitloom {

namespace {

/// A circuit file with the choices that it and the request make together.
struct CircuitSource
{
    ScoredGraph scored;
    Baseline baseline = Baseline::mean;
    ScoredPositions positions = ScoredPositions::target;
};

// What the request asks for, else what the file names, else `otherwise`.
template <class Choice, std::size_t count>
Choice chosen(const std::optional<Choice>& asked, const std::string& in_file,
    const std::array<std::string_view, count>& names, Choice otherwise, const std::string& origin)
{
    if (asked || in_file.empty())
        return asked.value_or(otherwise);
    const auto found = std::ranges::find(names, in_file);
    if (found == names.end())
        throw InputError(origin + " is none that this version knows; give it on the command line.");
    return static_cast<Choice>(found - names.begin());
}

CircuitSource open_circuit(const EvaluateRequest& request, const GraphShape& shape)
{
    CircuitSource source{ read_graph_json(request.circuit, shape,
        request.as_mib ? KeyValueEdges::per_query_head : KeyValueEdges::shared) };
    source.baseline = chosen(request.baseline, source.scored.baseline, baseline_names,
        request.as_mib ? Baseline::corrupted : Baseline::mean, request.circuit + ": baseline");
    source.positions = chosen(request.positions, source.scored.positions, position_names,
        request.as_mib ? ScoredPositions::all : ScoredPositions::target,
        request.circuit + ": positions");
    if (request.as_mib && source.scored.graph.options() != GraphOptions{})
        throw InputError("MIB's graphs have input, logits and whole MLPs; that of "
            + request.circuit + " has neuron groups or lacks its ends.");
    return source;
}

// In what the figures of this circuit are not MIB's.
std::vector<std::string> differences_from_mib(
    const EvaluateRequest& request, const CircuitSource& source, const ModelConfig& config)
{
    std::vector<std::string> differences;
    const GraphOptions& options = source.scored.graph.options();
    if (options != GraphOptions{})
        differences.emplace_back("MIB's graphs have input, logits and whole MLPs.");
    if (source.positions != ScoredPositions::all)
        differences.emplace_back("MIB ablates edges at all positions (--positions all).");
    if (request.as_mib)
        return differences;
    GraphShape shape = config.graph_shape();
    shape.kv_heads = shape.heads;
    if (options == GraphOptions{} && shape != config.graph_shape())
        differences.push_back("MIB has a <k> and a <v> for every query head, so "
            + std::to_string(ComputationalGraph::count_edges(shape, options)) + " edges instead of "
            + std::to_string(source.scored.scores.size()) + ", and k is a share of those (--mib).");
    if (source.baseline == Baseline::corrupted)
        return differences;
    if (config.position == PositionKind::learned)
        differences.emplace_back("In MIB input is the token without its position (--mib).");
    differences.emplace_back("MIB prunes the complement too, which completeness is of (--mib).");
    return differences;
}

TaskFigures figures_of(const TaskResult& result)
{
    return { result.metric, result.accuracy, result.exact, result.perplexity };
}

/// Judges the file's ranking and a random one, step by step.
class CircuitJudge
{
public:
    /// `source` is a circuit of `model`, which is ungrouped() for MIB's.
    CircuitJudge(const EvaluateRequest& request, const Transformer& model, CircuitSource source,
        std::span<const EncodedExample> examples)
        : request_(request)
        , model_(model)
        , source_(std::move(source))
        , batches_(model, examples, source_.baseline, source_.positions, request.batch,
              request.as_mib ? InputNode::token : InputNode::token_and_position,
              progress("means over the task"))
        , runs_(model, source_.scored.graph, batches_, request.memory_bytes)
        , metric_(model, request.metric)
    {
    }

    CircuitReport report()
    {
        const auto edges = source_.scored.scores.size();
        const auto metric = [this](const torch::Tensor& hidden, const ScoredBatch& batch) {
            return metric_(hidden, batch);
        };
        CircuitReport report;
        report.graph = source_.scored.graph.options();
        report.edges = static_cast<int>(edges);
        report.baseline = source_.baseline;
        report.positions = source_.positions;
        report.notes = source_.scored.notes;
        report.as_mib = request_.as_mib;
        report.range = metric_range(runs_, metric);
        auto ranking = rank_edges(source_.scored.scores, request_.by_signed_score);
        const std::vector<EdgeId> circuit = circuit_of(ranking);
        report.found = judge(metric, report.range, ranking, circuit, "circuit");
        ranking = random_ranking(edges, request_.seed);
        report.random = judge(metric, report.range, ranking,
            std::span(ranking).first(circuit.size()), "random circuit");
        return report;
    }

private:
    // The circuit's edges; none where nothing says which they are.
    std::vector<EdgeId> circuit_of(const std::vector<EdgeId>& ranking) const
    {
        const auto& marked = source_.scored.circuit;
        if (request_.top_n > 0) {
            const auto n = std::min(ranking.size(), static_cast<std::size_t>(request_.top_n));
            return { ranking.begin(), ranking.begin() + static_cast<std::ptrdiff_t>(n) };
        }
        std::vector<EdgeId> edges;
        for (const EdgeId edge : ranking)
            if (!marked.empty() && marked[static_cast<std::size_t>(edge.value)])
                edges.push_back(edge);
        return edges;
    }

    JudgedRanking judge(const HiddenMetric& metric, const MetricRange& range,
        std::span<const EdgeId> ranking, std::span<const EdgeId> circuit,
        const std::string& name) const
    {
        JudgedRanking judged;
        judged.curve
            = faithfulness_curve(runs_, metric, range, ranking, progress("faithfulness, " + name));
        if (circuit.empty())
            return judged;
        judged.circuit = judge_circuit(runs_, metric, range, circuit, request_.minimality_edges,
            request_.seed, progress("minimality, " + name),
            request_.as_mib ? Complement::live_others : Complement::all_others);
        const EdgeSet live[] = { live_edges(source_.scored.graph, circuit) };
        TaskTally tally(request_.metric);
        ModelMetric references(model_, request_.metric);
        runs_.run(live, [&](std::size_t, const torch::Tensor& hidden, const ScoredBatch& batch) {
            tally.add(model_, hidden, batch, references.reference(batch));
            tally.add_text(model_, hidden, batch);
        });
        judged.task = figures_of(tally.result());
        return judged;
    }

    CircuitRuns::Progress progress(const std::string& what) const
    {
        if (!request_.progress)
            return {};
        return [this, what](std::int64_t done, std::int64_t total) {
            request_.progress(what, static_cast<int>(done), static_cast<int>(total));
        };
    }

    const EvaluateRequest& request_;
    const Transformer& model_;
    CircuitSource source_;
    AblationBatches batches_;
    CircuitRuns runs_;
    ModelMetric metric_;
};

CircuitReport judge_circuit_file(const EvaluateRequest& request, const Transformer& model,
    std::span<const EncodedExample> examples)
{
    CircuitSource source = open_circuit(request, model.config().graph_shape());
    auto unlike_mib = differences_from_mib(request, source, model.config());
    const Transformer judged = request.as_mib ? ungrouped(model) : model; // weights are shared
    CircuitReport report = CircuitJudge(request, judged, std::move(source), examples).report();
    report.unlike_mib = std::move(unlike_mib);
    return report;
}

EncodedTask open_task(const EvaluateRequest& request, const SourcedModel& sourced)
{
    EncodedTask task = sourced_task(sourced, request.task, request.max_tokens, 0, request.strict);
    if (request.examples > 0 && task.examples.size() > static_cast<std::size_t>(request.examples)) {
        Random random(request.seed);
        random.shuffle(task.examples);
        task.examples.resize(static_cast<std::size_t>(request.examples));
    }
    return task;
}

ItemAnswer answer_to(
    const ScoredItem& item, const std::string& suite, bool is_text, const Tokenizer& tokenizer)
{
    ItemAnswer answer{ suite, is_text, item.index, {}, item.answer, item.chosen,
        item.chosen_per_byte };
    for (const ScoredChoice& choice : item.choices) {
        answer.choices.push_back({ choice.log_probability, choice.bytes, {} });
        for (const std::int64_t id : choice.tokens)
            answer.choices.back().tokens.push_back(
                tokenizer.token_text(static_cast<std::int32_t>(id)));
    }
    return answer;
}

} // namespace

EvaluationReport evaluate(const EvaluateRequest& request)
{
    const torch::NoGradGuard no_grad;
    ModelSource models;
    const SourcedModel sourced = models.get(
        parse_model_reference(request.model), { request.device, request.dtype }, request.progress);
    const Transformer& model = *sourced.model;
    const Tokenizer& tokenizer = *sourced.tokenizer;
    const int context = model.config().max_positions;
    if (request.task.empty() && (request.capabilities.empty() || !request.circuit.empty()))
        throw InputError(request.circuit.empty()
                ? "There is nothing to evaluate: give a task, suites, or both."
                : "A circuit is judged on a task: give one.");
    EncodedTask task = request.task.empty() ? EncodedTask() : open_task(request, sourced);

    EvaluationReport report;
    report.dropped = std::move(task.dropped);
    report.notes = std::move(task.notes);
    report.examples = static_cast<int>(task.examples.size());
    TaskEvaluation what;
    what.metric = request.metric;
    what.perplexity = true;
    what.untouched = &model;
    if (!task.examples.empty())
        report.task = figures_of(evaluate_task(model, task.examples, request.batch, what));
    for (const std::string& source : request.capabilities) {
        const CapabilitySuite read = load_suite(source, source);
        const PreparedSuite suite = prepared_suite(
            read, *sourced.files, tokenizer, context, request.capability_items, request.suite_bos);
        if (!suite.note().empty())
            report.suite_notes.push_back(source + ": " + suite.note() + ".");
        std::vector<ScoredItem> items;
        std::vector<GivenAnswer> given;
        for (EvaluationRecord& record : suite.evaluate(model, 0, {}, &items, &given))
            report.capabilities.push_back(std::move(record));
        for (GivenAnswer& answer : given) {
            ItemAnswer& item = report.items.emplace_back();
            item.suite = source;
            item.index = answer.index;
            item.written = std::move(answer.text);
            item.is_right = answer.is_right;
            item.is_right_loosely = answer.is_right_loosely;
        }
        for (const ScoredItem& item : items)
            report.items.push_back(answer_to(item, source, read.items.empty(), tokenizer));
    }
    if (!request.circuit.empty())
        report.circuit = judge_circuit_file(request, model, task.examples);
    return report;
}

} // namespace circuitloom
