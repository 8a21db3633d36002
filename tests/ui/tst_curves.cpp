#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/support/ui_test.h"
#include "ui/base/measure_text.h"
#include "ui/base/spreadsheet_text.h"
#include "ui/curves/curve_plots.h"
#include "ui/curves/curves_csv.h"
#include "ui/curves/curves_panel.h"
#include "ui/curves/plot_scale.h"
#include "ui/curves/plot_widget.h"
#include "ui/curves/share_scale.h"
#include "ui/export/export_work.h"

#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

PlottedRun run_of(const QString& name, int steps, const Measure& metric = measures::logit_diff)
{
    auto data = std::make_shared<CurveData>(metric);
    for (int step = 0; step <= steps; ++step) {
        IterationRecord iteration;
        iteration.index = IterationIndex{ step };
        iteration.step = step;
        iteration.tunable_ratio = 0.1;
        iteration.edges = 30;
        iteration.entered = step == 0 ? 30 : 3;
        data->add(iteration);
        if (step > 0)
            data->add(StepRecord{ step, 3.0 / step, step * 0.1, 0.01 });
        if (step % 5 == 0) {
            data->add(EvaluationRecord{ step, "was/were", "accuracy", 0.9, 100 });
            data->add(EvaluationRecord{ step, "verbs", "accuracy", step / 100.0, 100 });
            data->add(EvaluationRecord{ step, "verbs", "logit-diff", step * 0.1, 100 });
        }
    }
    return { RunId{ 1 }, name, QColor(Qt::darkGreen), steps, data };
}

/// The plot of that title; empty where there is none.
PlotContent plot_titled(const std::vector<PlotContent>& plots, const QString& title)
{
    const auto found = std::ranges::find(plots, title, &PlotContent::title);
    return found == plots.end() ? PlotContent{} : *found;
}

QStringList names_of(const PlotContent& plot)
{
    QStringList names;
    for (const PlotLine& line : plot.lines)
        names << line.name;
    return names;
}

ExportSource source_of(const std::vector<PlottedRun>& runs)
{
    ExportSource source;
    source.theme = theme(false);
    source.curves = runs;
    source.steps.resize(101);
    std::iota(source.steps.begin(), source.steps.end(), 0);
    source.iteration = 40;
    return source;
}

} // namespace

