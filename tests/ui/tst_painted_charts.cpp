#include "tests/support/ui_test.h"
#include "ui/compare/scatter_plot.h"
#include "ui/transfer/graft_chart.h"

#include <QSignalSpy>
#include <QTest>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

constexpr int close = 12; ///< of 255, of each part of a colour

bool alike(const QColor& a, const QColor& b)
{
    return std::abs(a.red() - b.red()) < close && std::abs(a.green() - b.green()) < close
        && std::abs(a.blue() - b.blue()) < close;
}

QColor color_at(const QImage& picture, const QPointF& point)
{
    return picture.pixelColor(point.toPoint());
}

ScatterGroup group(const char* name, const QColor& color, int run, double x, double y)
{
    return { QString::fromLatin1(name), color,
        { { RunId{ run }, QString::fromLatin1(name), x, y, false } }, x, y };
}

/// Two runs of which neither beats the other, and one that both beat.
RunScatter some_runs()
{
    RunScatter scatter;
    scatter.x.full_title = QStringLiteral("loss");
    scatter.x.better = Better::lower;
    scatter.y.full_title = QStringLiteral("accuracy");
    scatter.y.better = Better::higher;
    scatter.groups = { group("first", Qt::red, 1, 1, 0.2), group("second", Qt::blue, 2, 3, 0.9),
        group("third", Qt::magenta, 3, 3.5, 0.1) };
    scatter.front = { 0, 1 };
    return scatter;
}

GraftChart::Content a_graft()
{
    return { QStringLiteral("Task"),
        { { QStringLiteral("circuit"), Qt::red, false,
              { { 0, 0, 0 }, { 0.5, 8, 0 }, { 1, 9, 0 } } },
            { QStringLiteral("at random"), Qt::blue, true,
                { { 0, 0, 0 }, { 0.5, 4, 2 }, { 1, 9, 0 } } } },
        [](double value) { return QString::number(value); } };
}

} // namespace

/// That charts paint what they are given where they say it is.
class TestPaintedCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void each_run_is_a_point_of_its_colour()
    {
        for (const bool dark : { false, true }) {
            ScatterPlot plot;
            plot.set_theme(theme(dark));
            plot.set_scatter(some_runs());
            plot.resize(640, 360);
            const QImage picture = plot.grab().toImage();
            for (const ScatterGroup& one : plot.scatter().groups)
                QVERIFY(alike(color_at(picture, *plot.place_of(one.runs[0].run)), one.color));
            // Lower loss is left, higher accuracy is above.
            QVERIFY(plot.place_of(RunId{ 1 })->x() < plot.place_of(RunId{ 2 })->x());
            QVERIFY(plot.place_of(RunId{ 1 })->y() > plot.place_of(RunId{ 2 })->y());
            QVERIFY(!plot.place_of(RunId{ 9 }));
        }
    }

    void the_front_claims_nothing_between_its_runs()
    {
        // The loss of the second run with the accuracy of the first: what both reach.
        ScatterPlot plot;
        plot.set_theme(theme(false));
        RunScatter scatter = some_runs();
        plot.set_scatter(scatter);
        plot.resize(640, 360);
        const QImage with = plot.grab().toImage();
        scatter.front.clear();
        plot.set_scatter(scatter);
        const QImage without = plot.grab().toImage();
        const QPointF first = *plot.place_of(RunId{ 1 });
        const QPointF second = *plot.place_of(RunId{ 2 });
        const auto differs = [&](const QRectF& where) {
            for (int y = qRound(where.top()); y < qRound(where.bottom()); ++y)
                for (int x = qRound(where.left()); x < qRound(where.right()); ++x)
                    if (with.pixelColor(x, y) != without.pixelColor(x, y))
                        return true;
            return false;
        };
        const double middle_x = (first.x() + second.x()) / 2;
        const double middle_y = (first.y() + second.y()) / 2;
        QVERIFY(differs(QRectF(middle_x - 10, first.y() - 3, 20, 6)));
        QVERIFY(differs(QRectF(second.x() - 3, middle_y - 10, 6, 20)));
        QVERIFY(!differs(QRectF(first.x() - 3, middle_y - 10, 6, 20)));
        QVERIFY(!differs(QRectF(middle_x - 10, middle_y - 10, 20, 20)));
    }

    void without_runs_the_plot_says_so()
    {
        ScatterPlot plot;
        plot.set_theme(theme(false));
        plot.resize(400, 200);
        const QImage empty = plot.grab().toImage();
        int written = 0;
        for (int x = 0; x < empty.width(); ++x)
            written += !alike(empty.pixelColor(x, empty.height() / 2), theme(false).panel);
        QVERIFY(written > 0);
    }

    void a_graft_is_painted_where_its_points_are()
    {
        for (const bool dark : { false, true }) {
            GraftChart chart;
            chart.set_theme(theme(dark));
            chart.set_content(a_graft());
            chart.resize(380, 220);
            const QImage picture = chart.grab().toImage();
            QVERIFY(alike(color_at(picture, chart.place_of(0.5, 8)), Qt::red));
            QVERIFY(alike(color_at(picture, chart.place_of(0.5, 4)), Qt::blue));
            // Within one standard deviation of chance there is a band, and beyond it none.
            const QColor inside = color_at(picture, chart.place_of(0.5, 5));
            const QColor beyond = color_at(picture, chart.place_of(0.5, 7));
            QVERIFY(!alike(inside, beyond));
        }
    }

    void a_graft_says_what_the_pointer_is_at()
    {
        GraftChart chart;
        chart.set_theme(theme(false));
        chart.set_content(a_graft());
        chart.resize(380, 220);
        chart.show();
        QSignalSpy pointed(&chart, &GraftChart::pointed_at);
        const auto said = [&] { return pointed.last()[0].toString(); };
        const QPoint middle(qRound(chart.place_of(0.45, 0).x()), 100);
        QTest::mouseMove(&chart, middle);
        QTRY_VERIFY(!pointed.isEmpty());
        QVERIFY2(said().startsWith(QStringLiteral("50 % kept"))
                && said().contains(QStringLiteral("circuit 8"))
                && said().contains(QStringLiteral("at random 4")),
            qPrintable(said()));
        QTest::keyClick(&chart, Qt::Key_Right);
        QVERIFY2(said().contains(QStringLiteral("circuit 9")), qPrintable(said()));
        QTest::keyClick(&chart, Qt::Key_Right); // the last one
        QVERIFY(said().contains(QStringLiteral("circuit 9")));
        QTest::keyClick(&chart, Qt::Key_Left);
        QVERIFY(said().contains(QStringLiteral("circuit 8")));
        QEvent leaves(QEvent::Leave);
        QCoreApplication::sendEvent(&chart, &leaves);
        QVERIFY(said().isEmpty());
    }
};

CIRCUITLOOM_UI_TEST(TestPaintedCharts, Application::widgets)
#include "tst_painted_charts.moc"
