#include "core/analysis/study_table.h"
#include "core/base/error.h"
#include "core/evaluation/faithfulness.h"
#include "core/store/stored_studies.h"
#include "tests/support/study_questions.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace circuitloom;
using namespace circuitloom::testing;
using doctest::Approx;
namespace series = study_series;

TEST_CASE(
    "transfer: a circuit of every edge is as good as each model, one of none explains nothing")
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
                const StudyTable::Place place{ circuit, model, which, "task", faithfulness_figure };
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
        const SourcedModel sourced
            = models.get(RunMoment{ folder / "run.loom", run, RunMoment::Kind::iteration, model },
                testing::exact);
        const ComputationalGraph graph(sourced.model->config().graph_shape(), config.graph);
        std::vector<EdgeId> edges;
        for (const ScoredEdge& edge :
            ExperimentReader(folder / "run.loom").circuit(run, { circuit }))
            edges.push_back(edge.edge);
        const EncodedTask task = load_encoded_task(config.task, *sourced.tokenizer,
            std::min(config.max_tokens, sourced.model->config().max_positions));
        CHECK(figures.value({ circuit, model, series::found, "task", metric })
            == Approx(
                literal_metric(*sourced.model, graph, live_edges(graph, edges), task.examples))
                   .epsilon(1e-9));
    }
}

TEST_CASE("a study looks up which run trains each time, since that may have ended meanwhile")
{
    const Folder folder;
    const RunConfig config = tiny_run(folder);
    const RunId run = tuned(config, folder / "run.loom");
    struct Ended : LiveRun
    {
        bool is(const std::filesystem::path&, RunId) const override
        {
            ++*(over ? &after : &before);
            return false;
        }
        int steps_taken() const override { return 0; }
        const Transformer& model() const override { throw std::logic_error("nobody's model"); }
        bool over = false;
        mutable int before = 0;
        mutable int after = 0;
    } live;
    const LiveRun* place = &live;
    const AnswerProgress progress = [&](const std::string&, int, int) {
        live.over = live.before > 0;
        if (live.over)
            place = nullptr;
    };
    ModelSource source;
    const StudyQuestion question
        = about(folder / "run.loom", run, TransferStudy{ { 0, 1, 2, 3 }, { 0, 1, 2, 3 }, 0, 0 });
    answer(question, AnswerContext{ source, progress, {}, &place });
    CHECK(live.before > 0);
    CHECK(live.after == 0);
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
    CHECK_THROWS_AS(answer(again, AnswerContext{ source, progress, stop.get_token() }), Cancelled);
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

TEST_CASE("transfer: a stop is seen within a cell, which is then not stored")
{
    const Folder folder;
    const RunId run = tuned(tiny_run(folder), folder / "run.loom");
    const StudyQuestion question
        = about(folder / "run.loom", run, TransferStudy{ { 3 }, { 3 }, 2, 0 });
    const auto stored = [&] {
        const ExperimentReader reader(folder / "run.loom");
        const auto studies = reader.studies(run);
        return studies.empty() ? std::vector<StudyFigure>() : reader.study_figures(studies[0].id);
    };
    // Before the first cell is the range of the metric, which is stored first.
    for (const std::size_t stops_with : { 0U, 2U }) {
        std::stop_source stop;
        int told = 0;
        const AnswerProgress progress = [&](const std::string& what, int, int) {
            if (what.starts_with("running circuits") && stored().size() == stops_with
                && ++told == 2)
                stop.request_stop();
        };
        ModelSource source;
        CHECK_THROWS_AS(
            answer(question, AnswerContext{ source, progress, stop.get_token() }), Cancelled);
        CHECK(stored().size() == stops_with);
    }
    CHECK(ask(question).done == 1);
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
