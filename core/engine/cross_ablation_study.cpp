// Answers CrossAblationStudy: what one task loses when the circuit of another is ablated.
#include "core/engine/study_kinds.h"

#include "core/base/error.h"
#include "core/discovery/edge_discovery.h"
#include "core/engine/model_metric.h"
#include "core/engine/sourced_task.h"
#include "core/engine/study_cells.h"
#include "core/evaluation/faithfulness.h"
#include "core/run/run_measures.h"
#include "core/store/experiment_reader.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace circuitloom {

namespace {

/// The model asked about, and its tasks.
class CrossAblation
{
public:
    CrossAblation(const CrossAblationStudy& study, SourcedModel sourced, std::int64_t memory_bytes)
        : study_(study)
        , sourced_(std::move(sourced))
        , graph_(sourced_.model->config().graph_shape(),
              sourced_.run ? sourced_.run->graph : GraphOptions{})
        , memory_bytes_(memory_bytes)
        , measure_(measure_of(study.discovery.metric).name)
        , circuits_(study.tasks.size())
        , random_(study.tasks.size())
    {
        const auto edges = graph_.edges().size();
        if (study.top_n < 1 || static_cast<std::size_t>(study.top_n) > edges)
            throw InputError("A circuit of this model has 1 to " + std::to_string(edges)
                + " edges, not " + std::to_string(study.top_n) + ".");
    }

    void read_tasks(StudyAnswer& answer)
    {
        for (const std::string& source : study_.tasks) {
            EncodedTask task = sourced_task(sourced_, source, study_.max_tokens, study_.examples);
            const auto add = [&source](auto& to, const auto& from) {
                for (const std::string& one : from)
                    to.push_back(source + ": " + one);
            };
            add(answer.dropped, task.dropped);
            add(answer.notes, task.notes);
            tasks_.push_back(std::move(task.examples));
        }
    }

    /// What is left of the graph without the circuit of `task`.
    const EdgeSet& without_circuit(std::size_t task, const AnswerContext& context)
    {
        std::optional<EdgeSet>& kept = circuits_[task];
        if (kept)
            return *kept;
        const torch::AutoGradMode with_gradients(true);
        DiscoveryPlan plan;
        plan.options = study_.discovery;
        plan.batch = study_.batch;
        plan.seed = study_.seed;
        plan.stop = context.stop;
        plan.progress = [&](int done, int total) {
            context.tell("scoring the edges of " + study_.tasks[task], done, total);
        };
        const auto scores = discover_edges(*sourced_.model, graph_, tasks_[task], plan)
                                .scores.to(torch::kFloat64)
                                .contiguous();
        kept = without(rank_edges(
            { scores.data_ptr<double>(), static_cast<std::size_t>(scores.numel()) }, false));
        return *kept;
    }

    /// Figures of `measured` without the circuit of `ablated`, or with every edge where there is
    /// none.
    std::vector<StudyFigure> cell(
        std::size_t measured, std::optional<std::size_t> ablated, const AnswerContext& context)
    {
        const int target = static_cast<int>(measured);
        if (!ablated)
            return { figure(-1, target, study_series::model, 0,
                metrics(measured, { EdgeSet(graph_.edges().size(), true) }, context).front()) };
        std::vector<EdgeSet> kept{ without_circuit(*ablated, context) };
        std::vector<double> values = metrics(measured, kept, context);
        const int source = static_cast<int>(*ablated);
        std::vector<StudyFigure> figures{ figure(
            source, target, study_series::found, 0, values.front()) };
        const std::vector<double>& random = random_of(measured, context);
        for (std::size_t draw = 0; draw < random.size(); ++draw)
            figures.push_back(
                figure(source, target, study_series::random, static_cast<int>(draw), random[draw]));
        return figures;
    }

private:
    /// Every edge but the first of `ranking`.
    EdgeSet without(const std::vector<EdgeId>& ranking) const
    {
        EdgeSet kept(graph_.edges().size(), true);
        for (int i = 0; i < study_.top_n; ++i)
            kept[static_cast<std::size_t>(ranking[static_cast<std::size_t>(i)].value)] = false;
        return kept;
    }

