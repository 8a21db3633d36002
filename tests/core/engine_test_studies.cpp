#include "core/analysis/study_table.h"
#include "core/base/error.h"
#include "core/evaluation/faithfulness.h"
#include "core/discovery/edge_discovery.h"
#include "core/run/run_measures.h"
#include "core/store/experiment_reader.h"
#include "core/store/stored_studies.h"
#include "tests/support/ask_engine.h"
#include "tests/support/tiny_run.h"
#include "tests/support/two_pass_patch.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

using namespace circuitloom;
using doctest::Approx;
using testing::ask;
using testing::Folder;
using testing::tiny_run;
using testing::tune;
using testing::Watcher;
namespace series = study_series;

namespace {

constexpr const char* metric = "logit-diff";

RunId tuned(const RunConfig& config, const std::filesystem::path& file)
{
    Watcher watcher;
    REQUIRE(tune(config, file, watcher) == RunState::finished);
    return watcher.run;
}

StudyQuestion about(const std::filesystem::path& file, RunId run, Study study)
{
    StudyQuestion question;
    question.file = file;
    question.run = run;
    question.study = std::move(study);
    question.compute.device = "cpu";
    return question;
}

int graph_edges(const RunConfig& config)
{
    ModelSource source;
    return static_cast<int>(ComputationalGraph(
        source.get(config.model, testing::exact).model->config().graph_shape(), config.graph)
                                .edges()
                                .size());
}

/// By place, so that the order in which they were computed does not matter.
std::map<std::string, double> by_place(const std::vector<StudyFigure>& figures)
{
    std::map<std::string, double> found;
    for (const StudyFigure& one : figures)
        found[std::to_string(one.source) + " " + std::to_string(one.target) + " " + one.series + " "
            + std::to_string(one.draw) + " " + one.suite + " " + one.measure]
            = one.value;
    return found;
}

/// A literal two-pass run of a task's examples with only `kept`, ablated at the target positions to
/// the mean over all their tokens: the mean logit difference.
double literal_metric(const Transformer& model, const ComputationalGraph& graph,
    const EdgeSet& kept, const std::vector<EncodedExample>& task)
{
    std::vector<const EncodedExample*> all;
    for (const EncodedExample& example : task)
        all.push_back(&example);
    const ScoredBatch batch = make_batch(all, torch::kCPU, torch::kFloat64);
    torch::Tensor where = torch::zeros_like(batch.mask, torch::kFloat64);
    for (std::size_t b = 0; b < task.size(); ++b)
        for (const ScoredTarget& target : task[b].targets)
            where[static_cast<std::int64_t>(b)][target.position] = 1;
    const auto baselines = testing::written_baselines(
        model, graph, Baseline::mean, batch.ids, batch.mask, {});
    const auto logits = testing::patched_logits(
        model, graph, kept, batch.ids, where.unsqueeze(-1), baselines);
    double total = 0;
    for (std::size_t b = 0; b < task.size(); ++b)
        for (const ScoredTarget& target : task[b].targets) {
            const auto at = logits[static_cast<std::int64_t>(b)][target.position];
            total += (at[target.target] - at[target.alternative]).item<double>()
                / static_cast<double>(task[b].targets.size() * task.size());
        }
    return total;
}

/// What the run stored of an evaluation.
double stored(const std::filesystem::path& file, RunId run, int step, const std::string& suite,
    const std::string& measure)
{
    for (const EvaluationRecord& record : ExperimentReader(file).evaluations(run))
        if (record.step == step && record.suite == suite && record.measure == measure)
            return record.value;
    FAIL("no such evaluation");
    return 0;
}

} // namespace

TEST_CASE("transfer: a circuit of every edge is as good as each model, one of none explains nothing")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.selection.n = graph_edges(config);
    const RunId all = tuned(config, folder / "run.loom");
    const StudyAnswer whole
        = ask(about(folder / "run.loom", all, TransferStudy{ { 0, 2 }, { 1, 3 }, 1, 0 }));
    const StudyTable figures(whole.figures);
    config.selection.rule = SelectionRule::threshold;
    config.selection.threshold = 1e9;
    const RunId none = tuned(config, folder / "run.loom");
    const StudyTable empty(
        ask(about(folder / "run.loom", none, TransferStudy{ { 0, 2 }, { 1, 3 }, 1, 0 })).figures);
    for (const int circuit : { 0, 2 })
        for (const int model : { 1, 3 })
            for (const auto& which : { series::found, series::random }) {
                const StudyTable::Place place{ circuit, model, which, "task",
                    faithfulness_figure };
                CHECK(figures.value(place) == Approx(1).epsilon(1e-5));
                CHECK(empty.value(place) == 0.0);
            }
    CHECK(whole.done == 4);
    CHECK(whole.total == 4);
}

