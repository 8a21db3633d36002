#include "tests/support/ui_test.h"
#include "ui/accessibility/painted_widgets.h"
#include "ui/dialogs/memory_bar.h"
#include "ui/faithfulness/faithfulness_chart.h"
#include "ui/inspector/course_chart.h"
#include "ui/transfer/graft_chart.h"
#include "ui/tryit/next_word_bars.h"

#include <QAccessible>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

/// What assistive programs are told of the parts of a widget. Checks that they stand side by side
/// in it, as `side_by_side`, or one below the other.
QStringList read_parts(QWidget& widget, bool side_by_side)
{
    QStringList texts;
    QAccessibleInterface* read = QAccessible::queryAccessibleInterface(&widget);
    QPoint last;
    for (int i = 0; i < read->childCount(); ++i) {
        const QPoint middle = widget.mapFromGlobal(read->child(i)->rect().center());
        const bool follows = side_by_side ? middle.x() > last.x() : middle.y() > last.y();
        if (!widget.rect().contains(middle) || (i > 0 && !follows))
            return { QStringLiteral("part %1 lies elsewhere").arg(i) };
        last = middle;
        texts << read->child(i)->text(QAccessible::Name);
    }
    return texts;
}

QString text_of_file(const QString& path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

/// Charts, and that no painted widget is one picture without parts.
class TestAccessibleCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { describe_painted_widgets(); }

    void next_words_are_read_word_by_word()
    {
        NextWordBars bars;
        bars.set_theme(theme(true));
        bars.set_words(
            { { QStringLiteral(" was"), { 0.5, 0.25, std::nullopt }, NextWord::Mark::target },
                { QStringLiteral(" were"), { 0.125, 0.25, 0.75 }, NextWord::Mark::none } });
        bars.resize(320, bars.sizeHint().height());
        const QStringList texts = read_parts(bars, false);
        QCOMPARE(texts.size(), 2);
        QVERIFY2(texts[0].contains(QStringLiteral("was (target)"))
                && texts[0].contains(QStringLiteral("now 50 %"))
                && texts[0].contains(QStringLiteral("circuit alone unknown")),
            qPrintable(texts[0]));
        QVERIFY2(texts[1].contains(QStringLiteral("circuit alone 75 %")), qPrintable(texts[1]));
    }

    void a_course_is_read_iteration_by_iteration()
    {
        CourseChart chart;
        chart.set_theme(theme(true));
        chart.set_content(
            { { QStringLiteral("a0.h1->logits"), Qt::red, false, { 0.25, std::nullopt } } }, {}, 3);
        chart.resize(300, 110);
        const QStringList texts = read_parts(chart, true);
        QCOMPARE(texts.size(), 3);
        QVERIFY2(texts[0].contains(QStringLiteral("0.25")), qPrintable(texts[0]));
        QVERIFY2(texts[1].contains(QStringLiteral("not in the circuit")), qPrintable(texts[1]));
        QVERIFY2(texts[2].contains(QStringLiteral("not read yet")), qPrintable(texts[2]));
        QAccessibleInterface* read = QAccessible::queryAccessibleInterface(&chart);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(
                chart.iteration_at(chart.mapFromGlobal(read->child(i)->rect().center()).x()), i);
    }

    void faithfulness_is_read_size_by_size()
    {
        FaithfulnessAnswer answer;
        answer.edges = 100;
        answer.circuit = 10;
        answer.sizes = { { 1, 1, 0.5, 0.125, {} }, { 10, 9, 1.5, 0.75, { 0.25, 0.5 } } };
        FaithfulnessCurveData curve;
        curve.add(answer);
        FaithfulnessChart chart;
        chart.set_theme(theme(true));
        chart.set_curve(curve);
        chart.resize(380, 190);
        const QStringList texts = read_parts(chart, true);
        QCOMPARE(texts.size(), 2);
        QCOMPARE(texts[1], point_text(curve.points()[1], curve.about()));
        QVERIFY2(texts[1].contains(QStringLiteral("0.75")), qPrintable(texts[1]));
    }

    void a_graft_is_read_share_by_share()
    {
        GraftChart chart;
        chart.set_theme(theme(true));
        chart.set_content({ QStringLiteral("Task"),
            { { QStringLiteral("circuit"), Qt::red, false, { { 0, 1, 0 }, { 0.5, 2, 0 } } },
                { QStringLiteral("random"), Qt::blue, true, { { 0.5, 4, 1 }, { 1, 8, 0 } } } },
            [](double value) { return QString::number(value); } });
        chart.resize(380, 220);
        const QStringList texts = read_parts(chart, true);
        QCOMPARE(texts.size(), 3);
        QVERIFY2(texts[1].contains(QStringLiteral("circuit 2"))
                && texts[1].contains(QStringLiteral("random 4")),
            qPrintable(texts[1]));
        QVERIFY2(!texts[2].contains(QStringLiteral("circuit")), qPrintable(texts[2]));
    }

    void memory_is_read_part_by_part()
    {
        MemoryParts held;
        held.weights = 3'000'000;
        held.gradients = 1'000'000;
        MemoryBar bar;
        bar.show_memory(held, held, 8'000'000);
        bar.resize(400, bar.sizeHint().height());
        const QStringList texts = read_parts(bar, true);
        QCOMPARE(texts.size(), 2);
        QVERIFY2(texts[0].contains(QStringLiteral("weights"))
                && texts[0].contains(QStringLiteral("3.0 MB")),
            qPrintable(texts[0]));
        QVERIFY2(texts[1].contains(QStringLiteral("gradients")), qPrintable(texts[1]));
    }

    /// Whoever paints a widget anew is reminded of those who do not see it.
    void every_painted_widget_has_parts()
    {
        const QStringList otherwise{
            QStringLiteral("CircuitView"), // these two: interfaces of their own
            QStringLiteral("TimelineTrack"),
            QStringLiteral("ColorKey"), // its name says all of it
            QStringLiteral("PagePreview"), // a picture of what the window shows anyway
        };
        const QRegularExpression declared(
            QStringLiteral("class (\\w+)[^;{]*?:\\s*public ([^{]*)\\{"));
        int painted = 0;
        QDirIterator files(QStringLiteral(CIRCUITLOOM_SOURCE_DIR "/ui"), { QStringLiteral("*.h") },
            QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString text = text_of_file(files.next());
            const auto paints = text.indexOf(QStringLiteral("void paintEvent("));
            if (paints < 0)
                continue;
            ++painted;
            QRegularExpressionMatch owner; // the class before it
            for (auto each = declared.globalMatch(text.left(paints)); each.hasNext();)
                owner = each.next();
            QVERIFY2(owner.hasMatch(), qPrintable(files.filePath()));
            QVERIFY2(owner.captured(2).contains(QStringLiteral("PaintedParts"))
                    || owner.captured(2).contains(QStringLiteral("WalkedPlot")) // has parts itself
                    || otherwise.contains(owner.captured(1)),
                qPrintable(owner.captured(1) + QStringLiteral(" has no parts (PaintedParts)")));
        }
        QVERIFY(painted > 10);
    }
};

CIRCUITLOOM_UI_TEST(TestAccessibleCharts, Application::widgets)
#include "tst_accessible_charts.moc"
