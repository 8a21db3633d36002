// The window where text runs from right to left.
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/circuit/circuit_toolbar.h"
#include "ui/window/main_window.h"

#include <QComboBox>
#include <QDockWidget>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTextLayout>

#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::open_in_window;
using circuitloom::testing::write_run;

namespace {

std::unique_ptr<TuningEngine> fake()
{
    return std::make_unique<FakeEngine>();
}

/// Whether `first` is seen left of `second` where `text` is painted from right to left.
bool stands_left_of(const QString& text, QChar first, QChar second)
{
    QTextOption option;
    option.setTextDirection(Qt::RightToLeft);
    QTextLayout layout(text, QFont());
    layout.setTextOption(option);
    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    return line.cursorToX(static_cast<int>(text.indexOf(first)))
        < line.cursorToX(static_cast<int>(text.indexOf(second)));
}

int middle_of(const QWidget& widget)
{
    return widget.mapToGlobal(widget.rect().center()).x();
}

} // namespace

class TestRightToLeft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(folder_.path());
        write_run(file(), "first", 12);
    }

    void init()
    {
        QSettings().clear();
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    }

    void cleanup() { QGuiApplication::setLayoutDirection(Qt::LeftToRight); }

    void panels_stand_the_other_way()
    {
        for (const Qt::LayoutDirection direction : { Qt::LeftToRight, Qt::RightToLeft }) {
            QGuiApplication::setLayoutDirection(direction);
            MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
            window.resize(1354, 724);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            QVERIFY(open_in_window(window, file()));
            auto* runs = window.findChild<QDockWidget*>(QStringLiteral("runsDock"));
            auto* edges = window.findChild<QDockWidget*>(QStringLiteral("edgesDock"));
            edges->show();
            QTest::qWait(50);
            const int circuit = middle_of(*window.centralWidget());
            QCOMPARE(middle_of(*runs) < circuit, direction == Qt::LeftToRight);
            QCOMPARE(middle_of(*edges) > circuit, direction == Qt::LeftToRight);
            // Where they stood this way says nothing about the other one.
            window.close();
        }
    }

    void what_stands_above_the_circuit_begins_at_the_right()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(1354, 724);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(open_in_window(window, file()));
        QTest::qWait(50);
        const auto* bar = window.centralWidget()->findChild<CircuitToolbar*>();
        const auto* lattice = bar->findChild<QPushButton*>(QStringLiteral("latticeLayout"));
        const auto* colors = bar->findChild<QComboBox*>();
        QVERIFY(middle_of(*lattice) > middle_of(*colors));
        QVERIFY(middle_of(*lattice) > middle_of(*bar));
    }

    void a_speed_reads_as_from_left_to_right()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        const auto* speed = window.findChild<QComboBox*>(QStringLiteral("timelineSpeed"));
        QVERIFY(speed->count() > 1);
        for (int i = 0; i < speed->count(); ++i) {
            const QString text = speed->itemText(i);
            QVERIFY2(
                stands_left_of(text, QString::number(speed->itemData(i).toDouble()).at(0), u's'),
                qPrintable(text));
        }
    }

private:
    QString file() const { return folder_.filePath(QStringLiteral("run.loom")); }

    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestRightToLeft, Application::widgets)
#include "tst_right_to_left.moc"
