// The main job with nothing in it replaced: the window, the engine's module and LibTorch.
#include "app/gui/engine_loader.h"
#include "core/store/experiment_reader.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/circuit/circuit_view.h"
#include "ui/window/main_window.h"

#include <QFileInfo>
#include <QImage>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::open_in_window;

namespace {

constexpr int patience = 600'000; ///< milliseconds, for a busy machine

} // namespace

class TestRealDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { circuitloom::testing::keep_settings_in(folder_.path()); }

    void the_demo_grows_a_circuit_that_can_be_stepped_through_and_survives_closing()
    {
        const auto programs
            = QFileInfo(QStringLiteral(CIRCUITLOOM_GUI_BINARY)).absolutePath().toStdString();
        QString file;
        int seen = 0;
        {
            MainWindow window([programs] { return load_engine(programs); }, folder_.path());
            window.resize(1280, 800);
            window.show();
            QVERIFY(QTest::qWaitForWindowActive(&window));
            QTest::mouseClick(
                window.findChild<QPushButton*>(QStringLiteral("runDemo")), Qt::LeftButton);
            Playback& playback = window.playback();
            QTRY_VERIFY_WITH_TIMEOUT(playback.count() > 8, patience);
            // So that it is not over before it is stopped.
            window.session().pause();
            QTRY_VERIFY_WITH_TIMEOUT(window.session().paused(), patience);

            // What is drawn is what the file holds.
            auto* panel = window.findChild<CircuitPanel*>();
            QTest::keyClick(&window, Qt::Key_Home);
            QCOMPARE(playback.current(), 0);
            file = window.session().file();
            const ExperimentReader reader(file.toStdString());
            const RunId run = reader.runs().at(0).id;
            const Circuit stored = reader.circuit(run, { 0 });
            const CircuitScene& scene = panel->view()->scene();
            QTRY_COMPARE_WITH_TIMEOUT(scene.edges.size(), stored.size(), patience);
            for (const ScoredEdge& scored : stored)
                QVERIFY(std::ranges::any_of(scene.edges,
                    [&](const EdgeAppearance& drawn) { return drawn.edge == scored.edge; }));
            QTest::keyClick(&window, Qt::Key_Right);
            QCOMPARE(playback.current(), 1);

            const QString picture = folder_.filePath(QStringLiteral("circuit.png"));
            QVERIFY(window.export_circuit(picture));
            QVERIFY(!QImage(picture).isNull());
            QVERIFY(window.export_curves(folder_.filePath(QStringLiteral("curves.csv"))));
            seen = playback.count();
            QVERIFY(window.session().training());
            QTimer::singleShot(0, qApp, [] {
                auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
                QVERIFY(box);
                box->button(QMessageBox::Yes)->click();
            });
            QVERIFY(window.close());
        }
        // Closing stopped the run at a step's end and lost nothing.
        const ExperimentReader reader(file.toStdString());
        const RunSummary run = reader.runs().at(0);
        QCOMPARE(run.state, RunState::stopped);
        QVERIFY(run.iterations >= seen);
        MainWindow again([programs] { return load_engine(programs); }, folder_.path());
        again.show();
        QVERIFY(open_in_window(again, file));
        QTRY_COMPARE_WITH_TIMEOUT(again.playback().count(), run.iterations, patience);
    }

private:
    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestRealDemo, Application::widgets)
#include "tst_real_demo.moc"
