// What is plotted, and how the user changes it.
#include "tests/support/ui_test.h"
#include "ui/base/control_keys.h"
#include "ui/curves/curve_plots.h"
#include "ui/curves/curve_table_dialog.h"
#include "ui/curves/curves_bar.h"
#include "ui/curves/curves_csv.h"
#include "ui/curves/curves_panel.h"
#include "ui/curves/plot_choices.h"
#include "ui/curves/plot_widget.h"
#include "ui/curves/run_legend.h"

#include <QClipboard>
#include <QComboBox>
#include <QJsonArray>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

PlottedRun run_of(int id, double level = 0, std::optional<RunId> alike = {})
{
    auto data = std::make_shared<CurveData>();
    data->set_examples_per_step(8);
    for (int step = 0; step <= 40; ++step) {
        if (step % 2 == 0)
            data->add(IterationRecord{ { step / 2 }, step, 1, 1, 0.2, 10, 30, step == 0 ? 30 : 10,
                step == 0 ? 1.0 : 4.0 });
        if (step > 0)
            data->add(StepRecord{ step, level + 3.0 / step, step * 0.1, 0.01 });
        if (step % 10 == 0) {
            data->add(EvaluationRecord{ step, "was/were", "accuracy", 0.9, 100 });
            data->add(EvaluationRecord{ step, "facts", "perplexity", 12, 100 });
            data->add(EvaluationRecord{ step, "verbs", "logit-diff", step * 0.1, 100 });
        }
    }
    for (int iteration = 0; iteration <= 20; iteration += 4)
        data->add_stability(2 * iteration, 0.5);
    PlottedRun run{ RunId{ id }, QStringLiteral("run %1").arg(id), QColor(Qt::darkGreen), 40, data };
    run.alike = alike;
    return run;
}

QStringList titles(const CurvesPanel& panel)
{
    QStringList found;
    for (const PlotWidget* plot : panel.plots())
        found << plot->content().title;
    return found;
}

std::vector<PlotContent> plots_with(
    const std::vector<PlottedRun>& runs, const std::vector<PlotChoice>& plots, CurvesView view = {})
{
    view.plots = plots;
    return plots_of(runs, theme(false), view);
}

QAction* action_of(const QMenu& menu, const QString& text)
{
    for (QAction* action : menu.actions()) {
        if (action->text() == text)
            return action;
        if (action->menu())
            if (QAction* found = action_of(*action->menu(), text))
                return found;
    }
    return nullptr;
}

} // namespace