class TestCurves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void records_become_curves()
    {
        const PlottedRun run = run_of(QStringLiteral("a"), 20);
        const CurveData& data = *run.data;
        QCOMPARE(data.loss().size(), std::size_t{ 20 });
        QCOMPARE(data.loss().front(), (CurvePoint{ 0, 3.0 }));
        QCOMPARE(data.tunable_ratio().size(), std::size_t{ 21 });
        QCOMPARE(data.turnover().size(), std::size_t{ 20 });
        QCOMPARE(data.turnover().front(), (CurvePoint{ 1, 0.1 }));
        QCOMPARE(data.evaluation_steps(), (std::vector<int>{ 0, 5, 10, 15, 20 }));
        QCOMPARE(data.last_step(), 20);
        QVERIFY(data.is_held_out_task("verbs"));
        QVERIFY(!data.is_held_out_task("was/were"));
    }

    void both_shares_of_the_task_are_drawn_and_named()
    {
        PlottedRun run = run_of(QStringLiteral("a"), 5);
        CurveData data = *run.data;
        for (const int step : { 10, 20 }) {
            data.add(EvaluationRecord{ step, "task", "accuracy", 0.95, 100 });
            data.add(EvaluationRecord{ step, "task", "exact-token", 0.74, 100 });
            data.add(EvaluationRecord{ step, "task", "logit-diff", 2.0, 100 });
        }
        run.data = std::make_shared<CurveData>(std::move(data));
        const auto plots = plots_of({ &run, 1 }, theme(false));
        const PlotContent plot = plot_titled(plots, QStringLiteral("Capabilities"));
        const QString preferred = QStringLiteral("task: prefers the target");
        const QString exact = QStringLiteral("task: exact next token");
        QVERIFY(names_of(plot).contains(preferred));
        QVERIFY(names_of(plot).contains(exact));
        for (const PlotLine& line : plot.lines) {
            QCOMPARE(line.dashed, line.name == exact);
            // What both begin with says nothing where there is little room.
            QCOMPARE(line.brief.isEmpty(), line.name != exact && line.name != preferred);
            QVERIFY2(line.brief.isEmpty()
                    || line.name == QStringLiteral("task: ") + line.brief,
                qPrintable(line.brief));
        }
        for (const PlotContent& other : plots)
            QVERIFY(other.title == plot.title || !names_of(other).contains(exact));
    }

    void a_record_counts_once()
    {
        CurveData data;
        const EvaluationRecord record{ 5, "facts", "accuracy", 0.5, 10 };
        data.add(record);
        data.add(record);
        data.add(StepRecord{ 1, 2, 0, 0 });
        data.add(StepRecord{ 1, 7, 0, 0 });
        QCOMPARE(data.suites().front().points.size(), std::size_t{ 1 });
        QCOMPARE(data.loss(), (Curve{ { 0, 2 } }));
    }

    void values_hold_until_the_next_point()
    {
        const Curve curve{ { 0, 1 }, { 10, 2 }, { 20, 3 } };
        QCOMPARE(value_at(curve, 0), 1.0);
        QCOMPARE(value_at(curve, 9.9), 1.0);
        QCOMPARE(value_at(curve, 10), 2.0);
        QCOMPARE(value_at(curve, 99), 3.0);
        QCOMPARE(value_at(curve, -1), 1.0);
        QVERIFY(std::isnan(value_at({}, 0)));
    }

    void thinning_keeps_both_ends()
    {
        Curve curve;
        for (int i = 0; i < 1000; ++i)
            curve.push_back({ static_cast<double>(i), static_cast<double>(i) });
        const std::vector<float> thin = thinned(curve, 50);
        QCOMPARE(thin.size(), std::size_t{ 50 });
        QCOMPARE(thin.front(), 0.0F);
        QCOMPARE(thin.back(), 999.0F);
        QVERIFY(std::is_sorted(thin.begin(), thin.end()));
        QCOMPARE(thinned(curve, 5000).size(), std::size_t{ 1000 });
        QVERIFY(thinned({}, 50).empty());
    }

    void scales_are_round_and_hold_the_data()
    {
        Random random(7);
        for (int i = 0; i < 500; ++i) {
            const double low = (random.unit() - 0.5) * std::pow(10, random.below(7)) * 0.01;
            const double high = low + random.unit() * std::pow(10, random.below(5)) * 0.01;
            const AxisScale scale = round_scale(low, high);
            QVERIFY(scale.low <= low + 1e-9 && scale.high >= high - 1e-9);
            QVERIFY(scale.ticks.size() >= 2 && scale.ticks.size() <= 6);
            const double step = scale.ticks[1] - scale.ticks[0];
            const double leading = step / std::pow(10, std::floor(std::log10(step) + 1e-9));
            QVERIFY(std::abs(leading - 1) < 1e-6 || std::abs(leading - 2) < 1e-6
                || std::abs(leading - 5) < 1e-6);
        }
        const AxisScale flat = round_scale(3, 3);
        QVERIFY(flat.low < 3 && flat.high > 3);
        const AxisScale nothing = round_scale(std::numeric_limits<double>::infinity(), -1);
        QVERIFY(nothing.low < nothing.high);
    }

    void axes_of_shares_end_where_shares_do()
    {
        for (const auto& [low, high] : std::vector<std::pair<double, double>>{ { 0, 100 },
                 { 60, 103 }, { 97, 100 }, { 100, 100 }, { 0, 0 }, { -4, 40 }, { 33, 66.7 } }) {
            const AxisScale scale = round_scale_within(low, high, 0, 100);
            QVERIFY(scale.low >= 0 && scale.high <= 100 && scale.low < scale.high);
            QVERIFY(scale.low <= std::max(low, 0.0) && scale.high >= std::min(high, 100.0));
            QVERIFY(scale.ticks.size() >= 2);
            QVERIFY(std::ranges::is_sorted(scale.ticks));
            QVERIFY(scale.ticks.front() >= scale.low && scale.ticks.back() <= scale.high);
        }
        QCOMPARE(round_scale_within(60, 103, 0, 100).ticks.back(), 100.0);
        QCOMPARE(round_scale_within(33, 66, 0, 100).high, round_scale(33, 66).high);
    }

    void labels_never_overlap()
    {
        Random random(3);
        for (int i = 0; i < 500; ++i) {
            std::vector<double> wanted;
            for (std::size_t n = random.below(9); n > 0; --n)
                wanted.push_back(random.unit() * 200);
            const std::vector<double> placed = spread_labels(wanted, 15, 0, 200);
            QCOMPARE(placed.size(), wanted.size());
            for (std::size_t a = 0; a < placed.size(); ++a) {
                QVERIFY(placed[a] >= -1e-9 && placed[a] <= 200 + 1e-9);
                for (std::size_t b = 0; b < a; ++b) {
                    QVERIFY(std::abs(placed[a] - placed[b]) >= 15 - 1e-9);
                    if (wanted[a] < wanted[b])
                        QVERIFY(placed[a] < placed[b]);
                }
            }
        }
    }

    void labels_with_room_stay_where_they_are()
    {
        const std::vector<double> wanted{ 150, 20, 80 };
        QCOMPARE(spread_labels(wanted, 15, 0, 200), wanted);
    }

    void too_many_labels_share_the_room()
    {
        const std::vector<double> wanted(30, 100.0);
        std::vector<double> placed = spread_labels(wanted, 15, 0, 200);
        std::sort(placed.begin(), placed.end());
        QVERIFY(placed.front() >= -1e-9 && placed.back() <= 200 + 1e-9);
        for (std::size_t i = 1; i < placed.size(); ++i)
            QVERIFY(placed[i] - placed[i - 1] > 6);
    }

    void the_current_run_is_drawn_in_full_over_the_others()
    {
        const std::vector<PlottedRun> runs{ run_of(QStringLiteral("a"), 50),
            run_of(QStringLiteral("b"), 80) };
        const std::vector<PlotContent> plots = plots_of(runs, theme(true));
        QCOMPARE(plots.front().lines.size(), std::size_t{ 2 });
        QCOMPARE(plots.front().lines.back().name, QStringLiteral("a"));
        QCOMPARE(plots.front().lines.back().color.alpha(), 255);
        QVERIFY(plots.front().lines.front().color.alpha() < 255);
        const auto capabilities = std::count_if(plots.begin(), plots.end(),
            [](const PlotContent& plot) { return plot.title.startsWith(QStringLiteral("Cap")); });
        QCOMPARE(static_cast<int>(capabilities), 2);
        for (const PlotContent& plot : plots)
            QCOMPARE(plot.last_step, 80.0);
        QVERIFY(plots_of({}, theme(true)).empty());
    }

    void the_held_out_task_is_emphasised()
    {
        const std::vector<PlottedRun> runs{ run_of(QStringLiteral("a"), 50) };
        for (const PlotContent& plot : plots_of(runs, theme(false))) {
            if (!plot.title.startsWith(QStringLiteral("Cap")))
                continue;
            QCOMPARE(plot.lines.back().name, QStringLiteral("verbs"));
            for (const PlotLine& line : plot.lines)
                QVERIFY(&line == &plot.lines.back() || line.width < plot.lines.back().width);
        }
    }

    void the_held_out_task_is_dashed_beside_the_batches()
    {
        const PlotContent plot
            = plot_titled(plots_of(std::vector{ run_of(QStringLiteral("a"), 50) }, theme(false)),
                QStringLiteral("Logit difference"));
        QCOMPARE(names_of(plot), (QStringList{ QStringLiteral("a"), QStringLiteral("verbs") }));
        QVERIFY(plot.lines[0].headline && !plot.lines[0].dashed);
        QVERIFY(!plot.lines[1].headline && plot.lines[1].dashed);
        QCOMPARE(plot.unit, QStringLiteral("logits"));
    }

    void a_metric_has_its_own_title_and_no_other_measure_in_its_plot_data()
    {
        QTest::addColumn<QString>("metric");
        QTest::addColumn<QString>("title");
        QTest::newRow("log-prob") << "log-prob"
                                  << "Log-probability";
        QTest::newRow("prob-diff") << "prob-diff"
                                   << "Probability difference";
        QTest::newRow("kl") << "kl"
                            << "KL divergence";
    }
    void a_metric_has_its_own_title_and_no_other_measure_in_its_plot()
    {
        QFETCH(const QString, metric);
        QFETCH(const QString, title);
        const std::string name = metric.toStdString();
        const PlottedRun run = run_of(QStringLiteral("a"), 50, measure_named(name));
        const std::vector<PlottedRun> runs{ run };

        // Of a file whose held-out task has a logit difference only: that has a plot of its own.
        std::vector<PlotContent> plots = plots_of(runs, theme(false));
        QCOMPARE(names_of(plot_titled(plots, title)), QStringList{ QStringLiteral("a") });
        QCOMPARE(plot_titled(plots, title).lines[0].points, run.data->metric());
        const PlotContent logits = plot_titled(plots, QStringLiteral("Logit difference"));
        QCOMPARE(names_of(logits), QStringList{ QStringLiteral("verbs") });
        QVERIFY(logits.lines[0].headline);

        // Where the held-out task was evaluated in the run's metric, that is beside the batches.
        auto data = std::make_shared<CurveData>(*run.data);
        data->add(EvaluationRecord{ 50, "verbs", name, -0.5, 100 });
        QVERIFY(data->is_held_out_task("verbs"));
        plots = plots_of(
            std::vector{ PlottedRun{ run.run, run.name, run.color, 50, data } }, theme(false));
        QCOMPARE(names_of(plot_titled(plots, title)),
            (QStringList{ QStringLiteral("a"), QStringLiteral("verbs") }));
        QCOMPARE(plot_titled(plots, title).lines[1].points, (Curve{ { 50, -0.5 } }));

        const QString csv = curves_to_csv(runs);
        QVERIFY(csv.contains(u'"' + title.toLower() + QStringLiteral("\",\"") + metric + u'"'));
        QVERIFY(!csv.contains(QStringLiteral("\"logit difference\"")));
    }

    void no_cell_of_a_table_is_a_formula()
    {
        const std::vector<PlottedRun> runs{ run_of(QStringLiteral("=HYPERLINK(\"x\")"), 20) };
        const QString csv = curves_to_csv(runs);
        QVERIFY(csv.contains(QStringLiteral("\"'=HYPERLINK(\"\"x\"\")\",")));
        QVERIFY(!csv.contains(QStringLiteral("\"=")));
        for (const char* text : { "=1", "+a", "-a", "@a", "-", "\ta" })
            QCOMPARE(spreadsheet_text(QLatin1String(text)), u'\'' + QLatin1String(text));
        for (const char* text : { "", "a", "-1.5", "+9.60", "-4.5 %", "3", "1e-3" })
            QCOMPARE(spreadsheet_text(QLatin1String(text)), QString(QLatin1String(text)));
    }

    void runs_of_two_metrics_share_no_plot()
    {
        const std::vector<PlottedRun> runs{ run_of(QStringLiteral("a"), 20, measures::log_prob),
            run_of(QStringLiteral("b"), 20), run_of(QStringLiteral("c"), 20, measures::log_prob) };
        const std::vector<PlotContent> plots = plots_of(runs, theme(false));
        QCOMPARE(names_of(plot_titled(plots, QStringLiteral("Log-probability"))),
            (QStringList{ QStringLiteral("c"), QStringLiteral("a") }));
        // The first run's held-out task, as ever, and the run that has this metric.
        QCOMPARE(names_of(plot_titled(plots, QStringLiteral("Logit difference"))),
            (QStringList{ QStringLiteral("b"), QStringLiteral("verbs") }));
    }

    void turnover_is_drawn()
    {
        const PlottedRun run = run_of(QStringLiteral("a"), 20);
        const PlotContent plot
            = plot_titled(plots_of(std::vector{ run }, theme(false)), QStringLiteral("Turnover"));
        QCOMPARE(names_of(plot), QStringList{ QStringLiteral("a") });
        QCOMPARE(plot.lines[0].points, run.data->turnover());
        QVERIFY(plot.notation == Notation::percent);
        QVERIFY(plot.from_zero);
    }

    void a_measure_of_a_newer_version_is_shown_plainly()
    {
        const PlottedRun run = run_of(QStringLiteral("a"), 20);
        auto data = std::make_shared<CurveData>(*run.data);
        data->add(EvaluationRecord{ 0, "facts", "perplexity", 12.5, 9 });
        data->add(EvaluationRecord{ 0, "facts", "brier-score", 0.25, 9 });
        data->add(EvaluationRecord{ 0, "facts", "accuracy-per-byte", 0.5, 9 });
        const std::vector<PlotContent> plots = plots_of(
            std::vector{ PlottedRun{ run.run, run.name, run.color, 20, data } }, theme(false));
        for (const char* title : { "Perplexity", "brier-score" }) {
            const PlotContent plot = plot_titled(plots, QString::fromLatin1(title));
            QCOMPARE(names_of(plot), QStringList{ QStringLiteral("facts") });
            QVERIFY(plot.notation == Notation::plain);
        }
        // A second reading of the accuracies, which the file and the tables have.
        QVERIFY(plot_titled(plots, QStringLiteral("Accuracy per byte")).lines.empty());
        QCOMPARE(shown_value(measure_named("brier-score"), -0.25), QStringLiteral("−0.250"));
        QCOMPARE(shown_value(measures::accuracy, std::nan("")), QStringLiteral("–"));
    }

    void a_click_goes_to_its_step()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_of(QStringLiteral("a"), 100) });
        panel.resize(1200, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QSignalSpy asked(&panel, &CurvesPanel::step_requested);
        QWidget* canvas = panel.plots().front()->findChild<QWidget*>();
        double before = -1;
        for (const double share : { 0.4, 0.6, 0.8 }) {
            const QPoint at(qRound(canvas->width() * share), canvas->height() / 2);
            QTest::mouseClick(canvas, Qt::LeftButton, {}, at);
            const double step = asked.last().first().toDouble();
            QVERIFY(step > before && step < 100);
            before = step;
        }
        QCOMPARE(asked.size(), 3);
    }

    void a_part_of_a_longer_run_is_not_looked_for_in_a_shorter_one()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_of(QStringLiteral("long"), 1000) });
        panel.resize(1200, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QSignalSpy asked(&panel, &CurvesPanel::step_requested);
        const auto step_in_the_middle = [&] {
            QWidget* canvas = panel.plots().front()->findChild<QWidget*>();
            QTest::mouseClick(canvas, Qt::LeftButton, {}, canvas->rect().center());
            return asked.last().first().toDouble();
        };
        Q_EMIT panel.plots().front()->range_requested(900, 1000);
        QVERIFY(step_in_the_middle() > 900);
        panel.set_runs({ run_of(QStringLiteral("other"), 950) }); // it has a part of it
        QVERIFY(step_in_the_middle() > 900);
        panel.set_runs({ run_of(QStringLiteral("short"), 100) });
        QVERIFY(step_in_the_middle() < 100);
    }

    void curves_are_exported_in_every_format()
    {
        QTemporaryDir folder;
        const ExportSource source = source_of({ run_of(QStringLiteral("a, \"b\""), 100) });
        ExportSettings options;
        options.page.size = { 1000, 300 };
        for (const char* extension : { "png", "svg", "pdf", "csv" }) {
            const QString file
                = folder.filePath(QStringLiteral("curves.") + QLatin1String(extension));
            export_curves(file, source, options);
            QVERIFY(QFile(file).size() > 500);
        }
        QCOMPARE(QImage(folder.filePath(QStringLiteral("curves.png"))).size(), QSize(2000, 600));

        QFile svg(folder.filePath(QStringLiteral("curves.svg")));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        const QByteArray drawing = svg.readAll();
        QVERIFY(QSvgRenderer(drawing).isValid());
        QVERIFY(drawing.contains("was/were"));
        QVERIFY(drawing.contains("Loss"));

        QFile csv(folder.filePath(QStringLiteral("curves.csv")));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = csv.readAll().trimmed().split('\n');
        QCOMPARE(lines.front(), QByteArray("run,curve,measure,step,value"));
        const auto points_of = [&](const char* curve) {
            const QByteArray begins = QByteArray("\"a, \"\"b\"\"\",\"").append(curve).append('"');
            return std::ranges::count_if(
                lines, [&begins](const QByteArray& line) { return line.startsWith(begins); });
        };
        QCOMPARE(points_of("loss"), 100);
        QCOMPARE(points_of("was/were"), 21);
        QVERIFY(lines.size() >= 1 + 200 + 101 + 100 + 63); // and what else a plot can show
        QVERIFY(lines[1].startsWith("\"a, \"\"b\"\"\",\"loss\",\"nats\",0,3"));
    }

    void an_export_that_cannot_be_says_why()
    {
        const ExportSource source = source_of({ run_of(QStringLiteral("a"), 10) });
        QVERIFY_EXCEPTION_THROWN(export_curves(QStringLiteral("x.bmp"), source, {}), InputError);
        QVERIFY_EXCEPTION_THROWN(
            export_curves(QStringLiteral("x.png"), source_of({}), {}), InputError);
        ExportSettings huge;
        huge.page.size = { 30000, 300 };
        QVERIFY_EXCEPTION_THROWN(export_curves(QStringLiteral("x.png"), source, huge), InputError);
        for (const char* file : { "/no/such/folder/x.png", "/no/such/folder/x.csv" })
            QVERIFY_EXCEPTION_THROWN(
                export_curves(QString::fromLatin1(file), source, {}), ResourceError);
    }

    /// QCustomPlot looks through all of its legend for every line that is added to it.
    void lines_make_no_entries_in_a_legend_that_nobody_sees()
    {
        const auto objects_of = [](int lines) {
            PlotContent content;
            content.title = QStringLiteral("many");
            content.last_step = 2;
            for (int i = 0; i < lines; ++i) {
                PlotLine line;
                line.name = QString::number(i);
                line.points = { { 0, 0.5 }, { 2, i / 100.0 } };
                content.lines.push_back(line);
            }
            PlotWidget plot;
            plot.set_content(content);
            return plot.findChildren<QObject*>().size();
        };
        QCOMPARE(objects_of(100) - objects_of(50), 50); // each line is one object
    }
};

CIRCUITLOOM_UI_TEST(TestCurves, Application::widgets)
#include "tst_curves.moc"
