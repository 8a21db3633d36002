// What is asked of runs whose tasks and suites are answered in words.
#include "core/analysis/study_table.h"
#include "core/base/error.h"
#include "core/engine/discover.h"
#include "core/engine/evaluate.h"
#include "core/engine/validation.h"
#include "tests/support/study_questions.h"
#include "tests/support/worded_run.h"

#include <doctest/doctest.h>

using namespace circuitloom;
using namespace circuitloom::testing;
using doctest::Approx;
namespace series = study_series;

namespace {

/// A finished run.
struct WordedRun
{
    WordedRun()
        : config(worded_configuration(folder.path()))
        , file(folder / "run.loom")
        , run(tuned(config, file))
        , end{ file, run, RunMoment::Kind::iteration, 3 }
    {
    }

    StudyAnswer study(Study asked) const { return ask(about(file, run, std::move(asked))); }

    Folder folder;
    RunConfig config;
    std::filesystem::path file;
    RunId run;
    RunMoment end;
};

} // namespace

TEST_CASE("graft and swap measure what is answered in words as the run did")
{
    const WordedRun worded;
    const StudyTable graft(worded.study(GraftStudy{ 3, -1, false, { 0, 1 }, 1 }).figures);
    const StudyTable swap(worded.study(SwapStudy{ 3, { 0 }, { "all" }, 0 }).figures);
    for (const auto& [suite, measure] :
        { std::pair("followed", "solved"), std::pair("task", "log-prob") }) {
        CAPTURE(suite);
        const double before = stored(worded.file, worded.run, 0, suite, measure);
        const auto grafted = [&, &suite = suite, &measure = measure](int place) {
            return graft.value({ place, 0, series::by_drift, suite, measure });
        };
        CHECK(grafted(0) == Approx(before).epsilon(1e-6));
        CHECK(grafted(1)
            == Approx(stored(worded.file, worded.run, 12, suite, measure)).epsilon(1e-6));
        CHECK(swap.value({ 0, 0, series::model, suite, measure }) == Approx(before).epsilon(1e-6));
    }
}

TEST_CASE("a learning rate is chosen by a held-out task that is answered in words")
{
    const WordedRun worded;
    const Validation found = validate_run(ExperimentReader(worded.file), worded.run);
    ModelSource models;
    const SourcedModel sourced
        = models.get(RunMoment{ worded.file, worded.run, RunMoment::Kind::end, 0 }, testing::exact);
    // Every question has the same answer, and the text before it is two letters.
    const torch::NoGradGuard no_grad;
    const Tokenizer& tokenizer = *sourced.tokenizer;
    auto reply = tokenizer.encode("x #### 3", false);
    reply.push_back(0); // the end of a text
    double total = 0;
    for (const char* question : { "ij", "kl", "mn", "op" }) { // those the run does not evaluate
        auto ids = tokenizer.encode(question, false);
        const auto first = std::ssize(ids);
        ids.insert(ids.end(), reply.begin(), reply.end());
        const auto row = torch::tensor(std::vector<std::int64_t>(ids.begin(), ids.end()));
        const auto values = torch::log_softmax(sourced.model->logits(row.unsqueeze(0))[0], -1);
        for (auto i = first; i < std::ssize(ids); ++i)
            total += values[i - 1][ids[static_cast<std::size_t>(i)]].item<double>()
                / static_cast<double>(4 * reply.size());
    }
    CHECK(found.metric == Approx(total).epsilon(1e-4));
    CHECK(found.accuracy > 0);
}

TEST_CASE("circuits of a task that is answered in words are run in any of the run's models")
{
    const WordedRun worded;
    const StudyTable transfer(worded.study(TransferStudy{ { 3 }, { 3 }, 0, 0 }).figures);
    FaithfulnessQuestion question;
    question.model = worded.end;
    question.compute.device = "cpu";
    question.sizes = { worded.config.selection.n };
    const FaithfulnessAnswer expected = ask(question);
    CHECK(expected.examples == 8);
    CHECK(
        transfer.value({ 3, 3, series::found, "task", "log-prob" }) == expected.sizes.at(0).metric);
}

TEST_CASE("every question about a task takes one that is answered in words")
{
    const WordedRun worded;
    AblationQuestion ablation;
    ablation.model = worded.end;
    ablation.task = worded.config.task;
    ablation.metric = MetricKind::log_prob;
    ablation.names = { "m0" };
    CHECK(ask(ablation).figures.front().items == 8);

    NextTokenQuestion alone;
    alone.model = worded.end;
    alone.text = "ab";
    alone.circuit.emplace();
    alone.circuit->task = worded.config.task;
    alone.circuit->iteration = worded.end;
    CHECK_NOTHROW(ask(alone));

    TargetAttentionQuestion attention;
    attention.model = worded.end;
    attention.task = worded.config.task;
    CHECK_NOTHROW(ask(attention));

    CrossAblationStudy crossed;
    crossed.tasks = { worded.config.task };
    crossed.top_n = 6;
    crossed.discovery.metric = MetricKind::log_prob;
    StudyQuestion of_run = about(worded.file, worded.run, crossed);
    of_run.model = worded.end;
    CHECK(ask(of_run).done == 1);

    EvaluateRequest evaluated;
    evaluated.model = worded.config.model;
    evaluated.task = worded.config.task;
    evaluated.metric = MetricKind::log_prob;
    CHECK(evaluate(evaluated).examples == 8);
    evaluated.metric = MetricKind::logit_diff;
    CHECK_THROWS_WITH_AS(evaluate(evaluated), doctest::Contains("alternative"), InputError);

    DiscoverRequest discovered;
    discovered.model = worded.config.model;
    discovered.task = worded.config.task;
    discovered.options.metric = MetricKind::log_prob;
    CHECK(discover(discovered).examples == 8);
}
