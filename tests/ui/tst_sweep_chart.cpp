#include "core/run/observed_run.h"
#include "tests/support/cut_texts.h"
#include "tests/support/ui_test.h"
#include "ui/compare/comparison_dialog.h"
#include "ui/compare/sweep_page.h"
#include "ui/export/sweep_picture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::CutTexts;

namespace {

/// A finished run whose accuracy is `accuracy` in the end, and whose text has a perplexity of 9.
ComparedRun run_of(int id, int top_n, TuningMethod method, double accuracy)
{
    ComparedRun run;
    run.config.task = "demo/disagreement";
    run.config.selection.n = top_n;
    run.config.method = method;
    run.config.seed = static_cast<std::uint64_t>(id);
    run.summary.id = RunId{ id };
    run.summary.state = RunState::finished;
    run.summary.description.name = "run " + std::to_string(id);
    run.summary.description.method = method_name(method);
    run.summary.description.configuration = to_json(run.config);
    auto curves = std::make_shared<CurveData>();
    for (const auto& [step, value] : { std::pair{ 0, 0.0 }, std::pair{ 20, accuracy } }) {
        curves->add(EvaluationRecord{ step, "task", "accuracy", value, 100 });
        curves->add(EvaluationRecord{ step, "task", "logit-diff", value * 10, 100 });
        curves->add(EvaluationRecord{ step, "a text", "perplexity", 9, 100 });
    }
    IterationRecord iteration;
    iteration.tunable_ratio = top_n / 1000.0;
    curves->add(iteration);
    run.curves = curves;
    return run;
}

std::vector<ComparedRun> sweep_over_n()
{
    using enum TuningMethod;
    return { run_of(1, 30, circuit, 0.4), run_of(2, 10, circuit, 0.1), run_of(3, 30, circuit, 0.8),
        run_of(4, 1000, circuit, 0.9), run_of(5, 10, circuit, 0.2), run_of(6, 10, random, 0.5) };
}

RunColumn column(const std::vector<ComparedRun>& runs, const QString& title)
{
    for (const RunColumn& one : columns_of(runs))
        if (one.full_title == title)
            return one;
    qFatal("no column %s", qPrintable(title));
}

} // namespace