TEST_CASE("transfer: the diagonal is the faithfulness of the iteration, random circuits included")
{
    const Folder folder;
    const RunConfig config = tiny_run(folder);
    const RunId run = tuned(config, folder / "run.loom");
    const StudyTable figures(
        ask(about(folder / "run.loom", run, TransferStudy{ { 0, 1, 3 }, { 0, 1, 3 }, 3, 0 }))
            .figures);
    for (const int iteration : { 0, 1, 3 }) {
        FaithfulnessQuestion question;
        question.model = { folder / "run.loom", run, RunMoment::Kind::iteration, iteration };
        question.compute.device = "cpu";
        question.sizes = { config.selection.n };
        question.random_draws = 3;
        const FaithfulnessAnswer expected = ask(question);
        const FaithfulnessOfSize& one = expected.sizes.at(0);
        const auto at = [&](std::string_view which, std::string_view measure) {
            return StudyTable::Place{ iteration, iteration, which, "task", measure };
        };
        CHECK(figures.value(at(series::found, metric)) == one.metric);
        CHECK(figures.value(at(series::found, faithfulness_figure)) == one.faithfulness);
        CHECK(figures.draws(at(series::random, faithfulness_figure)) == one.random);
        const auto of_model = [&](std::string_view which) {
            return figures.value({ -1, iteration, which, "task", metric });
        };
        CHECK(of_model(series::model) == expected.whole);
        CHECK(of_model(series::empty) == expected.empty);
    }
}

TEST_CASE("transfer: a circuit in another model is what a literal two-pass run of it there gives")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.selection.n = 40;
    const RunId run = tuned(config, folder / "run.loom");
    StudyQuestion question
        = about(folder / "run.loom", run, TransferStudy{ { 0, 3 }, { 0, 3 }, 0, 0 });
    question.compute = testing::exact;
    const StudyTable figures(ask(question).figures);
    ModelSource models;
    for (const auto& [circuit, model] : { std::pair(0, 3), std::pair(3, 0) }) {
        const SourcedModel sourced = models.get(
            RunMoment{ folder / "run.loom", run, RunMoment::Kind::iteration, model },
            testing::exact);
        const ComputationalGraph graph(sourced.model->config().graph_shape(), config.graph);
        std::vector<EdgeId> edges;
        for (const ScoredEdge& edge : ExperimentReader(folder / "run.loom").circuit(run, { circuit }))
            edges.push_back(edge.edge);
        const EncodedTask task = load_encoded_task(config.task, *sourced.tokenizer,
            std::min(config.max_tokens, sourced.model->config().max_positions));
        CHECK(figures.value({ circuit, model, series::found, "task", metric })
            == Approx(literal_metric(
                *sourced.model, graph, live_edges(graph, edges), task.examples))
                   .epsilon(1e-9));
    }
}

TEST_CASE("transfer: what was called off is gone on with, and comes to the same")
{
    const Folder folder;
    const RunConfig config = tiny_run(folder);
    const RunId run = tuned(config, folder / "run.loom");
    std::filesystem::copy_file(folder / "run.loom", folder / "other.loom");
    const TransferStudy study{ { 0, 1, 2, 3 }, { 0, 1, 2, 3 }, 2, 0 };
    const StudyAnswer whole = ask(about(folder / "run.loom", run, study));
    CHECK(whole.done == 16);

    const StudyQuestion again = about(folder / "other.loom", run, study);
    std::stop_source stop;
    int calls = 0;
    const AnswerProgress progress = [&](const std::string&, int done, int) {
        if (done >= 6 && ++calls == 1)
            stop.request_stop();
    };
    ModelSource source;
    CHECK_THROWS_AS(
        answer(again, AnswerContext{ source, progress, stop.get_token() }), Cancelled);
    const ExperimentReader reader(folder / "other.loom");
    REQUIRE(reader.studies(run).size() == 1);
    const std::int64_t id = reader.studies(run)[0].id;
    const std::size_t part = reader.study_figures(id).size();
    CHECK(part > 0);
    CHECK(part < whole.figures.size());
    // As a panel asks: a few at a time.
    StudyQuestion few = again;
    few.cells = 3;
    StudyAnswer latest = ask(few);
    CHECK(latest.done == 9);
    int asked = 1;
    for (; latest.done < latest.total; ++asked)
        latest = ask(few);
    CHECK(asked == 4);
    CHECK(by_place(latest.figures) == by_place(whole.figures));
    CHECK(by_place(reader.study_figures(id)) == by_place(whole.figures));
    CHECK(reader.studies(run).size() == 1);
    CHECK(std::get<TransferStudy>(read_study(reader.studies(run)[0], folder / "other.loom"))
        == study);
}

