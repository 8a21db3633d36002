#include "core/base/random.h"
#include "tests/support/ui_test.h"
#include "ui/curves/axis_text.h"
#include "ui/curves/curve_plots.h"
#include "ui/curves/curves_panel.h"
#include "ui/curves/plot_readout.h"
#include "ui/curves/plot_widget.h"

#include <QImage>
#include <QMouseEvent>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainterPath>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

AxisText axis(double low, double high, Notation notation = Notation::plain)
{
    return { notation, round_scale(low, high) };
}

PlotContent plot_of(const Curve& points)
{
    PlotContent content;
    content.title = QStringLiteral("Loss");
    content.last_step = 100;
    PlotLine line;
    line.name = QStringLiteral("a");
    line.color = QColor(0xd0, 0x00, 0xd0); // nothing else of a plot is like that
    line.points = points;
    content.lines = { line };
    return content;
}

QImage painted(const PlotContent& content, double cursor = -1)
{
    PlotWidget plot;
    plot.set_theme(theme(false));
    plot.set_content(content);
    plot.set_range(0, content.last_step);
    plot.set_cursor(cursor);
    QImage image(400, 200, QImage::Format_RGB32);
    image.fill(Qt::white);
    const PlacedPlot placed{ &plot, image.rect() };
    paint_plots(image, { &placed, 1 });
    return image;
}

/// Counts what is painted, and paints nothing.
class PaintCount : public QPaintEngine
{
public:
    PaintCount()
        : QPaintEngine(AllFeatures)
    {
    }
    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState&) override { }
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override { }
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override { }
    void drawPath(const QPainterPath&) override { }
    void drawEllipse(const QRectF&) override { ++dots; }
    void drawTextItem(const QPointF&, const QTextItem& item) override
    {
        ++texts;
        words << item.text();
    }
    Type type() const override { return User; }

    int dots = 0;
    int texts = 0;
    QStringList words;
};

class CountingDevice : public QPaintDevice
{
public:
    QPaintEngine* paintEngine() const override { return &count; }
    mutable PaintCount count;

protected:
    int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth:
            return 400;
        case PdmHeight:
            return 200;
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return 96;
        case PdmDepth:
            return 32;
        case PdmDevicePixelRatio:
            return 1;
        default:
            return QPaintDevice::metric(metric);
        }
    }
};

/// As the capability suites are plotted, the last of them as the task is.
PlotContent plot_of_suites(int count)
{
    PlotContent content = plot_of({});
    content.lines.clear();
    for (int i = 0; i < count; ++i) {
        PlotLine line;
        line.name = QStringLiteral("suite %1").arg(i);
        line.color = Qt::blue;
        line.labelled = true;
        line.points = { { 0, 0 }, { 100, 1.0 - i / static_cast<double>(count) } };
        content.lines.push_back(line);
    }
    content.lines.back().width = 2.4;
    return content;
}

/// The pixels of the line's colour.
std::vector<QPoint> inked(const QImage& image)
{
    std::vector<QPoint> found;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor color = image.pixelColor(x, y);
            if (color.red() > 150 && color.blue() > 150 && color.green() < 100)
                found.emplace_back(x, y);
        }
    return found;
}

PlottedRun run_with(int id, const std::vector<double>& accuracies)
{
    auto data = std::make_shared<CurveData>();
    int step = 0;
    for (const double accuracy : accuracies) {
        IterationRecord iteration;
        iteration.index = IterationIndex{ step / 10 };
        iteration.step = step;
        iteration.tunable_ratio = 0.1;
        data->add(iteration);
        data->add(EvaluationRecord{ step, "verbs", "accuracy", accuracy, 100 });
        data->add(EvaluationRecord{ step, "verbs", "logit-diff", accuracy, 100 });
        data->add(StepRecord{ step + 1, 2, 1, 0.1 });
        step += 10;
    }
    return { RunId{ id }, QStringLiteral("run %1").arg(id), QColor(Qt::darkGreen), step, data };
}

} // namespace

