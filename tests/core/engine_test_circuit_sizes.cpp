// f(k) of a run's iteration, against ablating the same edges by their names.
#include "core/base/error.h"
#include "core/evaluation/faithfulness.h"
#include "core/graph/liveness.h"
#include "core/store/experiment_reader.h"
#include "tests/support/ask_engine.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace circuitloom;
using doctest::Approx;
using testing::ask;
using testing::Folder;

namespace {

/// A finished run, and a question about its second circuit.
struct Asked
{
    Asked()
        : file(folder / "run.loom")
    {
        config = testing::tiny_run(folder);
        testing::Watcher watcher;
        REQUIRE(testing::tune(config, file, watcher) == RunState::finished);
        run = watcher.run;
        question.model = { file, run, RunMoment::Kind::iteration, 1 };
        question.random_draws = 3;
    }

    ComputationalGraph graph() const
    {
        const RunDescription description = ExperimentReader(file).run(run).description;
        return { description.shape, description.graph };
    }

    Folder folder;
    std::filesystem::path file;
    RunConfig config;
    RunId run;
    FaithfulnessQuestion question;
};

/// The metric with only these edges left, by an ablation that names them.
double metric_of(const Asked& asked, const ComputationalGraph& graph, std::span<const EdgeId> edges)
{
    Circuit circuit;
    for (const EdgeId edge : edges)
        circuit.push_back({ edge, 0 });
    AblationQuestion question;
    question.model = asked.question.model;
    question.keep_only = true;
    for (const ScoredEdge& edge : prune_dead(graph, circuit))
        question.names.push_back(graph.edge_name(edge.edge));
    question.task = asked.config.task;
    question.baseline = asked.config.discovery.baseline;
    question.positions = asked.config.discovery.positions;
    return ask(question).figures.front().ablated;
}

} // namespace

TEST_CASE("the stored circuit comes first, and every size is what ablating all others gives")
{
    Asked asked;
    const ComputationalGraph graph = asked.graph();
    const auto all = static_cast<int>(graph.edges().size());
    asked.question.sizes = { 0, 3, 8, 20, all, all + 1 };
    const FaithfulnessAnswer answer = ask(asked.question);
    CHECK(answer.edges == all);
    CHECK(answer.circuit == 8);
    CHECK(answer.model.step == 3);
    REQUIRE(answer.sizes.size() == 5); // the graph has not more

    REQUIRE(answer.ranking->size() == graph.edges().size());
    CHECK(std::set<EdgeId>(answer.ranking->begin(), answer.ranking->end()).size()
        == graph.edges().size());
    const Circuit stored = ExperimentReader(asked.file).circuit(asked.run, { 1 });
    for (std::size_t i = 0; i < stored.size(); ++i)
        CHECK((*answer.ranking)[i] == stored[i].edge);

    const double whole = metric_of(asked, graph, *answer.ranking);
    CHECK(answer.whole == Approx(whole));
    const double empty = metric_of(asked, graph, {});
    CHECK(answer.empty == Approx(empty));
    for (const FaithfulnessOfSize& one : answer.sizes) {
        CAPTURE(one.edges);
        const double metric = metric_of(
            asked, graph, std::span(*answer.ranking).first(static_cast<std::size_t>(one.edges)));
        CHECK(one.metric == Approx(metric).epsilon(1e-4));
        CHECK(*one.faithfulness == Approx((metric - empty) / (whole - empty)).epsilon(1e-3));
        REQUIRE(one.random.size() == 3);
        for (std::size_t draw = 0; draw < 3; ++draw) {
            const auto drawn = random_ranking(graph.edges().size(), asked.config.seed + draw);
            const double of_random = metric_of(
                asked, graph, std::span(drawn).first(static_cast<std::size_t>(one.edges)));
            CHECK(one.random[draw] == Approx((of_random - empty) / (whole - empty)).epsilon(1e-3));
        }
    }
    CHECK(*answer.sizes.front().faithfulness == Approx(0));
    CHECK(*answer.sizes.back().faithfulness == Approx(1));
}

TEST_CASE("asked again with the ranking of the answer, the same sizes have the same figures")
{
    Asked asked;
    asked.question.sizes = { 8 };
    const FaithfulnessAnswer first = ask(asked.question);
    asked.question.ranking = first.ranking;
    asked.question.sizes = { 2, 8 };
    const FaithfulnessAnswer second = ask(asked.question);
    CHECK(second.ranking == first.ranking);
    CHECK(second.sizes.back().metric == first.sizes.front().metric);
    CHECK(second.sizes.back().random == first.sizes.front().random);

    asked.question.ranking = std::make_shared<EdgeRanking>(3);
    CHECK_THROWS_AS(ask(asked.question), InputError);
    asked.question.ranking = nullptr;
    asked.question.model.kind = RunMoment::Kind::end;
    CHECK_THROWS_AS(ask(asked.question), InputError);
}

TEST_CASE("it can be called off while circuits are run")
{
    Asked asked;
    asked.question.sizes = { 1, 2, 3, 4 };
    ModelSource source;
    std::stop_source stop;
    const AnswerProgress progress = [&](const std::string& what, int done, int) {
        if (what == "running circuits" && done == 3)
            stop.request_stop();
    };
    CHECK_THROWS_AS(
        answer(asked.question, AnswerContext{ source, progress, stop.get_token() }), Cancelled);
}

TEST_CASE("it can be called off while the whole model and the empty circuit are run")
{
    Asked asked;
    asked.question.sizes = {}; // nothing else is run
    asked.question.ranking = ask(asked.question).ranking;
    ModelSource source;
    std::stop_source stop;
    const AnswerProgress progress = [&](const std::string& what, int, int) {
        if (what == "running circuits")
            stop.request_stop();
    };
    CHECK_THROWS_AS(
        answer(asked.question, AnswerContext{ source, progress, stop.get_token() }), Cancelled);
}
