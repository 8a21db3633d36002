// Answers TransferStudy: the circuits of some iterations in the models of others.
#include "core/engine/study_kinds.h"

#include "core/base/error.h"
#include "core/engine/model_metric.h"
#include "core/engine/sourced_task.h"
#include "core/engine/study_cells.h"
#include "core/evaluation/circuit_figures.h"
#include "core/evaluation/faithfulness.h"
#include "core/graph/same_edges.h"
#include "core/run/imported_run.h"
#include "core/run/run_measures.h"
#include "core/store/experiment_reader.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace circuitloom {

namespace {

/// A stored circuit, ready to be left alone.
struct Contender
{
    int iteration = 0;
    std::vector<EdgeId> edges; ///< strongest first
};

std::vector<Contender> contenders(
    const TransferStudy& study, const ExperimentReader& reader, RunId run)
{
    std::vector<Contender> found;
    for (const int iteration : study.circuits) {
        Contender one{ iteration, {} };
        for (const ScoredEdge& edge : reader.circuit(run, { iteration }))
            one.edges.push_back(edge.edge);
        found.push_back(std::move(one));
    }
    return found;
}

/// What the circuits do in one model. Throws Cancelled once a stop was requested; `context` and
/// `graph` must outlive it.
class TransferColumn
{
public:
    TransferColumn(const TransferStudy& study, const RunConfig& config, const SourcedModel& sourced,
        const ComputationalGraph& graph, std::int64_t memory_bytes, int target,
        const AnswerContext& context, StudyAnswer& answer)
        : draws_(study.random_draws)
        , seed_(config.seed)
        , target_(target)
        , model_(sourced.model)
        , graph_(graph)
        , measure_(measure_of(config.discovery.metric).name)
        , examples_(examples(study, config, sourced, answer))
        , batches_(*model_, examples_, config.discovery.baseline, config.discovery.positions,
              config.batch, InputNode::token_and_position, telling_of_means(context))
        , runs_(*model_, graph, batches_, memory_bytes)
        , metric_(*model_, config.discovery.metric)
        , progress_(telling_of_circuits(context))
        , range_(metric_range(runs_, hidden_metric(), progress_))
    {
    }

    std::vector<StudyFigure> range() const
    {
        return { figure(-1, study_series::model, 0, measure_, range_.whole),
            figure(-1, study_series::empty, 0, measure_, range_.empty) };
    }

    std::vector<StudyFigure> cell(const Contender& circuit)
    {
        const double metric = metrics({ live_edges(graph_, circuit.edges) }).front();
        std::vector<StudyFigure> figures;
        add(figures, circuit.iteration, study_series::found, 0, metric);
        const std::vector<double>& random = random_of_size(circuit.edges.size());
        for (std::size_t draw = 0; draw < random.size(); ++draw)
            add(figures, circuit.iteration, study_series::random, static_cast<int>(draw),
                random[draw]);
        return figures;
    }

private:
    static std::vector<EncodedExample> examples(const TransferStudy& study, const RunConfig& config,
        const SourcedModel& sourced, StudyAnswer& answer)
    {
        EncodedTask task = sourced_task(sourced, config.task, config.max_tokens, study.examples);
        answer.dropped = std::move(task.dropped);
        answer.notes = std::move(task.notes);
        return std::move(task.examples);
    }

    HiddenMetric hidden_metric()
    {
        return [this](const torch::Tensor& hidden, const ScoredBatch& batch) {
            return metric_(hidden, batch);
        };
    }

    std::vector<double> metrics(const std::vector<EdgeSet>& circuits)
    {
        return runs_.metric(circuits, hidden_metric(), progress_);
    }

    /// The same circuits as FaithfulnessQuestion draws.
    const std::vector<double>& random_of_size(std::size_t size)
    {
        const auto known = random_.find(size);
        if (known != random_.end())
            return known->second;
        std::vector<EdgeSet> circuits;
        for (int draw = 0; draw < draws_; ++draw) {
            const auto ranking
                = random_ranking(graph_.edges().size(), seed_ + static_cast<std::uint64_t>(draw));
            circuits.push_back(live_edges(graph_, std::span(ranking).first(size)));
        }
        return random_[size] = circuits.empty() ? std::vector<double>() : metrics(circuits);
    }