TEST_CASE("transfer: circuits of one run in the models of another, of the same graph only")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    const RunId first = tuned(config, folder / "run.loom");
    config.seed = 2;
    const RunId second = tuned(config, folder / "run.loom");
    StudyQuestion question
        = about(folder / "run.loom", first, TransferStudy{ { 3 }, { 0, 3 }, 0, 0 });
    question.other = second;
    const StudyTable figures(ask(question).figures);
    const StudyTable own(
        ask(about(folder / "run.loom", first, TransferStudy{ { 3 }, { 0, 3 }, 0, 0 })).figures);
    const auto at = [](int model) {
        return StudyTable::Place{ 3, model, series::found, "task", metric };
    };
    CHECK(figures.value(at(0)) == own.value(at(0))); // the same untouched model
    CHECK(figures.value(at(3)) != own.value(at(3)));
    config.graph.mlp_group_size = 8;
    question.other = tuned(config, folder / "run.loom");
    CHECK_THROWS_WITH_AS(ask(question), doctest::Contains("another graph"), InputError);
    question.other = second;
    question.study = TransferStudy{ { 30 }, { 0 }, 0, 0 };
    CHECK_THROWS_AS(ask(question), InputError);
}

TEST_CASE("graft: no share is the start and all of it the end, as the run evaluated them")
{
    const Folder folder;
    const RunConfig config = tiny_run(folder);
    const RunId run = tuned(config, folder / "run.loom");
    for (const bool entries : { false, true }) {
        const StudyAnswer answer = ask(about(
            folder / "run.loom", run, GraftStudy{ 3, -1, entries, { 0, 0.3, 1 }, 2 }));
        CHECK(std::get<GraftStudy>(answer.study).step == 12);
        CHECK(answer.done == 12);
        const StudyTable figures(answer.figures);
        int compared = 0;
        for (const auto& [suite, measure] : figures.measures()) {
            if (suite == change_suite)
                continue;
            for (const auto which : { series::by_circuit, series::by_drift, series::random }) {
                const auto at = [&](int place) {
                    return figures.draws({ place, 0, which, suite, measure });
                };
                for (const double value : at(0))
                    CHECK(value == stored(folder / "run.loom", run, 0, suite, measure));
                for (const double value : at(2))
                    CHECK(value == stored(folder / "run.loom", run, 12, suite, measure));
                compared += static_cast<int>(at(0).size());
            }
        }
        CHECK(compared >= 12);
        for (const auto which : { series::by_circuit, series::by_drift }) {
            const auto kept = [&](int place) {
                return figures.value({ place, 0, which, change_suite, kept_figure });
            };
            CHECK(kept(0) == 0.0);
            CHECK(*kept(1) > 0.0);
            CHECK(*kept(1) < 1.0);
            CHECK(kept(2) == 1.0);
        }
    }
}

TEST_CASE("swap: every part taken makes the other model, and its own parts change nothing")
{
    const Folder folder;
    const RunConfig config = tiny_run(folder);
    const RunId run = tuned(config, folder / "run.loom");
    const StudyTable all(
        ask(about(folder / "run.loom", run, SwapStudy{ 3, { 0, 2, 3 }, { "all" }, 2 })).figures);
    const StudyTable some(
        ask(about(folder / "run.loom", run, SwapStudy{ 3, { 0, 2, 3 }, { "m0", "a1.h0" }, 2 }))
            .figures);
    bool differs = false;
    for (const auto& [suite, measure] : all.measures()) {
        const auto value = [&, &suite = suite, &measure = measure](
                               const StudyTable& of, int model, std::string_view which) {
            return of.value({ 0, model, which, suite, measure });
        };
        for (const int model : { 0, 2 }) {
            CHECK(value(all, model, series::found) == value(all, 3, series::model));
            CHECK(value(some, model, series::model) == value(all, model, series::model));
            differs = differs || value(some, model, series::found) != value(some, model, series::model);
        }
        CHECK(value(some, 3, series::found) == value(some, 3, series::model));
        CHECK_FALSE(value(all, 0, series::random)); // there are no other parts
        CHECK(some.draws({ 0, 0, series::random, suite, measure }).size() == 2);
    }
    CHECK(differs);
    CHECK_THROWS_WITH_AS(
        ask(about(folder / "run.loom", run, SwapStudy{ 3, { 0 }, { "a9.h9" }, 2 })),
        doctest::Contains("a9.h9"), InputError);
}