class TestCurveChoices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void a_view_survives_the_file()
    {
        CurvesView view;
        QVERIFY(curves_view_in(to_json(view)) == view);
        view.plots = { { "loss", "", true }, { "accuracy", "was/were", false },
            { "score", "", false, "m1->a2.h5<q>" } };
        view.axis = { AxisQuantity::iteration, true };
        view.smoothing = 0.99;
        view.seeds = SeedBand::deviation;
        view.apart = true;
        QVERIFY(curves_view_in(to_json(view)) == view);
        for (const AxisQuantity quantity : { AxisQuantity::step, AxisQuantity::examples,
                 AxisQuantity::wall_time }) {
            view.axis.quantity = quantity;
            QVERIFY(curves_view_in(to_json(view)) == view);
        }
        QJsonObject odd{ { QStringLiteral("plots"),
                             QJsonArray{ 3, QJsonObject(), QJsonObject{ { QStringLiteral("measure"),
                                                               QString(9999, u'x') } } } },
            { QStringLiteral("axis"), 7 }, { QStringLiteral("smoothing"), 1.5 },
            { QStringLiteral("seeds"), QStringLiteral("x") } };
        QVERIFY(curves_view_in(odd) == CurvesView());
        QVERIFY(curves_view_in(QStringLiteral("x")) == CurvesView());
    }

    void every_choice_of_the_menu_has_a_title_of_its_own_and_a_plot()
    {
        const std::vector<std::string> items{ "a2.h5" };
        std::vector<PlottedRun> runs{ run_of(1), run_of(2) };
        const Curve some{ { 2, 0.125 }, { 4, 0.5 } };
        for (PlottedRun& run : runs) {
            run.circuits = std::make_shared<CircuitCurves>(CircuitCurves{ some, some, some });
            run.items = std::make_shared<ItemCurves>(ItemCurves{ { items.front(), some } });
        }
        QStringList all;
        for (const PlotGroup& group : plot_groups(runs, items)) {
            QVERIFY(!group.title.isEmpty() && !group.choices.empty());
            for (const PlotChoice& choice : group.choices) {
                all << title_of(choice);
                const std::vector<PlotContent> plots = plots_with(runs, { choice });
                QVERIFY2(!plots.empty(), qPrintable(title_of(choice)));
                for (const PlotContent& plot : plots)
                    QVERIFY(!plot.title.isEmpty());
                // Of each run there is a line, under its name or in a plot of its own.
                for (const PlottedRun& run : runs)
                    QVERIFY2(std::ranges::any_of(plots,
                                 [&run](const PlotContent& plot) {
                                     return std::ranges::any_of(
                                         plot.lines, [&](const PlotLine& line) {
                                             return !line.points.empty()
                                                 && (line.name == run.name
                                                     || plot.title.contains(run.name));
                                         });
                                 }),
                        qPrintable(title_of(choice) + QStringLiteral(" of ") + run.name));
            }
        }
        QCOMPARE(all.removeDuplicates(), 0);
        for (const char* title : { "Loss", "Logit difference", "Learning rate", "Time per step",
                 "Capabilities", "Perplexity", "was/were: accuracy", "Tunable ratio", "Turnover",
                 "Jaccard with the one before", "Stability", "Score of a2.h5",
                 "Distance from the one before",
                 "Position between the ends", "Entropy of the strengths" })
            QVERIFY2(all.contains(QLatin1String(title)), title);
        QVERIFY(plot_groups({}).empty() && usual_plots({}).empty());
    }

    void suites_in_one_measure_are_a_plot_for_each_run_on_one_scale()
    {
        const std::vector<PlotContent> plots
            = plots_with({ run_of(1), run_of(2) }, { { "perplexity", "", false } });
        QCOMPARE(plots.size(), std::size_t{ 2 });
        QCOMPARE(plots[0].title, QStringLiteral("Perplexity, run 1"));
        QCOMPARE(plots[1].title, QStringLiteral("Perplexity, run 2"));
        QVERIFY(!plots[0].also_seen.empty());
        QCOMPARE(plots[0].also_seen, plots[1].also_seen);
        QCOMPARE(plots_with({ run_of(1) }, { { "perplexity", "", false } }).front().title,
            QStringLiteral("Perplexity"));
    }

    void stability_is_drawn_where_circuits_were_resampled()
    {
        const PlotContent plot = plots_with({ run_of(1) }, { { "stability", "", false } }).front();
        QCOMPARE(plot.lines.front().points.size(), std::size_t{ 6 });
        QCOMPARE(plot.lines.front().points.back(), (CurvePoint{ 40, 0.5 }));
        PlottedRun without = run_of(1);
        without.data = std::make_shared<CurveData>();
        QVERIFY(plots_with({ without }, { { "stability", "", false } })
                    .front()
                    .absent.contains(QStringLiteral("without resamples")));
    }

    void the_score_of_what_is_selected_is_a_plot()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        PlottedRun run = run_of(1);
        const double out = std::numeric_limits<double>::quiet_NaN();
        run.items = std::make_shared<ItemCurves>(
            ItemCurves{ { "a2.h5", { { 0, 0.5 }, { 2, out }, { 4, -0.25 } } } });
        panel.set_runs({ run });
        panel.resize(1300, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        QVERIFY(panel.wanted_items().empty());
        std::vector<std::string> selected{ "a2.h5" };
        panel.offer_items([&selected] { return selected; });
        panel.findChild<QToolButton*>(QStringLiteral("curvesAdd"))->click();
        QMenu* menu = panel.findChild<QMenu*>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(menu);
        QAction* score = action_of(*menu, QStringLiteral("Score of a2.h5"));
        QVERIFY(score);
        score->trigger();
        menu->close();
        QCOMPARE(panel.wanted_items(), std::vector<std::string>{ "a2.h5" });
        const PlotContent& plot = panel.plots().back()->content();
        QCOMPARE(plot.title, QStringLiteral("Score of a2.h5"));
        QCOMPARE(plot.lines.front().points.size(), std::size_t{ 3 });
        QVERIFY(std::isnan(plot.lines.front().points[1].value)); // a gap
        // It is kept with the view, whatever is selected then.
        selected.clear();
        QCOMPARE(curves_view_in(to_json(panel.view())).plots.back().item, std::string("a2.h5"));
        QVERIFY(curves_to_csv(panel.runs()).contains(QStringLiteral("score of a2.h5")));
    }

    void a_run_of_circuits_alone_is_plotted_by_what_these_say()
    {
        auto data = std::make_shared<CurveData>();
        constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
        QVERIFY(!has_circuits_alone(run_of(1)));
        for (int i = 0; i < 5; ++i) {
            data->add(IterationRecord{ { i }, i, unknown, unknown, unknown, 0, 10,
                i == 0 ? 10 : 2, unknown });
            PlottedRun so_far = run_of(1);
            so_far.data = data;
            QVERIFY(has_circuits_alone(so_far));
        }
        PlottedRun imported = run_of(1);
        imported.data = data;
        const std::vector<PlottedRun> runs{ imported };
        const std::vector<PlotContent> plots = plots_of(runs, theme(false), {});
        QVERIFY(!plots.empty());
        for (const PlotContent& plot : plots) {
            QVERIFY(!plot.lines.empty());
            QVERIFY(!plot.lines.front().points.empty());
        }
        // What is asked for all the same says why there is nothing.
        const std::vector<PlotContent> loss = plots_with(runs, { { "loss", "", false } });
        QVERIFY(loss.front().absent.startsWith(QStringLiteral("not known")));
        QVERIFY(plots_with({ run_of(1) }, { { "loss", "", false } }).front().absent.isEmpty());
    }

    void runs_stand_apart_on_one_scale_where_that_is_chosen()
    {
        const std::vector<PlottedRun> runs{ run_of(1), run_of(2, 5) };
        CurvesView view;
        QCOMPARE(plots_with(runs, { { "loss", "", true } }, view).size(), std::size_t{ 1 });
        view.apart = true;
        const std::vector<PlotContent> plots = plots_with(runs, { { "loss", "", true } }, view);
        QCOMPARE(plots.size(), std::size_t{ 2 });
        for (std::size_t i = 0; i < 2; ++i) {
            QCOMPARE(plots[i].title, QStringLiteral("Loss, ") + runs[i].name);
            QCOMPARE(plots[i].lines.size(), std::size_t{ 1 });
            QVERIFY(plots[i].lines.front().points == runs[i].data->loss());
            QCOMPARE(plots[i].lines.front().color, runs[i].color);
            QVERIFY(plots[i].lines.front().headline && !plots[i].lines.front().labelled);
            QVERIFY(plots[i].logarithmic && plots[i].choice == 0);
            QVERIFY(plots[i].also_seen == plots[0].also_seen && !plots[i].also_seen.empty());
        }
        // Each run's batches stand beside its own held-out task.
        const std::vector<PlotContent> metric
            = plots_with(runs, { { "logit-diff", "", false } }, view);
        QCOMPARE(metric.size(), std::size_t{ 2 });
        for (const PlotContent& plot : metric) {
            QCOMPARE(plot.lines.size(), std::size_t{ 2 });
            QVERIFY(!plot.lines[0].dashed && plot.lines[1].dashed);
        }
        QVERIFY(metric[1].lines[0].points == runs[1].data->metric());
        QCOMPARE(plots_with({ run_of(1) }, { { "loss", "", false } }, view).size(), std::size_t{ 1 });
    }

    void figures_of_iterations_come_from_their_records()
    {
        const PlottedRun run = run_of(1);
        // 30 edges, of which 10 entered, after 30: 20 kept of 40 in either.
        for (const CurvePoint& point : run.data->jaccard())
            QCOMPARE(point.value, 0.5);
        QCOMPARE(run.data->jaccard().size(), std::size_t{ 20 });
        QCOMPARE(run.data->seconds_per_step().front(), (CurvePoint{ 2, 2 }));
        QCOMPARE(run.data->learning_rate().front(), (CurvePoint{ 0, 0.01 }));
    }

    void one_suite_is_compared_over_runs()
    {
        const auto plots
            = plots_with({ run_of(1), run_of(2) }, { { "perplexity", "facts", false } });
        QCOMPARE(plots.size(), std::size_t{ 1 });
        QCOMPARE(plots[0].lines.size(), std::size_t{ 2 });
        QCOMPARE(plots[0].lines.back().name, QStringLiteral("run 1"));
        QCOMPARE(plots[0].lines.back().points.size(), std::size_t{ 5 });
        QVERIFY(plots[0].lines[0].labelled && plots[0].lines[1].labelled);
    }

    void all_lines_of_a_plot_lie_on_its_axis()
    {
        const std::vector<PlottedRun> runs{ run_of(1) };
        const auto last = [&](AxisQuantity quantity) {
            CurvesView view;
            view.axis.quantity = quantity;
            const PlotContent plot = plots_of(runs, theme(false), view).front();
            return std::pair(plot.lines[0].points.back().step, plot.last_step);
        };
        QCOMPARE(last(AxisQuantity::step), std::pair(39.0, 40.0));
        QCOMPARE(last(AxisQuantity::examples), std::pair(39.0 * 8, 40.0 * 8));
        QCOMPARE(last(AxisQuantity::iteration), std::pair(19.5, 20.0));
        QCOMPARE(last(AxisQuantity::wall_time), std::pair(79.0, 81.0));
    }

    void smoothed_lines_keep_what_they_are_of()
    {
        CurvesView view;
        view.smoothing = 0.9;
        const std::vector<PlottedRun> runs{ run_of(1) };
        const PlotLine line = plots_of(runs, theme(false), view).front().lines[0];
        QCOMPARE(line.raw, runs[0].data->loss());
        QCOMPARE(line.points.size(), line.raw.size());
        QVERIFY(line.points.back().value > line.raw.back().value); // of a curve that falls
        QVERIFY(plots_of(runs, theme(false)).front().lines[0].raw.empty());
    }

    void runs_of_several_seeds_are_one_line_with_a_band()
    {
        const RunId first{ 1 };
        const std::vector<PlottedRun> runs{ run_of(1, 0, first), run_of(2, 2, first), run_of(3, 9) };
        CurvesView view;
        QCOMPARE(plots_of(runs, theme(false), view).front().lines.size(), std::size_t{ 3 });
        view.seeds = SeedBand::extremes;
        const PlotContent loss = plots_of(runs, theme(false), view).front();
        QCOMPARE(loss.lines.size(), std::size_t{ 2 });
        const PlotLine& mean = loss.lines.back();
        QCOMPARE(mean.points.front(), (CurvePoint{ 0, 4 })); // of 3 and 5
        QCOMPARE(mean.band.front(), (BandPoint{ 0, 3, 5 }));
        QVERIFY(mean.legend.contains(QStringLiteral("2 seeds")));
        QVERIFY(loss.lines.front().band.empty() && loss.lines.front().legend.isEmpty());
    }

    void the_button_for_seeds_comes_with_such_runs()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_of(1), run_of(2) });
        const auto* seeds = panel.findChild<QToolButton*>(QStringLiteral("curvesSeeds"));
        QVERIFY(seeds->isHidden());
        panel.set_runs({ run_of(1, 0, RunId{ 1 }), run_of(2, 1, RunId{ 1 }) });
        QVERIFY(!seeds->isHidden());
        QSignalSpy changed(&panel, &CurvesPanel::view_changed);
        seeds->menu()->actions().at(1)->trigger();
        QCOMPARE(panel.view().seeds, SeedBand::deviation);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(panel.plots().front()->content().lines.size(), std::size_t{ 1 });
    }

    void plots_are_added_replaced_and_removed()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_of(1) });
        panel.resize(1300, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        const QStringList usual = titles(panel);
        QSignalSpy changed(&panel, &CurvesPanel::view_changed);
        const auto choose = [&panel](const QString& text) {
            QMenu* menu = nullptr;
            for (QMenu* one : panel.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly))
                if (one->isVisible())
                    menu = one;
            QVERIFY(menu);
            QAction* action = action_of(*menu, text);
            QVERIFY2(action, qPrintable(text));
            action->trigger();
            menu->close();
        };
        auto* add = panel.findChild<QToolButton*>(QStringLiteral("curvesAdd"));
        QVERIFY(add->focusPolicy() & Qt::TabFocus);
        add->click();
        choose(QStringLiteral("Learning rate"));
        QCOMPARE(titles(panel), usual + QStringList{ QStringLiteral("Learning rate") });

        PlotWidget* first = panel.plots().front();
        Q_EMIT first->menu_requested(panel.mapToGlobal(QPoint(50, 50)));
        choose(QStringLiteral("Time per step"));
        QCOMPARE(titles(panel).front(), QStringLiteral("Time per step"));
        QCOMPARE(titles(panel).size(), usual.size() + 1);

        QTRY_VERIFY(panel.plots().front()->isVisible()); // it is new
        panel.plots().front()->setFocus();
        QTest::keyClick(panel.plots().front(), Qt::Key_Delete);
        QCOMPARE(titles(panel).front(), usual.at(1));
        QCOMPARE(panel.focusWidget(), panel.plots().front());
        while (panel.plots().size() > 1)
            QTest::keyClick(panel.plots().front(), Qt::Key_Delete);
        QTest::keyClick(panel.plots().front(), Qt::Key_Delete); // the last one stays
        QCOMPARE(titles(panel), QStringList{ QStringLiteral("Learning rate") });
        QVERIFY(changed.size() >= 4);

        add->click();
        choose(QStringLiteral("The usual plots"));
        QCOMPARE(titles(panel), usual);
        QVERIFY(panel.view().plots.empty());
    }

    void plots_are_put_in_order_by_keys_and_by_dragging()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_of(1) });
        panel.resize(1300, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        const QStringList usual = titles(panel);
        PlotWidget* loss = panel.plots().front();
        loss->setFocus();
        QTest::keyClick(loss, Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(panel.plots().at(1), loss); // the widget goes with its plot
        QVERIFY(loss->hasFocus());
        QCOMPARE(titles(panel).front(), usual.at(1));
        QTest::keyClick(loss, Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(loss, Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(titles(panel), usual);

        QCoreApplication::processEvents();
        PlotWidget* last = panel.plots().back();
        QWidget* canvas = loss->findChild<QWidget*>();
        const QPoint title(40, 12);
        const QPoint target = canvas->mapFromGlobal(
            last->mapToGlobal(QPoint(last->width() - 5, last->height() / 2)));
        QSignalSpy asked(&panel, &CurvesPanel::step_requested);
        QTest::mousePress(canvas, Qt::LeftButton, {}, title);
        QTest::mouseMove(canvas, target);
        QTRY_COMPARE(panel.plots().back(), loss);
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, target);
        QCOMPARE(titles(panel).mid(0, usual.size() - 1), usual.mid(1));
        QVERIFY(asked.empty());
    }

    void a_vertical_axis_becomes_logarithmic_and_stays_so()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_of(1) });
        PlotWidget* loss = panel.plots().front();
        QTest::keyClick(loss, Qt::Key_L);
        QVERIFY(loss->content().logarithmic);
        QVERIFY(panel.view().plots.front().logarithmic);
        panel.set_runs({ run_of(2) });
        QVERIFY(panel.plots().front()->content().logarithmic);
        QTest::keyClick(panel.plots().front(), Qt::Key_L);
        QVERIFY(!panel.plots().front()->content().logarithmic);
    }

    void the_bar_chooses_axis_and_smoothing()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_of(1) });
        auto* smoothing = panel.findChild<QSlider*>(QStringLiteral("curvesSmoothing"));
        QCOMPARE(smoothing->value(), 0);
        smoothing->setValue(60);
        QCOMPARE(panel.view().smoothing, 0.6);
        smoothing->setValue(smoothing->maximum());
        QCOMPARE(panel.view().smoothing, 0.99);
        auto* axis = panel.findChild<QComboBox*>(QStringLiteral("curvesAxis"));
        axis->setCurrentIndex(axis->findText(QStringLiteral("Wall time")));
        Q_EMIT axis->activated(axis->currentIndex());
        QCOMPARE(panel.view().axis, (HorizontalAxis{ AxisQuantity::wall_time, false }));
        panel.findChild<QToolButton*>(QStringLiteral("curvesLogAxis"))->click();
        QCOMPARE(panel.view().axis, (HorizontalAxis{ AxisQuantity::wall_time, true }));
        panel.set_view({});
        QCOMPARE(smoothing->value(), 0);
        QCOMPARE(axis->currentText(), QStringLiteral("Step"));
    }

    void steps_are_steps_on_every_axis()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_of(1) });
        CurvesView view;
        view.axis = { AxisQuantity::wall_time, true };
        panel.set_view(view);
        panel.resize(1300, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.set_cursor(20);
        QSignalSpy asked(&panel, &CurvesPanel::step_requested);
        PlotWidget* plot = panel.plots().front();
        QTest::keyClick(plot, Qt::Key_Right);
        QCOMPARE(asked.takeLast().first().toDouble(), 22.0);
        Q_EMIT plot->step_requested(41); // after 1 + 10 · 4 seconds
        QCOMPARE(asked.takeLast().first().toDouble(), 20.0);
    }

    void what_is_played_is_chosen_in_a_plot()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_of(1) });
        panel.resize(1300, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QSignalSpy asked(&panel, &CurvesPanel::play_range_requested);
        QSignalSpy moved(&panel, &CurvesPanel::step_requested);
        PlotWidget* plot = panel.plots().front();
        QWidget* canvas = plot->findChild<QWidget*>();
        const QPoint from(canvas->width() * 7 / 10, canvas->height() / 2);
        const QPoint to(canvas->width() / 2, canvas->height() / 2);
        QTest::mousePress(canvas, Qt::LeftButton, Qt::ShiftModifier, from);
        QTest::mouseMove(canvas, to);
        QTRY_VERIFY(!asked.empty());
        QTest::mouseRelease(canvas, Qt::LeftButton, Qt::ShiftModifier, to);
        QVERIFY(moved.empty());
        const double first = asked.last()[0].toDouble();
        const double last = asked.last()[1].toDouble();
        QVERIFY2(0 < first && first < last && last < 40,
            qPrintable(QStringLiteral("%1 to %2").arg(first).arg(last)));

        panel.set_cursor(10);
        QTest::keyClick(plot, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(asked.last(), (QList<QVariant>{ 10.0, 12.0 }));
        QTest::keyClick(plot, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(asked.last(), (QList<QVariant>{ 10.0, 14.0 }));
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(plot, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(asked.last(), (QList<QVariant>{ 6.0, 10.0 }));
        QVERIFY(moved.empty());
    }

    void a_menu_speaks_of_its_plot_wherever_that_is_by_then()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_of(1) });
        CurvesView view;
        for (const char* measure : { "loss", "accuracy", "turnover", "learning-rate" })
            view.plots.push_back({ measure, {}, false });
        panel.set_view(view);
        panel.resize(1300, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        const auto open_menu = [&panel](PlotWidget* plot) {
            Q_EMIT plot->menu_requested(panel.mapToGlobal(QPoint(50, 50)));
            QMenu* menu = nullptr;
            for (QMenu* one : panel.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly))
                if (one->isVisible())
                    menu = one;
            return menu;
        };
        const auto measures = [&panel] {
            std::vector<std::string> names;
            for (const PlotChoice& plot : panel.view().plots)
                names.push_back(plot.measure);
            return names;
        };
        QMenu* menu = open_menu(panel.plots().at(2)); // turnover
        QVERIFY(menu);
        view.plots.erase(view.plots.begin()); // as another file's view would
        panel.set_view(view);
        menu->actions().at(2)->trigger(); // to the left
        QCOMPARE(measures(), (std::vector<std::string>{ "turnover", "accuracy", "learning-rate" }));
        action_of(*menu, QStringLiteral("Loss"))->trigger(); // in its place
        QCOMPARE(measures(), (std::vector<std::string>{ "loss", "accuracy", "learning-rate" }));
        menu->close();

        menu = open_menu(panel.plots().at(2));
        view.plots = { { "loss", {}, false } };
        panel.set_view(view);
        for (QAction* action : menu->actions())
            if (!action->menu() && !action->isSeparator())
                action->trigger(); // of a plot that is gone
        action_of(*menu, QStringLiteral("Turnover"))->trigger();
        QVERIFY(panel.view() == view);
    }

    void of_two_alike_plots_the_one_that_was_meant_goes()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_of(1) });
        CurvesView view;
        view.plots = { { "loss", {}, false }, { "turnover", {}, false }, { "loss", {}, true } };
        panel.set_view(view);
        Q_EMIT panel.plots().at(2)->remove_requested();
        QVERIFY(panel.view().plots
            == (std::vector<PlotChoice>{ { "loss", {}, false }, { "turnover", {}, false } }));
    }

    void the_cursor_walks_through_imported_iterations()
    {
        auto data = std::make_shared<CurveData>();
        for (int i = 0; i < 3; ++i)
            data->add(IterationRecord{ { i }, 7 * i, 1, 1,
                std::numeric_limits<double>::quiet_NaN(), 0, 30, 10,
                std::numeric_limits<double>::quiet_NaN() });
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ { RunId{ 1 }, QStringLiteral("imported"), Qt::darkGreen, 14, data } });
        panel.set_cursor(7);
        QSignalSpy asked(&panel, &CurvesPanel::step_requested);
        QTest::keyClick(panel.plots().front(), Qt::Key_Right);
        QCOMPARE(asked.takeLast().first().toDouble(), 14.0);
        QTest::keyClick(panel.plots().front(), Qt::Key_Left);
        QCOMPARE(asked.takeLast().first().toDouble(), 0.0);
    }

    void the_sliders_keys_are_its_own()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_of(1) });
        const ControlKeys keys(&panel); // as the window has it
        auto* smoothing = panel.findChild<QSlider*>(QStringLiteral("curvesSmoothing"));
        panel.show();
        panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        smoothing->setFocus();
        for (const Qt::Key key : { Qt::Key_Left, Qt::Key_Right, Qt::Key_Home, Qt::Key_End }) {
            QKeyEvent asks(QEvent::ShortcutOverride, key, Qt::NoModifier);
            asks.ignore();
            QCoreApplication::sendEvent(smoothing, &asks);
            QVERIFY(asks.isAccepted());
        }
        QTest::keyClick(smoothing, Qt::Key_End);
        QCOMPARE(smoothing->value(), smoothing->maximum());
    }

    void a_runs_name_in_a_tip_is_no_markup()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        PlottedRun hostile = run_of(2);
        hostile.name = QStringLiteral("<img src='x'>");
        panel.set_runs({ run_of(1), hostile });
        int tips = 0;
        for (const QToolButton* button : panel.findChild<RunLegend*>()->findChildren<QToolButton*>()) {
            QVERIFY(!button->toolTip().contains(QStringLiteral("<img")));
            tips += button->toolTip().contains(QStringLiteral("&lt;img src='x'&gt;"));
        }
        QCOMPARE(tips, 1);
    }

    void the_table_of_curves_is_searched_sorted_and_copied()
    {
        std::vector<PlottedRun> runs{ run_of(1), run_of(2) };
        runs[1].name = QStringLiteral("the other");
        const auto points = curves_to_csv(runs).count(u'\n') - 1; // less the headings
        CurveTableDialog dialog(runs);
        dialog.show();
        auto* table = dialog.findChild<QTableView*>(QStringLiteral("curveTable"));
        auto* search = dialog.findChild<QLineEdit*>(QStringLiteral("curveSearch"));
        const QAbstractItemModel& rows = *table->model();
        QVERIFY(points > 0);
        QCOMPARE(rows.rowCount(), static_cast<int>(points));
        table->sortByColumn(CurveTable::value, Qt::DescendingOrder);
        for (int row = 1; row < rows.rowCount(); ++row)
            QVERIFY(rows.index(row, CurveTable::value).data(CurveTable::number_role).toDouble()
                <= rows.index(row - 1, CurveTable::value).data(CurveTable::number_role).toDouble());
        search->setText(QStringLiteral("other LOSS"));
        QVERIFY(rows.rowCount() > 0 && rows.rowCount() < points / 2);
        for (int row = 0; row < rows.rowCount(); ++row) {
            QCOMPARE(rows.index(row, CurveTable::run).data().toString(), runs[1].name);
            QVERIFY(rows.index(row, CurveTable::curve).data().toString().contains(
                QStringLiteral("loss"), Qt::CaseInsensitive));
        }
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        const QStringList lines
            = QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), rows.rowCount() + 1);
        QCOMPARE(lines.front().count(u'\t'), static_cast<qsizetype>(CurveTable::columns - 1));
        table->selectRow(0);
        QCOMPARE(dialog.copied_text().count(u'\n'), 2);
        search->setText(QStringLiteral("nothing has this"));
        QCOMPARE(rows.rowCount(), 0);
    }

    // Row by row, a table of hundreds of thousands of points would stop the window at each letter.
    void a_search_in_the_table_replaces_all_rows_at_once()
    {
        const std::vector<PlottedRun> runs{ run_of(1), run_of(2) };
        CurveTableDialog dialog(runs);
        auto* table = dialog.findChild<QTableView*>(QStringLiteral("curveTable"));
        auto* search = dialog.findChild<QLineEdit*>(QStringLiteral("curveSearch"));
        const QAbstractItemModel& rows = *table->model();
        const auto text_of = [&rows](int row) {
            QStringList texts;
            for (int column = 0; column < CurveTable::value; ++column)
                texts << rows.index(row, column).data().toString();
            return texts.join(u' ');
        };
        std::vector<QString> all;
        for (int row = 0; row < rows.rowCount(); ++row)
            all.push_back(text_of(row));
        for (const char* words : { "4", "run 4", "LOSS 3", "run 2 loss 12", "e+", "zzz", " " }) {
            QSignalSpy taken(&rows, &QAbstractItemModel::rowsRemoved);
            QSignalSpy put(&rows, &QAbstractItemModel::rowsInserted);
            QSignalSpy reset(&rows, &QAbstractItemModel::modelReset);
            search->setText(QString::fromLatin1(words));
            QCOMPARE(taken.size() + put.size(), 0);
            QCOMPARE(reset.size(), 1);
            std::vector<QString> expected;
            for (const QString& text : all)
                if (std::ranges::all_of(QString::fromLatin1(words).split(u' ', Qt::SkipEmptyParts),
                        [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); }))
                    expected.push_back(text);
            QCOMPARE(rows.rowCount(), static_cast<int>(expected.size()));
            for (int row = 0; row < rows.rowCount(); ++row)
                QCOMPARE(text_of(row), expected[static_cast<std::size_t>(row)]);
        }
        // What is found is sorted as the table was, and a row that is selected moves with its point.
        search->setText(QStringLiteral("loss"));
        table->sortByColumn(CurveTable::step, Qt::DescendingOrder);
        QVERIFY(rows.rowCount() > 2);
        table->selectRow(1);
        const QString selected = text_of(1);
        table->sortByColumn(CurveTable::step, Qt::AscendingOrder);
        const QModelIndexList now = table->selectionModel()->selectedRows();
        QCOMPARE(now.size(), 1);
        QCOMPARE(text_of(now.front().row()), selected);
        search->setText(QStringLiteral("run"));
        for (int row = 1; row < rows.rowCount(); ++row)
            QVERIFY(rows.index(row, CurveTable::step).data(CurveTable::number_role).toDouble()
                >= rows.index(row - 1, CurveTable::step).data(CurveTable::number_role).toDouble());
    }

    void whatever_a_plot_can_show_is_in_the_table()
    {
        PlottedRun run = run_of(1);
        auto circuits = std::make_shared<CircuitCurves>();
        circuits->distance = { { 2, 0.125 } };
        circuits->position = { { 2, 0.25 } };
        circuits->entropy = { { 2, 1.5 } };
        run.circuits = circuits;
        const QStringList rows = curves_to_csv(std::vector{ run }).split(u'\n');
        int shown = 0;
        for (const PlotGroup& group : plot_groups(std::vector{ run }))
            for (const PlotChoice& choice : group.choices)
                for (const PlotContent& plot : plots_with({ run }, { choice }))
                    for (const PlotLine& line : plot.lines) {
                        QVERIFY2(!line.points.empty(), qPrintable(plot.title));
                        const CurvePoint& last = line.points.back();
                        const QString end = QStringLiteral(",%1,%2")
                                                .arg(QString::number(last.step, 'g', 12),
                                                    QString::number(last.value, 'g', 12));
                        QVERIFY2(std::ranges::any_of(rows,
                                     [&](const QString& row) { return row.endsWith(end); }),
                            qPrintable(plot.title + end));
                        ++shown;
                    }
        QVERIFY(shown > 12);
    }

    void many_runs_make_no_wide_panel()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_of(1) });
        const int least = panel.minimumSizeHint().width();
        std::vector<PlottedRun> runs;
        for (int i = 1; i <= 20; ++i)
            runs.push_back(run_of(i));
        panel.set_runs(runs);
        panel.resize(900, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QCOMPARE(panel.minimumSizeHint().width(), least);
        const auto* legend = panel.findChild<RunLegend*>();
        int shown = 0;
        QToolButton* more = nullptr;
        for (QToolButton* button : legend->findChildren<QToolButton*>()) {
            if (!button->isVisible())
                continue;
            QVERIFY(legend->rect().contains(button->geometry()));
            if (button->menu())
                more = button;
            else
                ++shown;
        }
        QVERIFY(more && shown >= 1);
        QCOMPARE(shown + more->menu()->actions().size(), 20);
        QSignalSpy hidden(&panel, &CurvesPanel::hide_requested);
        more->menu()->actions().last()->trigger();
        QCOMPARE(hidden.last().first().value<RunId>(), RunId{ 20 });
    }
};

CIRCUITLOOM_UI_TEST(TestCurveChoices, Application::widgets)
#include "tst_curve_choices.moc"