    StudyFigure figure(
        int source, std::string_view series, int draw, std::string_view measure, double value) const
    {
        return { source, target_, std::string(series), draw, std::string(task_suite),
            std::string(measure), value, static_cast<int>(examples_.size()) };
    }

    void add(std::vector<StudyFigure>& figures, int source, std::string_view series, int draw,
        double metric) const
    {
        figures.push_back(figure(source, series, draw, measure_, metric));
        figures.push_back(figure(source, series, draw, faithfulness_figure,
            range_.faithfulness(metric).value_or(std::nan(""))));
    }

    int draws_;
    std::uint64_t seed_;
    int target_;
    std::shared_ptr<const Transformer> model_;
    const ComputationalGraph& graph_;
    std::string_view measure_;
    std::vector<EncodedExample> examples_;
    AblationBatches batches_;
    CircuitRuns runs_;
    ModelMetric metric_;
    CircuitRuns::Progress progress_;
    MetricRange range_;
    std::map<std::size_t, std::vector<double>> random_; ///< metrics by the size of the circuit
};

std::vector<StudyCell> cells_of(const TransferStudy& study)
{
    std::vector<StudyCell> cells;
    for (const int model : study.models)
        for (const int circuit : study.circuits)
            cells.push_back({ circuit, model, std::string(study_series::found), 0 });
    return cells;
}

void require_iterations(
    const std::vector<int>& iterations, const ExperimentReader& reader, RunId run)
{
    const int there = reader.run(run).iterations;
    for (const int iteration : iterations)
        if (iteration < 0 || iteration >= there)
            throw reader.no_iteration(run, { iteration });
}

} // namespace

StudyAnswer answer_study(
    const TransferStudy& asked, const StudyQuestion& question, const AnswerContext& context)
{
    const RunId other = question.other.value == 0 ? question.run : question.other;
    const ExperimentReader reader(question.file);
    const RunDescription circuits_of = reader.run(question.run).description;
    const RunDescription models_of = reader.run(other).description;
    if (!same_edges(circuits_of.shape, circuits_of.graph, models_of.shape, models_of.graph))
        throw InputError("The circuits of run " + std::to_string(question.run.value)
            + " are of another graph than the models of run " + std::to_string(other.value)
            + ": a circuit can only be put into a model that has its edges.");
    require_iterations(asked.circuits, reader, question.run);
    require_iterations(asked.models, reader, other);
    const RunConfig config = config_of(circuits_of);
    TransferStudy study = asked;
    for (std::vector<int>* iterations : { &study.circuits, &study.models }) {
        std::ranges::sort(*iterations); // so that a replay goes forward
        iterations->erase(std::ranges::unique(*iterations).begin(), iterations->end());
    }
    const ComputationalGraph graph(circuits_of.shape, circuits_of.graph);
    const std::vector<Contender> circuits = contenders(study, reader, question.run);

    StudyAnswer answer;
    StudyCells cells(question, study, context, answer);
    cells.expect(cells_of(study));
    for (const int target : study.models) {
        std::optional<TransferColumn> column;
        for (const Contender& circuit : circuits) {
            if (cells.enough())
                return answer;
            if (cells.has({ circuit.iteration, target, std::string(study_series::found), 0 }))
                continue;
            cells.tell("circuits in the model of iteration " + std::to_string(target));
            if (!column) {
                const SourcedModel sourced = cells.context().model(
                    RunMoment{ question.file, other, RunMoment::Kind::iteration, target },
                    question.compute);
                column.emplace(study, config, sourced, graph, question.memory_bytes, target,
                    cells.context(), answer);
                if (!cells.has({ -1, target, std::string(study_series::model), 0 }))
                    cells.add(column->range(), 0);
            }
            cells.add(column->cell(circuit), 1);
        }
    }
    return answer;
}

} // namespace circuitloom
