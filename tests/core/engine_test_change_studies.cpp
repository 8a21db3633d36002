#include "core/analysis/study_table.h"
#include "core/base/error.h"
#include "core/discovery/edge_discovery.h"
#include "core/evaluation/faithfulness.h"
#include "core/store/stored_studies.h"
#include "tests/support/study_questions.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

using namespace circuitloom;
using namespace circuitloom::testing;
using doctest::Approx;
namespace series = study_series;

TEST_CASE("graft: no share is the start and all of it the end, as the run evaluated them")
{
    const Folder folder;
    const RunConfig config = tiny_run(folder);
    const RunId run = tuned(config, folder / "run.loom");
    for (const bool entries : { false, true }) {
        const StudyAnswer answer
            = ask(about(folder / "run.loom", run, GraftStudy{ 3, -1, entries, { 0, 0.3, 1 }, 2 }));
        CHECK(std::get<GraftStudy>(answer.study).step == 12);
        CHECK(answer.done == 12);
        const StudyTable figures(answer.figures);
        int compared = 0; // but for rounding: a run may pass its held-out task in other batches
        for (const auto& [suite, measure] : figures.measures()) {
            if (suite == change_suite)
                continue;
            for (const auto which : { series::by_circuit, series::by_drift, series::random }) {
                const auto at = [&](int place) {
                    return figures.draws({ place, 0, which, suite, measure });
                };
                for (const double value : at(0))
                    CHECK(value
                        == Approx(stored(folder / "run.loom", run, 0, suite, measure))
                               .epsilon(1e-6));
                for (const double value : at(2))
                    CHECK(value
                        == Approx(stored(folder / "run.loom", run, 12, suite, measure))
                               .epsilon(1e-6));
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
            differs
                = differs || value(some, model, series::found) != value(some, model, series::model);
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
        const auto scores = discover_edges(*sourced.model, graph, tasks[ablated], plan)
                                .scores.to(torch::kFloat64);
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