TEST_CASE("cross-ablation: each figure is that of a literal two-pass ablation")
{
    const Folder folder;
    std::vector<TaskExample> other;
    for (const char* text : { "abz", "cdefz", "ghijz" }) {
        const int end = static_cast<int>(std::string(text).size());
        other.push_back({ text, { { end - 1, end, "w" } }, {} });
    }
    std::ofstream(folder / "other.jsonl") << to_jsonl(other);
    CrossAblationStudy study;
    study.tasks = { (folder / "task.jsonl").string(), (folder / "other.jsonl").string() };
    study.top_n = 6;
    study.random_draws = 2;
    StudyQuestion question;
    question.model = testing::test_model("tiny_gpt2");
    question.study = study;
    question.compute = testing::exact;
    const StudyAnswer answer = ask(question);
    CHECK(answer.stored == 0);
    CHECK(answer.done == 4);
    const StudyTable figures(answer.figures);

    ModelSource models;
    const SourcedModel sourced = models.get(question.model, testing::exact);
    const Transformer& model = *sourced.model;
    const ComputationalGraph graph(model.config().graph_shape(), {});
    std::vector<std::vector<EncodedExample>> tasks;
    for (const std::string& task : study.tasks)
        tasks.push_back(load_encoded_task(task, *sourced.tokenizer, 128).examples);
    const auto without = [&](const std::vector<EdgeId>& ranking) {
        EdgeSet kept(graph.edges().size(), true);
        for (int i = 0; i < study.top_n; ++i)
            kept[static_cast<std::size_t>(ranking[static_cast<std::size_t>(i)].value)] = false;
        return kept;
    };
    for (std::size_t ablated = 0; ablated < 2; ++ablated) {
        DiscoveryPlan plan;
        plan.options = study.discovery;
        const auto scores
            = discover_edges(*sourced.model, graph, tasks[ablated], plan).scores.to(torch::kFloat64);
        const EdgeSet kept = without(rank_edges(
            { scores.data_ptr<double>(), static_cast<std::size_t>(scores.numel()) }, false));
        for (std::size_t measured = 0; measured < 2; ++measured) {
            const auto place = [&](std::string_view which) {
                return StudyTable::Place{ static_cast<int>(ablated), static_cast<int>(measured),
                    which, "task", metric };
            };
            const torch::NoGradGuard no_grad;
            CHECK(figures.value(place(series::found))
                == Approx(literal_metric(model, graph, kept, tasks[measured])).epsilon(1e-9));
            CHECK(figures.value({ -1, static_cast<int>(measured), series::model, "task", metric })
                == Approx(literal_metric(
                    model, graph, EdgeSet(graph.edges().size(), true), tasks[measured]))
                       .epsilon(1e-9));
            const auto random = figures.draws(place(series::random));
            REQUIRE(random.size() == 2);
            for (std::uint64_t draw = 0; draw < 2; ++draw)
                CHECK(random[draw]
                    == Approx(literal_metric(model, graph,
                        without(random_ranking(graph.edges().size(), study.seed + draw)),
                        tasks[measured]))
                           .epsilon(1e-9));
        }
    }
}

TEST_CASE("cross-ablation of a run's model is stored with it")
{
    const Folder folder;
    const RunId run = tuned(tiny_run(folder), folder / "run.loom");
    CrossAblationStudy study;
    study.tasks = { (folder / "task.jsonl").string() };
    study.top_n = 6;
    StudyQuestion question = about(folder / "run.loom", run, study);
    question.model = RunMoment{ folder / "run.loom", run, RunMoment::Kind::end, 0 };
    const StudyAnswer first = ask(question);
    CHECK(first.stored > 0);
    const StudyAnswer second = ask(question);
    CHECK(second.stored == first.stored);
    CHECK(by_place(second.figures) == by_place(first.figures));
    CHECK(std::get<CrossAblationStudy>(second.study).step == 12);
}