    const std::vector<double>& random_of(std::size_t task, const AnswerContext& context)
    {
        if (!random_[task]) {
            std::vector<EdgeSet> kept;
            for (int draw = 0; draw < study_.random_draws; ++draw)
                kept.push_back(without(random_ranking(
                    graph_.edges().size(), study_.seed + static_cast<std::uint64_t>(draw))));
            random_[task] = metrics(task, kept, context);
        }
        return *random_[task];
    }

    std::vector<double> metrics(
        std::size_t task, const std::vector<EdgeSet>& kept, const AnswerContext& context) const
    {
        if (kept.empty())
            return {};
        const DiscoveryOptions& by = study_.discovery;
        const AblationBatches batches(*sourced_.model, tasks_[task], by.baseline, by.positions,
            study_.batch, InputNode::token_and_position, telling_of_means(context));
        const CircuitRuns runs(*sourced_.model, graph_, batches, memory_bytes_);
        ModelMetric metric(*sourced_.model, by.metric);
        return runs.metric(
            kept,
            [&metric](const torch::Tensor& hidden, const ScoredBatch& batch) {
                return metric(hidden, batch);
            },
            [&context](std::int64_t done, std::int64_t total) {
                context.tell("ablating", static_cast<int>(done), static_cast<int>(total));
            });
    }

    StudyFigure figure(
        int source, int target, std::string_view series, int draw, double value) const
    {
        return { source, target, std::string(series), draw, std::string(task_suite),
            std::string(measure_), value,
            static_cast<int>(tasks_[static_cast<std::size_t>(target)].size()) };
    }

    const CrossAblationStudy& study_;
    SourcedModel sourced_;
    ComputationalGraph graph_;
    std::int64_t memory_bytes_;
    std::string_view measure_;
    std::vector<std::vector<EncodedExample>> tasks_;
    std::vector<std::optional<EdgeSet>> circuits_; ///< what is left without each
    std::vector<std::optional<std::vector<double>>> random_; ///< metrics of each task
};

} // namespace

StudyAnswer answer_study(
    const CrossAblationStudy& asked, const StudyQuestion& question, const AnswerContext& context)
{
    CrossAblationStudy study = asked;
    if (const auto* moment = std::get_if<RunMoment>(&question.model))
        study.step = step_of(*moment, ExperimentReader(moment->file));
    if (study.tasks.size() > 1'000)
        throw InputError("At most 1000 tasks can be compared at a time.");
    StudyAnswer answer;
    StudyCells cells(question, study, context, answer);
    const auto cell_of = [](std::size_t ablated, std::size_t measured) {
        return StudyCell{ static_cast<int>(ablated), static_cast<int>(measured),
            std::string(study_series::found), 0 };
    };
    std::vector<StudyCell> all;
    for (std::size_t measured = 0; measured < study.tasks.size(); ++measured)
        for (std::size_t ablated = 0; ablated < study.tasks.size(); ++ablated)
            all.push_back(cell_of(ablated, measured));
    cells.expect(all);
    if (answer.done == answer.total)
        return answer;

    CrossAblation ablation(
        study, cells.context().model(question.model, question.compute), question.memory_bytes);
    ablation.read_tasks(answer);
    for (const StudyCell& cell : all) {
        if (cells.enough())
            return answer;
        if (cells.has(cell))
            continue;
        cells.tell("ablating");
        const auto measured = static_cast<std::size_t>(cell.target);
        if (!cells.has({ -1, cell.target, std::string(study_series::model), 0 }))
            cells.add(ablation.cell(measured, std::nullopt, cells.context()), 0);
        cells.add(
            ablation.cell(measured, static_cast<std::size_t>(cell.source), cells.context()), 1);
    }
    return answer;
}

} // namespace circuitloom
