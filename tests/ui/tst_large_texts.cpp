// Large texts on a small screen: panels fold into tabs beside the circuit, and unfold again.
#include "tests/support/cut_texts.h"
#include "tests/support/dock_gestures.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/circuit/circuit_view.h"
#include "ui/theme/text_scale.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QMap>
#include <QSettings>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::CutTexts;
using circuitloom::testing::drag;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::in_front;
using circuitloom::testing::open_in_window;
using circuitloom::testing::write_run;

namespace {

std::unique_ptr<TuningEngine> fake()
{
    return std::make_unique<FakeEngine>();
}

void set_text(MainWindow& window, int percent)
{
    window.preferences().change([&](Preferences& wanted) { wanted.text_percent = percent; });
}

QMap<QString, QRect> places(const MainWindow& window)
{
    QMap<QString, QRect> seen;
    for (const QDockWidget* dock : window.findChildren<QDockWidget*>())
        if (!dock->isHidden())
            seen.insert(dock->objectName(), dock->geometry());
    return seen;
}

QStringList sorted(QStringList names)
{
    names.sort();
    return names;
}

} // namespace

class TestLargeTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(folder_.path());
        write_run(file(), "first", 12);
    }

    void init() { QSettings().clear(); }

    void cleanupTestCase() { set_text_scale(1); }

    void large_texts_leave_the_circuit_its_height_data()
    {
        QTest::addColumn<int>("percent");
        QTest::addColumn<bool>("from_the_start");
        for (const int percent : { 150, 200 })
            for (const bool from_the_start : { true, false })
                QTest::addRow("%d %%%s", percent, from_the_start ? " from the start" : "")
                    << percent << from_the_start;
    }

    void large_texts_leave_the_circuit_its_height()
    {
        QFETCH(const int, percent);
        QFETCH(const bool, from_the_start);
        if (from_the_start)
            QSettings().setValue(QStringLiteral("textPercent"), percent);
        const QSize size(1354, 724); // on a screen of 1366 × 768
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(open_in_window(window, file()));
        set_text(window, percent);
        QTRY_VERIFY(std::abs(text_scale() - percent / 100.0) < 0.02);
        const auto* circuit = window.centralWidget()->findChild<CircuitView*>();
        const auto tall = [&] { return circuit->height() * 10 >= size.height() * 4; };
        auto* curves = window.findChild<QDockWidget*>(QStringLiteral("curvesDock"));
        QTRY_VERIFY(!window.tabifiedDockWidgets(curves).isEmpty());
        QTRY_VERIFY2(tall(), QByteArray::number(circuit->height()).constData());
        QCOMPARE(window.size(), size); // it need not grow
        // The panels are still at hand, and say their names.
        for (const char* name : { "curvesDock", "bookmarksDock", "runsDock" }) {
            auto* dock = window.findChild<QDockWidget*>(QLatin1String(name));
            QVERIFY2(!dock->isHidden(), name);
            dock->raise();
            QTRY_VERIFY2(in_front(*dock), name);
            QTest::qWait(50);
            for (const QLabel* label : dock->findChildren<QLabel*>())
                if (label->property("heading").toBool() && label->isVisible())
                    QTRY_VERIFY2(
                        label->width() >= label->sizeHint().width(), qPrintable(label->text()));
        }
        QVERIFY(tall());
    }

    /// Each panel and each of its pages with room enough, as the program paints it.
    void no_painted_text_is_cut_data()
    {
        QTest::addColumn<int>("percent");
        for (const int percent : { 100, 200 })
            QTest::addRow("%d %%", percent) << percent;
    }

    void no_painted_text_is_cut()
    {
        QFETCH(const int, percent);
        QSettings().setValue(QStringLiteral("textPercent"), percent);
        const QString sample = folder_.filePath(QStringLiteral("sample %1.loom").arg(percent));
        QVERIFY(QFile::copy(
            QStringLiteral(CIRCUITLOOM_SOURCE_DIR "/resources/samples/sv-disagreement.loom"),
            sample));
        QFile::setPermissions(sample, QFile::ReadOwner | QFile::WriteOwner);
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(1400, 900);
        window.show();
        QVERIFY(open_in_window(window, sample));
        QTRY_VERIFY(std::abs(text_scale() - percent / 100.0) < 0.02);
        const auto* view = window.centralWidget()->findChild<CircuitView*>();
        QTRY_VERIFY(!view->circuit().circuit().empty());
        const Circuit& circuit = view->circuit().circuit();
        const_cast<CircuitView*>(view)->editor().select(
            { { view->scene().graph->edge(circuit.front().edge).source }, {} });
        int texts = 0;
        QStringList cut;
        const auto look = [&](QWidget& widget, const QString& where) {
            QStringList in_tabs; // these may be scrolled
            for (const QTabBar* tabs : widget.findChildren<QTabBar*>())
                for (int i = 0; i < tabs->count(); ++i)
                    in_tabs << tabs->tabText(i);
            // What is laid out a moment later may take longer than that on a busy machine.
            QStringList seen;
            for (int tries = 0; tries == 0 || (!seen.isEmpty() && tries < 20); ++tries) {
                QTest::qWait(100);
                CutTexts device(widget.size());
                widget.render(&device);
                texts += device.count();
                seen.clear();
                for (const QString& text : device.found())
                    if (!in_tabs.contains(text))
                        seen << where + QStringLiteral(": ") + text;
            }
            cut << seen;
        };
        for (QDockWidget* dock : window.findChildren<QDockWidget*>()) {
            dock->setFloating(true);
            dock->resize(900, 900);
            dock->show();
            look(*dock->widget(), dock->objectName());
            for (QTabBar* tabs : dock->widget()->findChildren<QTabBar*>())
                for (int i = 1; i < tabs->count(); ++i) {
                    tabs->setCurrentIndex(i);
                    look(*dock->widget(), dock->objectName() + u'/' + tabs->tabText(i));
                }
        }
        look(*window.centralWidget(), QStringLiteral("circuit"));
        QVERIFY(texts > 300);
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(u'\n')));
    }

    void panels_stand_where_they_stood_before_texts_were_large()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(1354, 724);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTest::qWait(50);
        auto* curves = window.findChild<QDockWidget*>(QStringLiteral("curvesDock"));
        auto* edges = window.findChild<QDockWidget*>(QStringLiteral("edgesDock"));
        drag(window, { curves->geometry().center().x(), curves->y() - 1 }, { 0, 40 });
        QTest::qWait(50);
        const QMap<QString, QRect> before = places(window);
        QVERIFY(before.size() >= 3);
        set_text(window, 200);
        QTRY_VERIFY(!window.tabifiedDockWidgets(curves).isEmpty());
        edges->toggleViewAction()->trigger();
        QTest::qWait(50);
        set_text(window, 100);
        QTRY_VERIFY(window.tabifiedDockWidgets(curves).isEmpty());
        QVERIFY(!edges->isHidden()); // opened meanwhile
        edges->hide();
        QTRY_COMPARE(places(window), before);
    }

    void panels_unfold_in_a_window_that_was_closed_meanwhile()
    {
        QStringList before;
        for (const bool again : { false, true }) {
            MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            QTest::qWait(50);
            auto* curves = window.findChild<QDockWidget*>(QStringLiteral("curvesDock"));
            if (!again) {
                before = sorted(places(window).keys());
                QVERIFY(before.size() >= 3);
                set_text(window, 200);
                QTRY_VERIFY(!window.tabifiedDockWidgets(curves).isEmpty());
            } else {
                QVERIFY(!window.tabifiedDockWidgets(curves).isEmpty());
                set_text(window, 100);
                QTRY_VERIFY(window.tabifiedDockWidgets(curves).isEmpty());
                QCOMPARE(sorted(places(window).keys()), before);
                QCOMPARE(window.dockWidgetArea(curves), Qt::BottomDockWidgetArea);
            }
            window.close();
        }
    }

    void a_larger_window_has_room_for_all_panels_again()
    {
        QSettings().setValue(QStringLiteral("textPercent"), 150);
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(1354, 724);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto* curves = window.findChild<QDockWidget*>(QStringLiteral("curvesDock"));
        const auto beside_none = [&] {
            return window.tabifiedDockWidgets(const_cast<QDockWidget*>(curves)).isEmpty();
        };
        QTRY_VERIFY(!beside_none());
        window.resize(1900, 1000);
        QTRY_VERIFY(beside_none());
        QVERIFY(!curves->isHidden());
        window.resize(1354, 724);
        QTRY_VERIFY(!beside_none());
    }

private:
    QString file() const { return folder_.filePath(QStringLiteral("run.loom")); }

    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestLargeTexts, Application::widgets)
#include "tst_large_texts.moc"
