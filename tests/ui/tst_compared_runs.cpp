// What a comparison looks up of its runs: the settings in which they differ, and what the suites
// came to.
#include "tests/support/ui_test.h"
#include "ui/compare/compared_settings.h"
#include "ui/compare/suite_figures.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

ComparedRun run_of(int id, int edges)
{
    ComparedRun run;
    run.summary.id = RunId{ id };
    run.config = preset("sv-disagreement");
    run.config.selection.n = edges;
    run.curves = std::make_shared<const CurveData>();
    return run;
}

/// Of one capability's accuracy at steps 0, 10 and 20.
void add(CurveData& curves, const char* suite, double first, double second, double third)
{
    int step = 0;
    for (const double value : { first, second, third }) {
        curves.add(EvaluationRecord{ step, suite, "accuracy", value, 100 });
        step += 10;
    }
}

} // namespace

class TestComparedRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settings_that_differ_are_told_of_each_run()
    {
        std::vector<ComparedRun> runs{ run_of(1, 40), run_of(2, 80), run_of(3, 120) };
        runs[2].configured = false; // its settings count for nothing
        const ComparedSettings settings(runs);
        QVERIFY(settings.names() == std::vector<std::string>{ "circuit.top_n" });
        QCOMPARE(settings.value(RunId{ 1 }, 0), QStringLiteral("40"));
        QCOMPARE(settings.value(RunId{ 2 }, 0), QStringLiteral("80"));
        QCOMPARE(settings.value(RunId{ 3 }, 0), QStringLiteral("–"));
        runs[1].configured = false;
        QVERIFY(ComparedSettings(runs).names().empty());
        QVERIFY(ComparedSettings({}).names().empty());
    }

    void figures_are_those_of_the_first_and_the_last_evaluation()
    {
        auto curves = std::make_shared<CurveData>();
        add(*curves, "verbs", 0.9, 0.7, 0.5);
        add(*curves, "colours", 0.6, 0.4, 0.8);
        add(*curves, "task", 0.1, 0.2, 1);
        curves->add(EvaluationRecord{ 0, "task", "logit-diff", 2, 100 }); // which tells a task
        curves->add(EvaluationRecord{ 0, "verbs", "perplexity", 12, 100 });
        ComparedRun run = run_of(1, 40);
        run.curves = curves;

        const std::vector<SuiteMeasure> measures = suite_measures({ run, run_of(2, 40), run });
        QCOMPARE(measures.size(), std::size_t{ 5 }); // each once
        QVERIFY(std::ranges::is_partitioned(measures, &SuiteMeasure::task));
        QCOMPARE(measures.front().suite, std::string("task"));

        const SuiteMeasure verbs{ "verbs", "accuracy" };
        QCOMPARE(figure_before(run, verbs), 0.9);
        QCOMPARE(figure_after(run, verbs, at_the_end), 0.5);
        QCOMPARE(figure_after(run, verbs, 15), 0.7);
        QVERIFY(std::isnan(figure_before(run, { "unknown", "accuracy" })));
        QVERIFY(std::isnan(figure_after(run_of(2, 40), verbs, at_the_end)));

        // The capabilities' accuracies alone, without the task's.
        QCOMPARE(mean_accuracy_before(run), 0.75);
        QCOMPARE(mean_accuracy_after(run, at_the_end), 0.65);
        QCOMPARE(mean_accuracy_after(run, 10), 0.55);
        QVERIFY(std::isnan(mean_accuracy_before(run_of(2, 40))));
    }
};

CIRCUITLOOM_UI_TEST(TestComparedRuns, Application::none)
#include "tst_compared_runs.moc"
