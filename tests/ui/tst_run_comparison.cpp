#include "tests/support/ui_test.h"
#include "ui/compare/comparison_dialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <cmath>
#include <limits>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

ComparedRun run_of(int id, const char* name, double before, double after, double seconds)
{
    ComparedRun run;
    run.summary.id = RunId{ id };
    run.summary.description.name = name;
    run.summary.description.method = "circuit";
    run.summary.description.seed = static_cast<std::uint64_t>(10 * id);
    run.summary.description.steps = 20;
    run.summary.steps_done = 20;
    run.summary.state = RunState::finished;
    auto curves = std::make_shared<CurveData>();
    for (const auto& [step, value] : { std::pair{ 0, before }, std::pair{ 20, after } }) {
        curves->add(EvaluationRecord{ step, "was/were", "accuracy", value, 100 });
        curves->add(EvaluationRecord{ step, "task", "accuracy", value, 100 });
        curves->add(EvaluationRecord{ step, "task", "exact-token", value / 2, 100 });
        curves->add(EvaluationRecord{ step, "task", "logit-diff", value * 10, 100 });
    }
    for (int i = 0; i < 4; ++i) {
        IterationRecord iteration;
        iteration.index = IterationIndex{ i };
        iteration.step = i;
        iteration.tunable_ratio = 0.1 + 0.02 * i;
        curves->add(iteration);
    }
    run.curves = curves;
    run.seconds_per_step = seconds;
    return run;
}

int column(const QAbstractItemModel& model, const QString& title)
{
    for (int i = 0; i < model.columnCount(); ++i) {
        if (model.headerData(i, Qt::Horizontal, Qt::AccessibleTextRole).toString() == title)
            return i;
    }
    return -1;
}

} // namespace

class TestRunComparison : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void every_measure_stands_before_and_after()
    {
        RunComparison table;
        table.set_runs({ run_of(1, "a", 0.5, 0.95, 0.038) });
        const auto text = [&](const char* title) {
            return table.index(0, column(table, QString::fromLatin1(title))).data().toString();
        };
        QCOMPARE(text("run"), QStringLiteral("a"));
        QCOMPARE(text("seed"), QStringLiteral("10"));
        QCOMPARE(text("steps"), QStringLiteral("20"));
        QCOMPARE(text("was/were, before"), QStringLiteral("50.0 %"));
        QCOMPARE(text("was/were, after"), QStringLiteral("95.0 %"));
        QCOMPARE(text("task: Prefers the target, before"), QStringLiteral("50.0 %"));
        QCOMPARE(text("task: Exact next token, before"), QStringLiteral("25.0 %"));
        QCOMPARE(text("task: Logit difference, before"), QStringLiteral("5.00"));
        QCOMPARE(text("task: Logit difference, after"), QStringLiteral("9.50"));
        QCOMPARE(text("tunable"), QStringLiteral("13.0 %")); // of 0.10, 0.12, 0.14, 0.16
        QCOMPARE(text("time per step"), QStringLiteral("38.0 ms"));
        QVERIFY(text("state").startsWith(QStringLiteral("finished")));
        // What is taught stands before the capabilities.
        QVERIFY(column(table, QStringLiteral("task: Logit difference, before"))
            < column(table, QStringLiteral("was/were, before")));
    }

    void a_run_without_a_measure_has_a_dash()
    {
        ComparedRun bare = run_of(2, "bare", 0, 0, std::numeric_limits<double>::quiet_NaN());
        bare.curves = std::make_shared<CurveData>();
        RunComparison table;
        table.set_runs({ run_of(1, "a", 0.5, 0.95, 0.038), bare });
        for (const char* title : { "was/were, after", "tunable", "time per step" })
            QCOMPARE(table.index(1, column(table, QString::fromLatin1(title))).data().toString(),
                QStringLiteral("–"));
    }

    void columns_sort_by_value()
    {
        ComparisonDialog dialog;
        dialog.show_runs({ run_of(1, "b", 0.5, 0.9, 2), run_of(2, "a", 0.5, 0.2, 0.5),
            run_of(3, "C", 0.5, 1, 12) });
        auto* view = dialog.findChild<QTableView*>(QStringLiteral("comparisonTable"));
        QAbstractItemModel* model = view->model();
        const auto order = [&] {
            QString names;
            for (int row = 0; row < model->rowCount(); ++row)
                names += model->index(row, 0).data().toString();
            return names;
        };
        QCOMPARE(order(), QStringLiteral("baC"));
        view->sortByColumn(column(*model, QStringLiteral("was/were, after")), Qt::DescendingOrder);
        QCOMPARE(order(), QStringLiteral("Cba"));
        // As numbers: 500 ms < 2 s < 12 s.
        view->sortByColumn(column(*model, QStringLiteral("time per step")), Qt::AscendingOrder);
        QCOMPARE(order(), QStringLiteral("abC"));
        view->sortByColumn(0, Qt::AscendingOrder);
        QCOMPARE(order(), QStringLiteral("abC"));

        // The order and the choice stay while values change; what is not known comes last.
        view->sortByColumn(column(*model, QStringLiteral("time per step")), Qt::AscendingOrder);
        view->selectRow(1);
        dialog.show_runs({ run_of(1, "b", 0.5, 0.9, 2),
            run_of(2, "a", 0.5, 0.2, std::numeric_limits<double>::quiet_NaN()),
            run_of(3, "C", 0.5, 1, 12) });
        QCOMPARE(order(), QStringLiteral("bCa"));
        QCOMPARE(view->selectionModel()->selectedRows().size(), 1);
        dialog.show_runs({ run_of(1, "b", 0.5, 0.9, 2), run_of(2, "a", 0.5, 0.2, 0.5),
            run_of(3, "C", 0.5, 1, 12) });
        QCOMPARE(order(), QStringLiteral("abC"));

        QSignalSpy chosen(&dialog, &ComparisonDialog::run_chosen);
        Q_EMIT view->activated(model->index(0, 0));
        QCOMPARE(chosen.size(), 1);
        QVERIFY(chosen[0][0].value<RunId>() == RunId{ 2 });
    }

    void what_is_shown_is_copied()
    {
        ComparisonDialog dialog;
        dialog.show_runs({ run_of(1, "a, \"b\"", 0.5, 0.9, 2), run_of(2, "c\td", 0.5, 0.2, 1) });
        const auto copied = [&](const char* button) {
            dialog.findChild<QPushButton*>(QString::fromLatin1(button))->click();
            return QGuiApplication::clipboard()->text().split(u'\n');
        };
        const QStringList csv = copied("copyCsv");
        QCOMPARE(csv.size(), 4); // and what follows the last line: nothing
        QVERIFY(csv[0].startsWith(QStringLiteral("run,method,seed,steps,")));
        QVERIFY(csv[0].contains(QStringLiteral("\"was/were, before\",\"was/were, after\"")));
        QVERIFY(csv[1].startsWith(QStringLiteral("\"a, \"\"b\"\"\",circuit,10,20,")));
        const QStringList tsv = copied("copyTsv");
        for (int i = 0; i < 3; ++i)
            QCOMPARE(tsv[i].count(u'\t'), tsv[0].count(u'\t'));
        QVERIFY(tsv[2].startsWith(QStringLiteral("c d\tcircuit\t20\t20\t")));
    }
};

CIRCUITLOOM_UI_TEST(TestRunComparison, Application::widgets)
#include "tst_run_comparison.moc"