class TestPlots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers_are_as_short_as_they_can_be()
    {
        QCOMPARE(axis(0, 5e6).tick(4e6), QStringLiteral("4e6"));
        QCOMPARE(axis(0, 5e6).tick(0), QStringLiteral("0"));
        QCOMPARE(axis(0, 5e6).brief(1.24e6), QStringLiteral("1.2e6"));
        QCOMPARE(axis(0, 5e6).full(3), QStringLiteral("0"));
        QCOMPARE(axis(0, 1e-7).tick(1e-7), QStringLiteral("1e−7"));
        QCOMPARE(axis(-1e-7, 1e-7).tick(-1e-7), QStringLiteral("−1e−7"));
        QCOMPARE(axis(0, 200000).tick(200000), QStringLiteral("200000"));
        QCOMPARE(axis(12345.6, 12345.7).full(12345.678), QStringLiteral("12345.6780"));
        QCOMPARE(axis(5e6, 5e6 + 0.3).tick(5e6 + 0.1), QStringLiteral("5000000.1"));
        QCOMPARE(axis(0, 1, Notation::percent).tick(0.01), QStringLiteral("1.0 %"));
        QCOMPARE(axis(0, 100, Notation::percent).brief(0.977), QStringLiteral("98 %"));
        QCOMPARE(axis(0, 100, Notation::percent).full(0.977), QStringLiteral("97.7 %"));
        QCOMPARE(axis(0, 1).brief(nothing), QStringLiteral("–"));
        QCOMPARE(axis(0, 1).brief(infinite), QStringLiteral("∞"));
        QCOMPARE(axis(0, 1).full(-infinite), QStringLiteral("−∞"));
    }

    void zero_has_no_sign()
    {
        QCOMPARE(axis(-1, 1).full(-0.0), QStringLiteral("0.00"));
        Random random(11);
        for (int i = 0; i < 500; ++i) {
            const double size = std::pow(10, random.below(20)) * 1e-9;
            const AxisScale scale = round_scale(-random.unit() * size, random.unit() * size);
            const AxisText text(Notation::plain, scale);
            QStringList texts{ text.brief(-1e-3 * size), text.full(-1e-5 * size) };
            for (const double tick : scale.ticks)
                texts << text.tick(tick);
            for (const QString& one : texts) {
                const bool zero = one.count(u'0') + one.count(u'.') + one.count(u'−') == one.size();
                QVERIFY2(!zero || !one.contains(u'−'), qPrintable(one));
            }
        }
    }

    void ticks_differ_and_values_find_the_room_that_is_kept()
    {
        Random random(5);
        for (int i = 0; i < 500; ++i) {
            const double size = std::pow(10, random.below(30)) * 1e-12;
            const double low = (random.unit() - 0.5) * size;
            const double high = low + random.unit() * size;
            const AxisScale scale = round_scale(low, high);
            const AxisText text(Notation::plain, scale);
            QStringList ticks;
            for (const double tick : scale.ticks)
                ticks << text.tick(tick);
            QCOMPARE(ticks.removeDuplicates(), 0);
            qsizetype room = 0;
            for (const QString& one : text.widest())
                room = std::max(room, one.size());
            for (int j = 0; j < 20; ++j) {
                const QString value = text.brief(low + random.unit() * (high - low));
                QVERIFY2(value.size() <= room, qPrintable(value));
            }
        }
    }

    void scales_hold_whatever_a_double_can_be()
    {
        for (const auto& [low, high] : std::vector<std::pair<double, double>>{ { -1e308, 1e308 },
                 { 0, 1e-300 }, { 1e-320, 2e-320 }, { 0, 5e-324 }, { -1e-7, -1e-7 }, { 0, 0 },
                 { 1e300, 1e300 }, { -0.0, 0.0 } }) {
            const AxisScale scale = round_scale(low, high);
            QVERIFY(std::isfinite(scale.low) && std::isfinite(scale.high));
            QVERIFY(scale.low < scale.high);
            QVERIFY(scale.ticks.size() >= 2 && scale.ticks.size() <= 6);
        }
    }

    void tick_labels_are_whole_data()
    {
        QTest::addColumn<double>("value");
        QTest::newRow("millions") << 5e6;
        QTest::newRow("a million and a bit") << 5000000.5;
        QTest::newRow("tiny") << 1e-7;
        QTest::newRow("minus tiny") << -1.5e-12;
        QTest::newRow("precise") << 12345.678;
        QTest::newRow("huge") << 1e120;
    }
    void tick_labels_are_whole()
    {
        QFETCH(const double, value);
        const QImage image = painted(plot_of({ { 0, value }, { 100, value * (1 + 1e-6) } }));
        // Beside the longest there is a margin.
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < 3; ++x)
                QCOMPARE(image.pixelColor(x, y), QColor(Qt::white));
    }

    void a_lone_point_is_seen()
    {
        const QImage image = painted(
            plot_of({ { 0, 1 }, { 10, 2 }, { 20, nothing }, { 50, 2 }, { 80, nothing } }));
        const std::vector<QPoint> ink = inked(image);
        const bool in_the_middle = std::any_of(
            ink.begin(), ink.end(), [](const QPoint& at) { return at.x() > 180 && at.x() < 260; });
        QVERIFY(in_the_middle);
    }

    void infinite_values_are_seen_at_the_edge()
    {
        const std::vector<QPoint> up = inked(painted(plot_of({ { 50, infinite } })));
        const std::vector<QPoint> down = inked(painted(plot_of({ { 50, -infinite } })));
        QVERIFY(up.size() > 10 && down.size() > 10);
        for (const QPoint& at : up)
            QVERIFY(at.y() < 60);
        for (const QPoint& at : down)
            QVERIFY(at.y() > 140);
        // Beside finite ones as well, whose scale they leave alone.
        const std::vector<QPoint> both
            = inked(painted(plot_of({ { 0, 1 }, { 10, 2 }, { 20, infinite } })));
        QVERIFY(
            std::any_of(both.begin(), both.end(), [](const QPoint& at) { return at.x() > 110; }));
    }

    void the_cursors_dot_is_on_the_line()
    {
        const Curve curve{ { 0, 0 }, { 10, 1 }, { 20, nothing }, { 30, 5 }, { 40, 3 } };
        const auto ends = [&curve](double step) {
            const auto piece = piece_at(curve, step);
            return piece ? QList<double>{ piece->first.step, piece->second.step } : QList<double>();
        };
        QCOMPARE(ends(0), (QList<double>{ 0, 0 }));
        QCOMPARE(ends(2.5), (QList<double>{ 0, 10 }));
        QCOMPARE(ends(10), (QList<double>{ 10, 10 }));
        QCOMPARE(ends(35), (QList<double>{ 30, 40 }));
        QVERIFY(ends(-1).empty() && ends(41).empty() && !piece_at({}, 0));

        PlotContent content = plot_of({ { 0, 0 }, { 100, 10 } });
        content.lines[0].labelled = true;
        const std::vector<QPoint> plain = inked(painted(content));
        const std::vector<QPoint> dotted = inked(painted(content, 50));
        const auto in_column = [](const std::vector<QPoint>& ink, int x) {
            std::vector<int> ys;
            for (const QPoint& at : ink)
                if (at.x() == x)
                    ys.push_back(at.y());
            return ys;
        };
        // The column in which the dot has added most.
        int cursor = 0;
        std::size_t most = 0;
        for (int x = 60; x < 340; ++x) {
            const std::size_t here = in_column(dotted, x).size();
            if (here > most + in_column(plain, x).size()) {
                most = here - in_column(plain, x).size();
                cursor = x;
            }
        }
        QVERIFY(most >= 2);
        const std::vector<int> line = in_column(plain, cursor);
        const std::vector<int> dot = in_column(dotted, cursor);
        QVERIFY(dot.front() <= line.front() && dot.back() >= line.back());
    }

    void the_lines_keep_half_of_the_width()
    {
        for (const int width : { 150, 220, 260, 300, 400, 700 })
            for (const int suites : { 1, 9, 40, 300 }) {
                PlotWidget plot;
                plot.set_theme(theme(false));
                plot.set_content(plot_of_suites(suites));
                plot.set_range(0, 100);
                plot.resize(width, 200);
                plot.show();
                QVERIFY(QTest::qWaitForWindowExposed(&plot));
                const QMargins around = plot.line_margins();
                QVERIFY(2 * (around.left() + around.right()) <= width + 4 || around.right() < 20);
                QCOMPARE(plot.label_names().isEmpty(), around.right() < 20);
            }
        PlotWidget plot;
        plot.set_theme(theme(false));
        plot.set_content(plot_of_suites(40));
        plot.resize(400, 200);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QVERIFY(!plot.label_names().isEmpty());
    }

    void the_dashed_line_is_named_whole_in_a_narrow_plot()
    {
        PlotContent content;
        content.title = QStringLiteral("Logit difference");
        for (const char* legend : { "batches", "held-out task" }) {
            PlotLine line;
            line.name = line.legend = QString::fromLatin1(legend);
            line.dashed = content.lines.size() == 1;
            line.points = { { 0, 0 }, { 100, 1 } };
            content.lines.push_back(line);
        }
        for (const auto& [width, both] : { std::pair{ 135, false }, std::pair{ 400, true } }) {
            PlotWidget plot;
            plot.set_theme(theme(false));
            plot.set_content(content);
            plot.set_range(0, 100);
            CountingDevice device;
            const PlacedPlot placed{ &plot, QRect(0, 0, width, 200) };
            paint_plots(device, { &placed, 1 });
            QVERIFY2(device.count.words.contains(QStringLiteral("held-out task")),
                qPrintable(device.count.words.join(u'|')));
            QCOMPARE(device.count.words.contains(QStringLiteral("batches")), both);
        }
    }

    void names_stand_alone_where_their_values_have_no_room()
    {
        for (const auto& [width, with_values] : { std::pair{ 240, false }, std::pair{ 500, true } }) {
            PlotWidget plot;
            plot.set_theme(theme(false));
            plot.set_content(plot_of_suites(3));
            plot.set_range(0, 100);
            CountingDevice device;
            const PlacedPlot placed{ &plot, QRect(0, 0, width, 200) };
            paint_plots(device, { &placed, 1 });
            const auto painted = [&device](const QString& begin) {
                return std::ranges::any_of(device.count.words,
                    [&](const QString& words) { return words.startsWith(begin); });
            };
            QVERIFY2(painted(QStringLiteral("suite")), qPrintable(device.count.words.join(u'|')));
            QCOMPARE(painted(QStringLiteral("at step")), with_values);
        }
    }

    void values_are_of_the_step_that_was_reached()
    {
        PlotContent content = plot_of_suites(3);
        double reached = 0;
        for (const PlotLine& line : content.lines)
            reached = std::max(reached, line.points.back().step);
        content.last_step = reached + 6; // a run that was to go on
        for (const auto& [cursor, said] : { std::pair{ -1.0, reached },
                 std::pair{ content.last_step, reached }, std::pair{ reached - 1, reached - 1 } }) {
            PlotWidget plot;
            plot.set_theme(theme(false));
            plot.set_content(content);
            plot.set_range(0, content.last_step);
            plot.set_cursor(cursor);
            CountingDevice device;
            const PlacedPlot placed{ &plot, QRect(0, 0, 400, 200) };
            paint_plots(device, { &placed, 1 });
            const QString wanted = QStringLiteral("at step %1").arg(said);
            QVERIFY2(device.count.words.contains(wanted),
                qPrintable(wanted + u": " + device.count.words.join(u'|')));
        }
    }

    void as_many_labels_are_painted_as_have_room()
    {
        const auto count_of = [](int suites) {
            PlotWidget plot;
            plot.set_theme(theme(false));
            plot.set_content(plot_of_suites(suites));
            plot.set_range(0, 100);
            plot.set_cursor(50);
            CountingDevice device;
            const PlacedPlot placed{ &plot, QRect(0, 0, 400, 200) };
            paint_plots(device, { &placed, 1 });
            return std::pair(device.count.texts, device.count.dots);
        };
        const auto [few_texts, few_dots] = count_of(4);
        QVERIFY(few_texts > 8 && few_dots >= 4);
        const auto hundred = count_of(100);
        QVERIFY(hundred.first > few_texts && hundred.second > few_dots);
        QVERIFY(hundred.first < 60);
        QCOMPARE(count_of(10000), hundred);
    }

    void labels_without_room_are_reached()
    {
        PlotWidget plot;
        plot.set_theme(theme(false));
        plot.resize(400, 200);
        plot.set_content(plot_of_suites(60));
        plot.set_range(0, 100);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QTRY_VERIFY(plot.label_names().size() > 4);
        const QStringList first = plot.label_names();
        QVERIFY(first.size() > 4 && first.size() < 30);
        QCOMPARE(first.front(), QStringLiteral("suite 0"));
        QVERIFY(first.contains(QStringLiteral("suite 59"))); // the task
        plot.setFocus();
        for (int i = 0; i < 60; ++i) {
            QTest::keyClick(&plot, Qt::Key_Down);
            const QString chosen = QStringLiteral("suite %1").arg(i);
            QVERIFY2(plot.label_names().contains(chosen), qPrintable(chosen));
            QVERIFY(plot.label_names().contains(QStringLiteral("suite 59")));
            QCOMPARE(plot.label_names().size(), first.size());
            QTest::keyClick(&plot, Qt::Key_Return);
            QVERIFY(plot.hides(chosen));
        }
    }

    // Of a name without room the part is left out that says least: what others begin with too.
    void short_labels_tell_lines_apart_and_have_the_whole_name_in_a_tip()
    {
        PlotContent content = plot_of_suites(4);
        content.lines[0].name = QStringLiteral("task: prefers the target");
        content.lines[0].brief = QStringLiteral("prefers the target");
        content.lines[1].name = QStringLiteral("task: exact next token");
        content.lines[1].brief = QStringLiteral("exact next token");
        content.lines[2].name = QStringLiteral("arithmetic with numbers of two digits");
        content.lines[3].name = QStringLiteral("arithmetic with numbers of three digits");
        PlotWidget plot;
        plot.set_theme(theme(false));
        plot.resize(400, 200);
        plot.set_content(content);
        plot.set_range(0, 100);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QTRY_COMPARE(plot.label_names().size(), 4);
        const QStringList texts = plot.label_texts();
        QCOMPARE(QSet<QString>(texts.begin(), texts.end()).size(), 4);
        for (const QString& text : texts)
            QVERIFY2(!text.startsWith(QStringLiteral("task: ")), qPrintable(text));
        QVERIFY2(texts.filter(QStringLiteral("digits")).size() == 2, qPrintable(texts.join(u'|')));
        // Over a label, and not over the lines.
        QWidget* canvas = plot.childAt(plot.rect().center());
        QSet<QString> tips;
        for (int y = 0; y < canvas->height(); y += 3) {
            QMouseEvent move(QEvent::MouseMove, QPointF(canvas->width() - 60, y),
                canvas->mapToGlobal(QPointF(canvas->width() - 60, y)), Qt::NoButton, Qt::NoButton,
                Qt::NoModifier);
            QCoreApplication::sendEvent(canvas, &move);
            if (QToolTip::isVisible())
                tips << QToolTip::text();
        }
        for (const QString& name : plot.label_names())
            QVERIFY2(tips.contains(name), qPrintable(name));
    }

    void the_pointer_reads_values()
    {
        const PlottedRun run = run_with(1, { 0.25, 0.5, 0.75 });
        const std::vector<PlotContent> plots = plots_of(std::vector{ run }, theme(false));
        const auto metric
            = std::ranges::find(plots, QStringLiteral("Logit difference"), &PlotContent::title);
        QVERIFY(metric != plots.end());
        const QString html = plot_readout(*metric, {}, axis(0, 1), 12, 0.5);
        QVERIFY(html.contains(QStringLiteral("step 12")));
        QVERIFY(html.contains(QStringLiteral("batches")));
        QVERIFY(html.contains(QStringLiteral("held-out verbs")));
        QVERIFY(html.contains(QStringLiteral("0.500 logits")));
        QVERIFY(plot_readout(*metric, { QStringLiteral("verbs") }, axis(0, 1), 12, 0.5)
                    .count(QStringLiteral("<tr>"))
            == 1);
        QVERIFY(plot_readout(*metric, {}, axis(0, 1), 99, 0.5)
                    .contains(QStringLiteral("no value here")));

        PlotContent many = plot_of({ { 0, 0 }, { 100, nothing } });
        many.lines[0].name = QStringLiteral("<b>");
        for (int i = 0; i < 30; ++i) {
            many.lines.push_back(many.lines[0]);
            many.lines.back().points = { { 0, i * 1.0 }, { 100, i * 1.0 } };
        }
        const QString some = plot_readout(many, {}, axis(0, 30), 50, 20);
        QCOMPARE(some.count(QStringLiteral("<tr>")), 24);
        QVERIFY(some.contains(QStringLiteral("7 more")));
        QVERIFY(some.contains(QStringLiteral("&lt;b&gt;")));
        QVERIFY(
            some.contains(QStringLiteral(">20.0<")) && !some.contains(QStringLiteral(">2.0<")));
    }

    void a_tip_follows_the_pointer()
    {
        PlotWidget plot;
        plot.set_theme(theme(true));
        plot.set_content(plot_of({ { 0, 1 }, { 100, 2 } }));
        plot.set_range(0, 100);
        plot.resize(400, 200);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        auto* canvas = plot.findChild<QWidget*>();
        QTest::mouseMove(canvas, { 200, 100 });
        QTRY_VERIFY(QToolTip::text().contains(QStringLiteral("step ")));
    }

    void every_line_of_a_plot_has_a_name_that_is_shown()
    {
        for (const bool several : { false, true }) {
            std::vector<PlottedRun> runs{ run_with(1, { 0.25, 0.5 }) };
            if (several)
                runs.push_back(run_with(2, { 0.3 }));
            for (const PlotContent& plot : plots_of(runs, theme(false)))
                for (const PlotLine& line : plot.lines)
                    QVERIFY2(!line.dashed || !line.legend.isEmpty(), qPrintable(plot.title));
        }
    }

    void compared_plots_have_one_scale()
    {
        const std::vector<PlottedRun> runs{ run_with(1, { 0.9, 0.95 }),
            run_with(2, { 0.1, nothing, 0.2 }) };
        std::vector<double> seen;
        for (const PlotContent& plot : plots_of(runs, theme(false))) {
            if (!plot.title.startsWith(QStringLiteral("Capabilities")))
                continue;
            const auto [low, high]
                = std::minmax_element(plot.also_seen.begin(), plot.also_seen.end());
            QCOMPARE(*low, 0.1);
            QCOMPARE(*high, 0.95);
            seen.push_back(*low);
        }
        QCOMPARE(seen.size(), std::size_t{ 2 });
        for (const PlotContent& plot : plots_of(std::vector{ runs[0] }, theme(false)))
            QVERIFY(plot.also_seen.empty());
    }

    void the_keyboard_reaches_everything()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_with(1, { 0.2, 0.4, 0.6, 0.8 }) });
        panel.set_cursor(10);
        panel.resize(1200, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        PlotWidget* accuracy = nullptr;
        for (PlotWidget* plot : panel.plots()) {
            QVERIFY(plot->focusPolicy() & Qt::TabFocus);
            if (plot->content().title == QStringLiteral("Capabilities"))
                accuracy = plot;
        }
        QVERIFY(accuracy);
        accuracy->setFocus(Qt::TabFocusReason);
        QSignalSpy asked(&panel, &CurvesPanel::step_requested);
        QTest::keyClick(accuracy, Qt::Key_Right);
        QCOMPARE(asked.last().first().toDouble(), 20.0);
        QTest::keyClick(accuracy, Qt::Key_Left);
        QCOMPARE(asked.last().first().toDouble(), 0.0);
        panel.set_cursor(30);
        QTest::keyClick(accuracy, Qt::Key_Right); // the last
        QCOMPARE(asked.size(), 2);

        QSignalSpy zoomed(accuracy, &PlotWidget::range_requested);
        QTest::keyClick(accuracy, Qt::Key_Plus);
        QVERIFY(zoomed.last()[1].toDouble() - zoomed.last()[0].toDouble() < 40);
        QTest::keyClick(accuracy, Qt::Key_0);
        QCOMPARE(zoomed.last()[1].toDouble(), 40.0);

        QTest::keyClick(accuracy, Qt::Key_Down);
        QTest::keyClick(accuracy, Qt::Key_Return);
        QVERIFY(accuracy->hides(QStringLiteral("verbs")));
        QTest::keyClick(accuracy, Qt::Key_Return);
        QVERIFY(!accuracy->hides(QStringLiteral("verbs")));
    }

    void a_plots_keys_are_those_of_the_keypad_too()
    {
        PlotWidget plot;
        plot.set_theme(theme(true));
        const auto takes = [&plot](Qt::Key key, Qt::KeyboardModifiers held) {
            QKeyEvent asks(QEvent::ShortcutOverride, key, held);
            asks.ignore();
            QCoreApplication::sendEvent(&plot, &asks);
            return asks.isAccepted();
        };
        for (const Qt::KeyboardModifiers held :
            { Qt::KeyboardModifiers(), Qt::KeyboardModifiers(Qt::ShiftModifier),
                Qt::ShiftModifier | Qt::ControlModifier })
            for (const Qt::Key key : { Qt::Key_Left, Qt::Key_Right })
                QVERIFY(takes(key, held) && takes(key, held | Qt::KeypadModifier));
        QVERIFY(takes(Qt::Key_Return, {}) && takes(Qt::Key_Enter, Qt::KeypadModifier));
        QVERIFY(!takes(Qt::Key_Left, Qt::AltModifier | Qt::KeypadModifier)); // the window's
        QSignalSpy extended(&plot, &PlotWidget::extend_requested);
        QTest::keyClick(&plot, Qt::Key_Left, Qt::ShiftModifier | Qt::KeypadModifier);
        QCOMPARE(extended.size(), 1);
        QCOMPARE(extended.first().first().toInt(), -1);
    }

    void plots_share_the_room()
    {
        CurvesPanel panel;
        panel.set_theme(theme(true));
        panel.set_runs({ run_with(1, { 0.2, 0.4, 0.6, 0.8 }) });
        panel.show();
        const auto all_seen = [&panel] {
            return std::ranges::all_of(panel.plots(), [&panel](const PlotWidget* plot) {
                const QRect where(plot->mapTo(&panel, QPoint()), plot->size());
                return panel.rect().contains(where) && where.height() >= 100;
            });
        };
        for (const QSize size : { QSize(860, 240), QSize(1400, 200), QSize(600, 300) }) {
            panel.resize(size);
            QTRY_VERIFY2(all_seen(), qPrintable(QString::number(size.width())));
        }
    }
};

CIRCUITLOOM_UI_TEST(TestPlots, Application::widgets)
#include "tst_plots.moc"
