#include "tests/support/cut_texts.h"
#include "tests/support/ui_test.h"
#include "ui/accessibility/painted_widgets.h"
#include "ui/compare/comparison_dialog.h"
#include "ui/compare/scatter_plot.h"

#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>

#include <cmath>
#include <limits>
#include <tuple>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::CutTexts;

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

RunColumn named(const std::vector<ComparedRun>& runs, const char* title)
{
    for (const RunColumn& column : columns_of(runs))
        if (column.full_title == QLatin1String(title))
            return column;
    qFatal("no column %s", title);
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

    void the_runs_names_stay_when_the_table_is_scrolled()
    {
        ComparisonDialog dialog;
        dialog.show_runs({ run_of(1, "b", 0.5, 0.9, 2), run_of(2, "a", 0.5, 0.2, 0.5) });
        dialog.resize(500, 400);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        auto* table = dialog.findChild<QTableView*>(QStringLiteral("comparisonTable"));
        auto* names = dialog.findChild<QTableView*>(QStringLiteral("frozenColumn"));
        QVERIFY(names && !names->isVisible());
        table->horizontalScrollBar()->setValue(table->horizontalScrollBar()->maximum());
        QTRY_VERIFY(names->isVisible());
        for (int row = 0; row < 2; ++row) {
            const QRect there = names->visualRect(names->model()->index(row, 0));
            QVERIFY(names->viewport()->rect().contains(there.center()));
            QCOMPARE(names->viewport()->mapToGlobal(there.center()).y(),
                table->viewport()
                    ->mapToGlobal(table->visualRect(table->model()->index(row, 0)).center())
                    .y());
        }
        QTest::mouseClick(names->viewport(), Qt::LeftButton, {},
            names->visualRect(names->model()->index(1, 0)).center());
        QCOMPARE(table->selectionModel()->selectedRows().front().row(), 1);
        table->horizontalScrollBar()->setValue(0);
        QVERIFY(!names->isVisible());
    }

    void what_is_shown_is_copied()
    {
        ComparisonDialog dialog;
        dialog.show_runs({ run_of(1, "a, \"b\"", 0.5, 0.9, 2), run_of(2, "c\td", 0.5, 0.2, 1) });
        const auto copied = [&](const char* action) {
            dialog.findChild<QAction*>(QString::fromLatin1(action))->trigger();
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
        const QStringList markdown = copied("copyMarkdown");
        QVERIFY(markdown[1].startsWith(QStringLiteral("| --- | --- | ---: |")));
        QCOMPARE(copied("copyLatex")[0].left(16), QStringLiteral("\\begin{tabular}{"));
    }

    void settings_in_which_runs_differ_are_columns()
    {
        ComparedRun ten = run_of(1, "ten", 0.5, 0.9, 1);
        ComparedRun hundred = run_of(2, "hundred", 0.5, 0.9, 1);
        ComparedRun imported = run_of(3, "imported", 0.5, 0.9, 1);
        ten.config.selection.n = 10;
        hundred.config.selection.n = 100;
        imported.summary.description.method = "imported";
        imported.configured = false;
        RunComparison table;
        table.set_runs({ hundred, ten, imported });
        const int n = column(table, QStringLiteral("circuit.top_n"));
        QVERIFY(n > 0);
        QCOMPARE(table.index(0, n).data().toString(), QStringLiteral("100"));
        QCOMPARE(table.index(1, n).data(RunComparison::sort_role).toDouble(), 10.0);
        QCOMPARE(table.index(2, n).data().toString(), QStringLiteral("–"));
        QCOMPARE(column(table, QStringLiteral("optimizer.kind")), -1);
    }

    void groups_have_means_and_deviations()
    {
        std::vector<ComparedRun> runs{ run_of(1, "a", 0.5, 0.9, 1), run_of(2, "b", 0.5, 0.8, 1),
            run_of(3, "c", 0.5, 0.6, 1) };
        runs[2].summary.description.method = "lora";
        runs[2].config.method = TuningMethod::lora;
        runs[1].shown = true;
        for (const Grouping grouping : { Grouping::method, Grouping::settings }) {
            RunComparison table;
            table.set_runs(runs, grouping);
            QCOMPARE(table.rowCount(), 2);
            const int after = column(table, QStringLiteral("was/were, after"));
            // Of 0.9 and 0.8 the deviation is 0.1 / √2.
            QCOMPARE(table.index(0, after).data().toString(), QStringLiteral("85.0 % ± 7.1 %"));
            QCOMPARE(table.index(1, after).data().toString(), QStringLiteral("60.0 %"));
            QCOMPARE(table.index(0, column(table, QStringLiteral("seed"))).data().toString(),
                QStringLiteral("10, 20"));
            QCOMPARE(table.index(0, 0).data().toString(), QStringLiteral("2 runs"));
            QCOMPARE(table.row_of({ 2 }), 0);
            QVERIFY(table.index(0, 0).data(Qt::FontRole).value<QFont>().bold());
            QVERIFY(!table.index(1, 0).data(Qt::FontRole).isValid());
        }
    }

    void points_are_the_runs_values_and_their_means()
    {
        const std::vector<ComparedRun> runs{ run_of(1, "a", 0.5, 0.9, 1),
            run_of(2, "b", 0.5, 0.7, 1), run_of(3, "c", 0.5, 0.4, 1) };
        const RunScatter scatter = scatter_of(runs, Grouping::method,
            named(runs, "task: Prefers the target, change"), named(runs, "was/were, after"), {});
        QCOMPARE(scatter.groups.size(), std::size_t{ 1 });
        QCOMPARE(scatter.groups[0].runs.size(), std::size_t{ 3 });
        QVERIFY(std::abs(scatter.groups[0].runs[0].x - 0.4) < 1e-12);
        QVERIFY(std::abs(scatter.groups[0].x - 0.5 / 3) < 1e-12);
        QVERIFY(std::abs(scatter.groups[0].y - 2.0 / 3) < 1e-12);
        // Each run alone: what is best in both is the whole front.
        const RunScatter alone = scatter_of(runs, Grouping::none,
            named(runs, "task: Prefers the target, change"), named(runs, "was/were, after"), {});
        QCOMPARE(alone.front, std::vector<std::size_t>{ 0 });
    }

    void no_text_of_the_points_plot_is_cut_however_large_it_is()
    {
        const std::vector<ComparedRun> runs{ run_of(1, "a", 0.5, 1, 1), run_of(2, "b", 0.5, 0, 1) };
        for (const double scale : { 1.0, 2.0 }) {
            Theme large = theme(false);
            large.scale = scale;
            ScatterPlot plot;
            plot.resize(700, 500);
            plot.set_theme(large);
            plot.set_scatter(scatter_of(runs, Grouping::none, named(runs, "was/were, after"),
                named(runs, "task: Prefers the target, after"), {}));
            CutTexts device(plot.size());
            plot.render(&device);
            QVERIFY(device.count() > 8);
            QVERIFY2(device.found().isEmpty(), qPrintable(device.found().join(u' ')));
        }
    }

    void where_texts_run_to_the_left_the_names_stay_at_the_right()
    {
        ComparisonDialog dialog;
        dialog.setLayoutDirection(Qt::RightToLeft);
        dialog.show_runs({ run_of(1, "b", 0.5, 0.9, 2), run_of(2, "a", 0.5, 0.2, 0.5) });
        dialog.resize(500, 400);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        auto* table = dialog.findChild<QTableView*>(QStringLiteral("comparisonTable"));
        auto* names = dialog.findChild<QTableView*>(QStringLiteral("frozenColumn"));
        table->horizontalScrollBar()->setValue(table->horizontalScrollBar()->maximum());
        QTRY_VERIFY(names->isVisible());
        QCOMPARE(names->geometry().right(), table->viewport()->geometry().right());
    }

    void matched_runs_are_taken_where_each_first_came_so_far()
    {
        std::vector<ComparedRun> runs{ run_of(1, "fast", 0.5, 0.9, 1),
            run_of(2, "slow", 0.5, 0.9, 1), run_of(3, "never", 0.5, 0.6, 1) };
        for (const auto& [i, reached_at] : { std::pair{ 0, 5 }, std::pair{ 1, 15 } }) {
            auto curves = std::make_shared<CurveData>();
            for (int step = 0; step <= 20; step += 5) {
                const double task = step >= reached_at ? 0.97 : 0.5;
                curves->add(EvaluationRecord{ step, "task", "accuracy", task, 100 });
                curves->add(EvaluationRecord{ step, "task", "logit-diff", task, 100 });
                curves->add(EvaluationRecord{ step, "was/were", "accuracy", 1 - 0.02 * step, 100 });
            }
            runs[static_cast<std::size_t>(i)].curves = curves;
        }
        const RunColumn task = named(runs, "task: Prefers the target, after");
        const RunScatter scatter = scatter_of(runs, Grouping::none, named(runs, "steps taken"),
            named(runs, "was/were, after"), Match{ task, 0.95 });
        QCOMPARE(scatter.groups.size(), std::size_t{ 2 });
        QCOMPARE(scatter.groups[0].x, 5.0);
        QVERIFY(std::abs(scatter.groups[0].y - 0.9) < 1e-12);
        QCOMPARE(scatter.groups[1].x, 15.0);
        QCOMPARE(scatter.left_out, QStringList{ QStringLiteral("never") });
        // Fewer steps and more kept: the fast one beats the slow one.
        QCOMPARE(scatter.front, std::vector<std::size_t>{ 0 });
    }

    void what_a_run_took_is_that_until_it_came_so_far()
    {
        ComparedRun run = run_of(1, "a", 0.5, 0.9, 7);
        auto curves = std::make_shared<CurveData>();
        for (int i = 0; i <= 4; ++i) {
            IterationRecord iteration;
            iteration.index = IterationIndex{ i };
            iteration.step = 10 * i;
            iteration.tunable_ratio = 0.1 * i;
            iteration.seconds = i == 0 ? 0 : i <= 2 ? 10 : 90; // a second a step, then nine
            curves->add(iteration);
        }
        run.curves = curves;
        const RunColumn tunable = named({ run }, "tunable");
        const RunColumn seconds = named({ run }, "time per step");
        QVERIFY(std::abs(tunable.value(run, 20) - 0.1) < 1e-12); // of 0, 0.1, 0.2
        QVERIFY(std::abs(tunable.value(run, at_the_end) - 0.2) < 1e-12);
        QVERIFY(std::abs(seconds.value(run, 20) - 1) < 1e-12);
        QVERIFY(std::abs(seconds.value(run, 30) - 110.0 / 30) < 1e-12);
        QCOMPARE(seconds.value(run, at_the_end), 7.0);
    }

    void how_a_run_went_is_told_until_it_came_so_far()
    {
        ComparedRun run = run_of(1, "a", 0.5, 0.9, 1);
        auto curves = std::make_shared<CurveData>();
        for (int i = 0; i <= 4; ++i) {
            IterationRecord iteration;
            iteration.index = IterationIndex{ i };
            iteration.step = 10 * i;
            iteration.edges = 10;
            iteration.entered = i == 0 ? 10 : 2 * i; // shares 0.2, 0.4, 0.6, 0.8 are new
            curves->add(iteration);
            if (i % 2 == 0)
                curves->add_stability(10 * i, 0.2 * i);
            curves->add(StepRecord{ 10 * i + 1, 5.0 - i, 0, 0.01 * (i + 1) });
        }
        run.curves = curves;
        RunComparison table;
        table.set_runs({ run });
        for (const auto& [title, until_20, in_the_end] :
            { std::tuple{ "loss", 3.0, 1.0 }, std::tuple{ "turnover", 0.3, 0.5 },
                std::tuple{ "Jaccard", (8.0 / 12 + 6.0 / 14) / 2,
                    (8.0 / 12 + 6.0 / 14 + 4.0 / 16 + 2.0 / 18) / 4 },
                std::tuple{ "stability", 0.2, 0.4 }, std::tuple{ "learning rate", 0.02, 0.03 } }) {
            const RunColumn one = named({ run }, title);
            QVERIFY2(std::abs(one.value(run, 20) - until_20) < 1e-12, title);
            QVERIFY2(std::abs(one.value(run, at_the_end) - in_the_end) < 1e-12, title);
            QVERIFY2(column(table, QString::fromLatin1(title)) > 0, title); // and scatter, sweep
        }
        QCOMPARE(table.index(0, column(table, QStringLiteral("stability"))).data().toString(),
            QStringLiteral("0.40"));
        // What was never resampled has no stability.
        table.set_runs({ run_of(2, "b", 0.5, 0.9, 1) });
        QCOMPARE(table.index(0, column(table, QStringLiteral("stability"))).data().toString(),
            QStringLiteral("–"));
    }

    void what_has_the_same_name_is_told_apart()
    {
        std::vector<ComparedRun> runs{ run_of(1, "same", 0.5, 0.9, 1),
            run_of(2, "same", 0.5, 0.8, 1), run_of(3, "other", 0.5, 0.8, 1),
            run_of(4, "same", 0.5, 0.7, 1) };
        for (const std::size_t imported : { 0U, 1U }) {
            runs[imported].summary.description.method = "imported";
            runs[imported].configured = false;
        }
        for (const Grouping grouping : { Grouping::none, Grouping::settings, Grouping::method }) {
            QStringList names;
            for (const ComparedGroup& group : groups_of(runs, grouping))
                names << group.name;
            QVERIFY2(names.removeDuplicates() == 0, qPrintable(names.join(u',')));
        }
        // What is imported, or cannot be read, repeats nothing.
        QCOMPARE(groups_of(runs, Grouping::settings).size(), std::size_t{ 3 });
        RunComparison table;
        table.set_runs(runs);
        QVERIFY(table.index(0, 0).data() != table.index(1, 0).data());
        QCOMPARE(table.index(2, 0).data().toString(), QStringLiteral("other"));
    }

    void the_axes_stay_what_they_are_when_columns_come()
    {
        ComparisonDialog dialog;
        dialog.show_runs({ run_of(1, "a", 0.5, 0.9, 1), run_of(2, "b", 0.5, 0.7, 1) });
        auto* x = dialog.findChild<QComboBox*>(QStringLiteral("scatterX"));
        auto* y = dialog.findChild<QComboBox*>(QStringLiteral("scatterY"));
        QCOMPARE(x->currentData().toString(), QStringLiteral("task/task/accuracy/change"));
        QCOMPARE(y->currentData().toString(), QStringLiteral("capabilities/after"));
        x->setCurrentIndex(x->findData(QStringLiteral("seconds")));
        // Another title says the same: it is remembered by what it is.
        x->setItemText(x->currentIndex(), QStringLiteral("Zeit"));
        ComparedRun third = run_of(3, "c", 0.5, 0.7, 1);
        third.config.selection.n = 77;
        dialog.show_runs({ run_of(1, "a", 0.5, 0.9, 1), run_of(2, "b", 0.5, 0.7, 1), third });
        QCOMPARE(x->currentData().toString(), QStringLiteral("seconds"));
        QCOMPARE(y->currentData().toString(), QStringLiteral("capabilities/after"));
    }

    void names_of_runs_are_no_markup()
    {
        RunComparison table;
        table.set_runs({ run_of(1, "<b>a</b> <img src='x'>", 0.5, 0.9, 1) });
        const QString tip = table.index(0, 0).data(Qt::ToolTipRole).toString();
        QTextDocument shown;
        shown.setHtml(tip);
        QCOMPARE(shown.toPlainText(), QStringLiteral("<b>a</b> <img src='x'>"));
        ComparisonDialog dialog;
        for (const char* label : { "scatterRemark", "comparisonHint" })
            QCOMPARE(
                dialog.findChild<QLabel*>(QString::fromLatin1(label))->textFormat(), Qt::PlainText);
    }

    void a_point_chooses_its_run_by_mouse_and_by_keyboard()
    {
        describe_painted_widgets();
        const std::vector<ComparedRun> runs{ run_of(1, "a", 0.5, 0.9, 1),
            run_of(2, "b", 0.5, 0.7, 1) };
        ComparisonDialog dialog;
        dialog.show_runs(runs);
        dialog.findChild<QTabWidget*>(QStringLiteral("comparisonTabs"))->setCurrentIndex(1);
        dialog.show();
        auto* plot = dialog.findChild<ScatterPlot*>(QStringLiteral("runScatter"));
        QCOMPARE(plot->scatter().groups.size(), std::size_t{ 2 });
        QSignalSpy chosen(&dialog, &ComparisonDialog::run_chosen);
        QTest::mouseClick(plot, Qt::RightButton, {}, plot->place_of({ 2 })->toPoint());
        QVERIFY(chosen.isEmpty());
        QTest::mouseClick(plot, Qt::LeftButton, {}, plot->place_of({ 2 })->toPoint());
        QCOMPARE(chosen.size(), 1);
        QVERIFY(chosen[0][0].value<RunId>() == RunId{ 2 });
        // By rising x: the first is run 2, which gained less.
        QTest::keyClick(plot, Qt::Key_Right);
        QTest::keyClick(plot, Qt::Key_Right);
        QTest::keyClick(plot, Qt::Key_Return);
        QCOMPARE(chosen.size(), 2);
        QVERIFY(chosen[1][0].value<RunId>() == RunId{ 1 });
        // Assistive programs are told of both, in this order.
        QAccessibleInterface* read = QAccessible::queryAccessibleInterface(plot);
        QCOMPARE(read->childCount(), 2);
        QVERIFY(read->child(0)->text(QAccessible::Name).startsWith(QStringLiteral("b: ")));
        const QPoint at = plot->mapToGlobal(plot->place_of({ 2 })->toPoint());
        QCOMPARE(read->childAt(at.x(), at.y()), read->child(0));
        // Runs that never came so far are named.
        dialog.findChild<QCheckBox*>(QStringLiteral("scatterMatched"))->setChecked(true);
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("scatterRemark"))
                    ->text()
                    .contains(QStringLiteral("a, b")));
        QVERIFY(plot->scatter().groups.empty());
    }

    void the_table_is_saved_by_the_files_ending()
    {
        QTemporaryDir folder;
        ComparisonDialog dialog;
        dialog.show_runs({ run_of(1, "a", 0.5, 0.9, 2) });
        const QString file = folder.filePath(QStringLiteral("runs.tex"));
        dialog.save(file);
        QFile written(file);
        QTRY_VERIFY_WITH_TIMEOUT(written.exists(), 30'000);
        QVERIFY(written.open(QFile::ReadOnly));
        QCOMPARE(QString::fromUtf8(written.readAll()), dialog.text(TableLayout::latex));
    }
};

CIRCUITLOOM_UI_TEST(TestRunComparison, Application::widgets)
#include "tst_run_comparison.moc"
