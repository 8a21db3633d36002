#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/store_samples.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/window/error_banner.h"
#include "ui/window/main_window.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include <QAction>
#include <QDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <chrono>
#include <memory>
#include <span>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::open_in_window;
using circuitloom::testing::write_run;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

std::unique_ptr<TuningEngine> fake()
{
    return std::make_unique<FakeEngine>();
}

QAction* compact_action(MainWindow& window)
{
    for (QAction* action : window.actions())
        if (QString(action->text()).remove(u'&').startsWith(QStringLiteral("Compact")))
            return action;
    return nullptr;
}

/// Answers the next question.
void answer(QMessageBox::StandardButton button)
{
    QTimer::singleShot(0, qApp, [button] {
        for (QWidget* widget : QApplication::topLevelWidgets())
            if (auto* box = qobject_cast<QMessageBox*>(widget); box && box->isVisible())
                box->button(button)->click();
    });
}

} // namespace

class TestCompact : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(folder_.path());
    }

    void the_room_of_deleted_runs_is_given_back_and_said()
    {
        const QString file = folder_.filePath(QStringLiteral("two.loom"));
        write_run(file, "first", 60);
        write_run(file, "second", 12);
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.show();
        QAction* compact = compact_action(window);
        QVERIFY(compact && !compact->isEnabled()); // there is no file
        QVERIFY(open_in_window(window, file));
        QVERIFY(compact->isEnabled());
        window.session().remove({ 1 });

        QSignalSpy done(&window.session(), &ExperimentSession::compacted);
        answer(QMessageBox::Cancel);
        compact->trigger();
        QVERIFY(window.session().can_undo_remove()); // nothing was begun

        const qint64 before = QFileInfo(file).size();
        answer(QMessageBox::Yes);
        compact->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
        const auto found = done[0][0].value<Compaction>();
        const qint64 after = QFileInfo(file).size();
        QVERIFY(after < before);
        QCOMPARE(static_cast<qint64>(found.after), after);
        QVERIFY(!window.session().can_undo_remove()); // there is nothing left of it
        const QString said = window.findChild<ErrorBanner*>()->text();
        for (const std::uintmax_t bytes : { found.before, found.after })
            QVERIFY2(said.contains(QString::number(static_cast<double>(bytes) / 1e6, 'f', 1)),
                qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("two.loom")), qPrintable(said));
        QVERIFY(!QApplication::activeModalWidget());
        QVERIFY(window.session().run({ 2 }));

        QVERIFY(open_in_window(window, file));
        QCOMPARE(window.session().runs().size(), std::size_t{ 1 });
    }

    void checkpoints_that_went_are_not_shown_any_more()
    {
        const QString file = folder_.filePath(QStringLiteral("checkpoints.loom"));
        {
            RunWriter writer(file.toStdString(), circuitloom::samples::description("run"));
            const float weights[] = { 1.0F, 2.0F };
            const TensorView tensor{ "w", ElementType::f32, { 2 },
                std::as_bytes(std::span<const float>(weights)), {} };
            for (int step = 1; step <= 4; ++step) {
                writer.add_step({ step, 1, 0.5, 0.001 });
                CheckpointRecord checkpoint;
                checkpoint.step = step;
                checkpoint.reason = CheckpointReason::every;
                writer.add_checkpoint(checkpoint, "{}", std::span(&tensor, 1), { 100, 0, false });
            }
            writer.set_state(RunState::finished);
        }
        ExperimentSession session(fake, folder_.filePath(QStringLiteral("session")));
        QVERIFY(circuitloom::testing::open_and_wait(session, file));
        QTRY_COMPARE_WITH_TIMEOUT(session.runs()[0].checkpoints.size(), std::size_t{ 4 }, patience);
        QSignalSpy done(&session, &ExperimentSession::compacted);
        QVERIFY(session.compact());
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
        const std::size_t left
            = ExperimentReader(file.toStdString()).checkpoints({ 1 }).size();
        QVERIFY(left < 4);
        QTRY_COMPARE_WITH_TIMEOUT(session.runs()[0].checkpoints.size(), left, patience);
    }

    void not_while_a_run_trains()
    {
        MainWindow window(
            [] {
                return std::make_unique<FakeEngine>(
                    circuitloom::testing::FakeEngineOptions{ std::chrono::milliseconds(1), {}, {} });
            },
            folder_.filePath(QStringLiteral("training")));
        window.show();
        RunConfig config = preset("sv-disagreement");
        config.steps = 100'000;
        window.start_run(config);
        QAction* compact = compact_action(window);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().live_run(), patience);
        QVERIFY(!compact->isEnabled());
        QVERIFY(!window.session().compact());
        window.session().stop();
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().training(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(compact->isEnabled(), patience);
    }

    void it_can_be_called_off()
    {
        const QString file = folder_.filePath(QStringLiteral("off.loom"));
        write_run(file, "first", 12);
        ExperimentSession session(fake, folder_.filePath(QStringLiteral("session")));
        QVERIFY(circuitloom::testing::open_and_wait(session, file));
        QSignalSpy off(&session, &ExperimentSession::not_compacted);
        QSignalSpy done(&session, &ExperimentSession::compacted);
        {
            // Somebody else writes, so that it cannot be through before it is called off.
            SQLite::Database other(file.toStdString(), SQLite::OPEN_READWRITE);
            const SQLite::Transaction held(other, SQLite::TransactionBehavior::IMMEDIATE);
            QVERIFY(session.compact());
            session.stop_compacting();
        }
        QTRY_COMPARE_WITH_TIMEOUT(off.size(), 1, patience);
        QVERIFY(off[0][0].toString().isEmpty()); // nothing to be sorry for
        QVERIFY(done.isEmpty());
        QVERIFY(circuitloom::testing::open_and_wait(session, file));
        QCOMPARE(session.runs().size(), std::size_t{ 1 });
    }

private:
    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestCompact, Application::widgets)
#include "tst_compact.moc"
