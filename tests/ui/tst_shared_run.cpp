// A run that several processes of this machine share: from the dialog to its end, with and without
// the window.
#include "core/run/run_in_processes.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_process.h"
#include "tests/support/dialog_fields.h"
#include "tests/support/fake_engine.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/rank_processes.h"
#include "tests/support/tiny_task.h"
#include "tests/support/ui_test.h"
#include "ui/base/file_path.h"
#include "ui/dialogs/new_run_dialog.h"
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <memory>
#include <optional>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::command_of;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::find;
using circuitloom::testing::open_in_window;
using circuitloom::testing::parent_of;
using circuitloom::testing::process_of_rank;

namespace {

constexpr int patience = 120'000; ///< milliseconds, for a busy machine

std::unique_ptr<TuningEngine> fake()
{
    return std::make_unique<FakeEngine>();
}

QAction* action(const MainWindow& window, const char* text)
{
    for (QAction* one : window.findChildren<QAction*>())
        if (QString(one->text()).remove(u'&') == QString::fromUtf8(text))
            return one;
    return nullptr;
}

/// Presses a button of the next question that is asked.
void answer_next(const QString& button, QString* question = nullptr)
{
    auto* timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, button, question] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (!box)
            return;
        timer->deleteLater();
        if (question)
            *question = box->text();
        for (QAbstractButton* one : box->buttons())
            if (QString(one->text()).remove(u'&') == button)
                return one->click();
        box->reject();
    });
    timer->start(20);
}

} // namespace

class TestSharedRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(settings_.path());
    }
    void init()
    {
        QSettings().clear();
        folder_.emplace();
        circuitloom::testing::write_tiny_task(path_of(folder_->path()));
        config_ = {};
        config_.name = "shared";
        config_.model = CIRCUITLOOM_SOURCE_DIR "/tests/data/tiny_gpt2";
        config_.task = folder_->filePath(QStringLiteral("task.jsonl")).toStdString();
        config_.held_out_task = config_.task;
        config_.selection.n = 8;
        config_.steps = 100'000;
        config_.batch = 4;
        config_.warm_up = 0;
        config_.discover_every = 3;
        config_.device = "cpu";
    }

    void blocks_can_be_shared_out_among_the_processes_that_are_chosen()
    {
        RunConfig config = config_;
        config.shard_blocks = config.recompute_blocks = true;
        NewRunDialog dialog;
        dialog.begin_from_run(QStringLiteral("tiny"), config);
        const auto& start = find<QPushButton>(dialog, "startRun");
        auto& number = find<QSpinBox>(dialog, "processes");
        number.setValue(2);
        QTRY_VERIFY_WITH_TIMEOUT(start.isEnabled(), patience);
        number.setValue(1);
        QVERIFY(!start.isEnabled());
        number.setValue(2);
        QTRY_VERIFY_WITH_TIMEOUT(start.isEnabled(), patience);
    }

    void the_dialog_says_what_several_processes_take_and_starts_them()
    {
        MainWindow window(fake, folder_->filePath(QStringLiteral("experiments")));
        action(window, "Choose everything…")->trigger();
        QPointer<NewRunDialog> dialog = window.findChild<NewRunDialog*>();
        QVERIFY(dialog);
        dialog->begin_from_run(QStringLiteral("tiny"), config_);
        const auto memory = [&] { return find<QLabel>(*dialog, "memoryEstimate").text(); };
        QTRY_VERIFY_WITH_TIMEOUT(memory().startsWith(QStringLiteral("about ")), patience);
        QVERIFY(!memory().contains(QStringLiteral("processes")));
        auto& number = find<QSpinBox>(*dialog, "processes");
        number.setValue(2);
        QVERIFY(find<QLabel>(*dialog, "processesSentence")
                    .text()
                    .startsWith(QStringLiteral("2 processes")));
        QVERIFY(command_of(*dialog).contains(QStringLiteral("--processes 2")));
        QTRY_VERIFY_WITH_TIMEOUT(
            memory().contains(QStringLiteral("2 processes together")), patience);
        // Several runs are made one by one, by one process each.
        find<QSpinBox>(*dialog, "sweepSeeds").setValue(2);
        QVERIFY(!number.isEnabled());
        QVERIFY(!command_of(*dialog).contains(QStringLiteral("--processes")));
        find<QSpinBox>(*dialog, "sweepSeeds").setValue(1);
        QVERIFY(number.isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QPushButton>(*dialog, "startRun").isEnabled(), patience);
        find<QPushButton>(*dialog, "startRun").click();

        ExperimentSession& session = window.session();
        QTRY_VERIFY_WITH_TIMEOUT(session.live_run().has_value(), patience);
        QCOMPARE(session.processes(), 2);
        const RunId run = *session.live_run();
        QTRY_VERIFY_WITH_TIMEOUT(
            session.current() && session.current()->iterations.size() > 2, patience);
        QTRY_VERIFY_WITH_TIMEOUT(session.status().contains(QStringLiteral("steps/s")), patience);
        QVERIFY(window.playback().live());
        QVERIFY(!action(window, "Pause")->isEnabled());
        QVERIFY(action(window, "Pause")->toolTip().contains(QStringLiteral("cannot be paused")));
        const std::optional<RunSummary> stored = summary(session.file());
        QCOMPARE(processes_of(stored->description), 2);

        action(window, "Stop")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(session.run(run)->summary.state, RunState::stopped);
        // It goes on as it was begun.
        QVERIFY(action(window, "Resume")->isEnabled());
        action(window, "Resume")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(session.live_run(), std::optional(run), patience);
        QCOMPARE(session.processes(), 2);
        action(window, "Stop")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
    }

    void a_run_outlives_the_window_where_it_is_let_and_can_be_stopped_by_the_next()
    {
        QString file;
        RunId run;
        {
            MainWindow window(fake, folder_->filePath(QStringLiteral("experiments")));
            window.show();
            window.session().start(config_, 2);
            QTRY_VERIFY_WITH_TIMEOUT(window.session().live_run().has_value(), patience);
            file = window.session().file();
            run = *window.session().live_run();
            QString question;
            answer_next(QStringLiteral("Cancel"), &question);
            QVERIFY(!window.close());
            QVERIFY(question.contains(QStringLiteral("2 processes")));
            QVERIFY(window.session().training());
            answer_next(QStringLiteral("Let it go on"));
            QVERIFY(window.close());
        }
        const int steps = summary(file)->steps_done;
        QTRY_VERIFY_WITH_TIMEOUT(summary(file)->steps_done > steps + 5, patience);
        MainWindow window(fake, folder_->filePath(QStringLiteral("experiments")));
        window.show();
        QVERIFY(open_in_window(window, file));
        QVERIFY(window.session().waiting().empty());
        QVERIFY(window.session().trained_elsewhere(run));
        QVERIFY(!window.session().training());
        QTRY_VERIFY_WITH_TIMEOUT(action(window, "Stop")->isEnabled(), patience);
        QVERIFY(!action(window, "Pause")->isEnabled());
        action(window, "Stop")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(summary(file)->state, RunState::stopped, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().trained_elsewhere(run), patience);
    }

    void a_run_stops_with_the_window_where_that_is_wanted()
    {
        QString file;
        {
            MainWindow window(fake, folder_->filePath(QStringLiteral("experiments")));
            window.show();
            window.session().start(config_, 2);
            QTRY_VERIFY_WITH_TIMEOUT(window.session().live_run().has_value(), patience);
            file = window.session().file();
            answer_next(QStringLiteral("Stop the run"));
            QVERIFY(window.close());
        }
        QCOMPARE(summary(file)->state, RunState::stopped);
    }

    void a_process_that_dies_is_told()
    {
        MainWindow window(fake, folder_->filePath(QStringLiteral("experiments")));
        QString told;
        connect(&window.session(), &ExperimentSession::failed, this,
            [&](const QString& what) { told = what; });
        window.session().start(config_, 2);
        QTRY_VERIFY_WITH_TIMEOUT(
            window.session().live_run().has_value() || !told.isEmpty(), patience);
        QVERIFY2(told.isEmpty(), qPrintable(told));
        const QString file = window.session().file();
        QTRY_VERIFY_WITH_TIMEOUT(summary(file)->steps_done > 3, patience);
        const auto first = process_in_training(path_of(file), *window.session().live_run());
        const pid_t second = process_of_rank(parent_of(static_cast<pid_t>(first.process)), 1);
        QVERIFY(second > 0);
        QCOMPARE(::kill(second, SIGKILL), 0);
        QTRY_VERIFY_WITH_TIMEOUT(
            told.contains(QStringLiteral("rank 1 was ended by a signal")), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().training(), patience);
        QCOMPARE(summary(file)->state, RunState::failed);
        QVERIFY(action(window, "Resume")->isEnabled());
    }

    void a_queued_run_keeps_its_number_of_processes()
    {
        const QString experiments = folder_->filePath(QStringLiteral("experiments"));
        QString file;
        {
            ExperimentSession session(fake, experiments);
            session.start(config_);
            session.start(config_, 3);
            QCOMPARE(session.waiting().size(), std::size_t{ 1 });
            file = session.file();
        }
        ExperimentSession session(fake, experiments);
        QVERIFY(circuitloom::testing::open_and_wait(session, file));
        QVERIFY(!session.waiting().empty());
        QCOMPARE(session.waiting().back().processes, 3);
        session.empty_queue();
    }

private:
    static std::optional<RunSummary> summary(const QString& file)
    {
        return ExperimentReader(path_of(file)).runs().at(0);
    }

    QTemporaryDir settings_;
    std::optional<QTemporaryDir> folder_;
    RunConfig config_;
};

CIRCUITLOOM_UI_TEST(TestSharedRun, Application::widgets)
#include "tst_shared_run.moc"