class TestSweepChart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runs_are_grouped_by_value_and_other_settings()
    {
        const std::vector<ComparedRun> runs = sweep_over_n();
        QCOMPARE(swept_settings(runs),
            (QStringList{ QStringLiteral("circuit.top_n"), QStringLiteral("circuit.method") }));
        const SweepChart chart = sweep_chart(runs, QStringLiteral("circuit.top_n"),
            { column(runs, QStringLiteral("task: Prefers the target, after")) }, true);
        QVERIFY(chart.logarithmic);
        QCOMPARE(chart.ticks, (std::vector<double>{ 10, 30, 1000 }));
        const std::vector<SweepSeries>& series = chart.measures.at(0).series;
        QCOMPARE(series.size(), std::size_t{ 2 });
        QCOMPARE(series[0].name, QStringLiteral("method circuit"));
        QCOMPARE(series[0].points.size(), std::size_t{ 3 });
        QCOMPARE(series[0].points[1].y.mean, 0.6);
        QVERIFY(std::abs(series[0].points[1].y.deviation - std::sqrt(0.08)) < 1e-12);
        QCOMPARE(series[1].points.size(), std::size_t{ 1 });
        QCOMPARE(series[1].points[0].y.mean, 0.5);
    }

    void words_are_places_and_have_no_logarithm()
    {
        const std::vector<ComparedRun> runs = sweep_over_n();
        const QString method = QStringLiteral("circuit.method");
        QVERIFY(!has_logarithm(runs, method));
        QVERIFY(spans_decades(runs, QStringLiteral("circuit.top_n")));
        const SweepChart chart
            = sweep_chart(runs, method, { column(runs, QStringLiteral("tunable")) }, true);
        QVERIFY(!chart.logarithmic);
        QCOMPARE(chart.words, (QStringList{ QStringLiteral("circuit"), QStringLiteral("random") }));
        QCOMPARE(chart.ticks, (std::vector<double>{ 0, 1 }));
    }

    void what_has_not_finished_is_left_out()
    {
        std::vector<ComparedRun> runs = sweep_over_n();
        runs[0].summary.state = RunState::stopped;
        const SweepChart chart = sweep_chart(runs, QStringLiteral("circuit.top_n"),
            { column(runs, QStringLiteral("tunable")) }, false);
        QCOMPARE(chart.left_out, 1);
        QCOMPARE(chart.measures[0].series[0].points[1].y.count, std::size_t{ 1 });
        QVERIFY(sweep_chart({}, QStringLiteral("circuit.top_n"), {}, true).ticks.empty());
    }

    void what_has_no_known_settings_is_in_no_chart()
    {
        std::vector<ComparedRun> runs = sweep_over_n();
        const SweepChart before = sweep_chart(runs, QStringLiteral("circuit.top_n"),
            { column(runs, QStringLiteral("tunable")) }, false);
        ComparedRun newer = run_of(7, 30, TuningMethod::circuit, 0);
        newer.config = {};
        newer.configured = false;
        ComparedRun observed = run_of(8, 5, TuningMethod::circuit, 0);
        observed.summary.description.method = std::string(observed_method);
        runs.insert(runs.end(), { newer, observed });
        const SweepChart chart = sweep_chart(runs, QStringLiteral("circuit.top_n"),
            { column(runs, QStringLiteral("tunable")) }, false);
        QCOMPARE(chart.ticks, before.ticks);
        QCOMPARE(chart.measures[0].values.size(), before.measures[0].values.size());
        QCOMPARE(chart.left_out, 0);
        SweepPage page;
        page.show_runs(runs);
        QVERIFY(page.findChild<QLabel*>(QStringLiteral("sweepRemark"))
                    ->text()
                    .contains(QStringLiteral("The settings of 1 run")));
    }

    void the_page_begins_with_share_metric_and_perplexity()
    {
        SweepPage page;
        page.resize(1100, 400);
        page.show_runs(sweep_over_n());
        const auto chosen = [&](const char* name) {
            return page.findChild<QComboBox*>(QString::fromLatin1(name))->currentText();
        };
        QCOMPARE(chosen("sweepSetting"), QStringLiteral("circuit.top_n"));
        QCOMPARE(chosen("sweepMeasure1"), QStringLiteral("tunable"));
        QCOMPARE(chosen("sweepMeasure2"), QStringLiteral("task: Logit difference, after"));
        QCOMPARE(chosen("sweepMeasure3"), QStringLiteral("a text: Perplexity, after"));
        auto& logarithmic = *page.findChild<QCheckBox*>(QStringLiteral("sweepLogarithmic"));
        QVERIFY(logarithmic.isChecked());
        const auto& plot = *page.findChild<SweepPlot*>(QStringLiteral("sweepPlot"));
        QVERIFY(plot.accessibleDescription().contains(QStringLiteral(
            "circuit.top_n 30, method circuit: task: Logit difference, after 6.00")));
        auto& setting = *page.findChild<QComboBox*>(QStringLiteral("sweepSetting"));
        setting.setCurrentText(QStringLiteral("circuit.method"));
        QVERIFY(!logarithmic.isEnabled());
        QCOMPARE(plot.chart().words.size(), 2);
        page.findChild<QComboBox*>(QStringLiteral("sweepMeasure2"))->setCurrentIndex(0);
        QCOMPARE(plot.chart().measures.size(), std::size_t{ 2 });

        QSignalSpy wanted(&page, &SweepPage::picture_requested);
        page.findChild<QPushButton*>(QStringLiteral("saveSweep"))->click();
        QCOMPARE(wanted.size(), 1);
    }

    void no_text_is_cut_however_large_it_is()
    {
        const std::vector<ComparedRun> runs = sweep_over_n();
        std::vector<RunColumn> measures;
        const std::vector<RunColumn> columns = columns_of(runs);
        for (const std::size_t i : first_measures(runs, columns))
            measures.push_back(columns[i]);
        const SweepChart chart = sweep_chart(runs, QStringLiteral("circuit.top_n"), measures, true);
        for (const double scale : { 1.0, 1.5, 2.0 }) {
            Theme large = theme(false);
            large.scale = scale;
            CutTexts device({ 1100, 400 });
            QPainter painter(&device);
            SweepDrawing(chart, large, { 1100, 400 }).paint(painter);
            painter.end();
            QVERIFY(device.count() > 15);
            QVERIFY2(device.found().isEmpty(), qPrintable(device.found().join(u' ')));
        }
    }

    void every_mean_has_its_place_in_its_plot()
    {
        const std::vector<ComparedRun> runs = sweep_over_n();
        std::vector<RunColumn> measures;
        const std::vector<RunColumn> columns = columns_of(runs);
        for (const std::size_t i : first_measures(runs, columns))
            measures.push_back(columns[i]);
        const SweepChart chart = sweep_chart(runs, QStringLiteral("circuit.top_n"), measures, true);
        for (const QSizeF& size : { QSizeF(1100, 340), QSizeF(320, 600) }) {
            const SweepDrawing drawing(chart, theme(false), size);
            QCOMPARE(drawing.marks().size(), std::size_t{ 12 });
            for (const SweepDrawing::Mark& mark : drawing.marks())
                QVERIFY(QRectF(QPointF(), size).contains(mark.at));
            // Decades: 10 to 30 is less than a quarter of the way to 1000.
            const double from = drawing.marks()[0].at.x();
            const double to = drawing.marks()[2].at.x();
            const double share = (drawing.marks()[1].at.x() - from) / (to - from);
            QVERIFY(std::abs(share - std::log10(3) / 2) < 1e-9);
        }
    }

    void the_axis_of_a_share_ends_at_all_of_it()
    {
        using enum TuningMethod;
        const std::vector<ComparedRun> runs{ run_of(1, 10, circuit, 0.2), run_of(2, 10, circuit, 1),
            run_of(3, 30, circuit, 1), run_of(4, 30, circuit, 1) };
        QStringList titles;
        std::vector<RunColumn> measures;
        for (const RunColumn& one : columns_of(runs)) {
            titles << one.full_title;
            if (one.key.contains(QStringLiteral("accuracy/after")) && measures.empty())
                measures.push_back(one);
        }
        QVERIFY2(measures.size() == 1, qPrintable(titles.join(u'\n')));
        const SweepChart chart
            = sweep_chart(runs, QStringLiteral("circuit.top_n"), measures, false);
        const SweepDrawing drawing(chart, theme(false), QSizeF(400, 300));
        // The mean of 0.2 and 1 and its deviation reach 117 %; the runs that reach 100 % are at the
        // top.
        QCOMPARE(drawing.marks().size(), std::size_t(2));
        QVERIFY2(drawing.marks()[1].at.y() < 34, QByteArray::number(drawing.marks()[1].at.y()));
    }

    void it_is_written_as_picture_and_as_numbers()
    {
        const std::vector<ComparedRun> runs = sweep_over_n();
        const SweepChart chart = sweep_chart(runs, QStringLiteral("circuit.top_n"),
            { column(runs, QStringLiteral("task: Prefers the target, after")) }, true);
        PageOptions page;
        page.size = sweep_picture_size;
        const auto written = [&](const char* name) {
            const QString file = folder_.filePath(QString::fromLatin1(name));
            export_sweep(file, chart, theme(false), page, {});
            QFile content(file);
            return content.open(QIODevice::ReadOnly) ? content.readAll() : QByteArray();
        };
        QVERIFY(written("sweep.svg").contains("Prefers the target"));
        QVERIFY(written("sweep.png").startsWith("\x89PNG"));
        QVERIFY(written("sweep.pdf").startsWith("%PDF"));
        const QList<QByteArray> lines = written("sweep.csv").trimmed().split('\n');
        QCOMPARE(lines.size(), 5); // four points
        QVERIFY(lines[0].startsWith("circuit.top_n,other settings,"));
        QVERIFY(lines[2].startsWith("30,method circuit,0.6"));
    }

private:
    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestSweepChart, Application::widgets)
#include "tst_sweep_chart.moc"
