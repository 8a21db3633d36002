// A file that somebody else writes to: another thread, or another process, trains into it.
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/runs/run_row.h"
#include "ui/runs/runs_panel.h"
#include "ui/window/main_window.h"

#include <QLabel>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>
#include <thread>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::SilentObserver;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::open_and_wait;
using circuitloom::testing::open_in_window;
using circuitloom::testing::write_run;
using circuitloom::testing::write_stopped_run;
using circuitloom::testing::written_config;

namespace {

constexpr int patience = 120'000; ///< milliseconds, for a busy machine

std::unique_ptr<TuningEngine> fake()
{
    return std::make_unique<FakeEngine>();
}

/// Trains into a file, on a thread that the window does not know.
class OtherWriter
{
public:
    OtherWriter(const QString& file, int steps, std::optional<RunId> goes_on = {})
        : thread_([file, steps, goes_on](std::stop_token stop) {
            SilentObserver observer;
            RunControl control;
            FakeEngine engine({ std::chrono::milliseconds(20), {}, {} });
            if (goes_on)
                engine.resume(path_of(file), *goes_on, observer, control, stop);
            else
                engine.tune(
                    written_config("elsewhere", steps), path_of(file), observer, control, stop);
        })
    {
    }
    void stop()
    {
        thread_.request_stop();
        thread_.join();
    }

private:
    std::jthread thread_;
};

} // namespace

class TestFollowFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { circuitloom::testing::keep_settings_in(settings_.path()); }

    void a_file_that_is_open_in_two_windows_says_so()
    {
        const QString file = settings_.filePath(QStringLiteral("shared.loom"));
        write_run(file, "shared", 3);
        const auto name = [](const MainWindow& window) {
            return window.findChild<QLabel*>(QStringLiteral("fileName"))->text();
        };
        auto first = std::make_unique<MainWindow>(fake, settings_.filePath(QStringLiteral("one")));
        QVERIFY(open_in_window(*first, file));
        QCOMPARE(name(*first), QStringLiteral("shared.loom"));
        MainWindow second(fake, settings_.filePath(QStringLiteral("two")));
        QVERIFY(open_in_window(second, file));
        QCOMPARE(name(second), QStringLiteral("shared.loom · open in another window too"));
        QCOMPARE(second.session().runs().size(), std::size_t(1)); // and is shown all the same
        first.reset();
        QTRY_COMPARE_WITH_TIMEOUT(name(second), QStringLiteral("shared.loom"), patience);
    }

    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QSettings().clear();
    }

    void a_run_of_somebody_else_is_followed_to_its_end()
    {
        write_run(file(), "first", 3);
        MainWindow window(fake, path("kept"));
        show(window);
        QVERIFY(open_in_window(window, file()));
        ExperimentSession& session = window.session();
        OtherWriter writer(file(), 100'000);
        // It comes into the list by itself, and what was looked at stays.
        QTRY_COMPARE_WITH_TIMEOUT(session.runs().size(), std::size_t{ 2 }, patience);
        const RunId run = session.runs().back().summary.id;
        QCOMPARE(session.current()->summary.description.name, std::string("first"));
        QTRY_VERIFY_WITH_TIMEOUT(session.trained_elsewhere(run), patience);
        session.select(run);
        QTRY_VERIFY_WITH_TIMEOUT(
            session.current() && session.current()->summary.id == run, patience);
        QVERIFY(window.playback().live());
        QVERIFY(window.playback().following());
        const int count = window.playback().count();
        QTRY_VERIFY_WITH_TIMEOUT(window.playback().count() > count + 5, patience);
        QCOMPARE(window.playback().current(), window.playback().count() - 1);
        QVERIFY(!session.training());
        QVERIFY(!session.live_run());
        const RunRow row = row_of(window, run);
        QVERIFY2(state_text(row).contains(QStringLiteral("another process")),
            qPrintable(state_text(row)));
        // One may look back meanwhile, and follow again.
        window.playback().go_to(1);
        QVERIFY(!window.playback().following());
        QTest::qWait(400);
        QCOMPARE(window.playback().current(), 1);
        window.playback().last();
        QVERIFY(window.playback().following());

        writer.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!session.trained_elsewhere(run), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!window.playback().live(), patience);
        QCOMPARE(session.run(run)->summary.state, RunState::stopped);
        QVERIFY(!state_text(row_of(window, run)).contains(QStringLiteral("another process")));
        const ExperimentReader reader(path_of(file()));
        QTRY_COMPARE_WITH_TIMEOUT(window.playback().count(), reader.run(run).iterations, patience);
    }

    void a_run_that_goes_on_elsewhere_from_its_beginning_is_read_anew()
    {
        write_stopped_run(file(), "left", 12, 40);
        ExperimentSession session(fake, path("kept"));
        QVERIFY(open_and_wait(session, file()));
        const RunId run = session.current()->summary.id;
        // It was told to stop before the discovery after its twelfth step.
        QCOMPARE(session.current()->iterations.size(), std::size_t{ 12 });
        OtherWriter writer(file(), 0, run);
        QTRY_COMPARE_WITH_TIMEOUT(session.run(run)->summary.state, RunState::finished, patience);
        QTRY_COMPARE_WITH_TIMEOUT(session.run(run)->iterations.size(), std::size_t{ 41 }, patience);
        const ExperimentReader reader(path_of(file()));
        const auto stored = reader.iterations(run);
        for (std::size_t i = 0; i < stored.size(); ++i) {
            QCOMPARE(session.run(run)->iterations[i].step, stored[i].step);
            QCOMPARE(session.run(run)->iterations[i].metric, stored[i].metric);
        }
        QCOMPARE(session.run(run)->curves->loss().size(), reader.steps(run).size());
    }

    void runs_that_go_elsewhere_go_here()
    {
        write_run(file(), "first", 2);
        write_run(file(), "second", 3);
        ExperimentSession session(fake, path("kept"));
        QVERIFY(open_and_wait(session, file()));
        QCOMPARE(session.current()->summary.description.name, std::string("second"));
        delete_run(path_of(file()), session.current()->summary.id);
        QTRY_COMPARE_WITH_TIMEOUT(session.runs().size(), std::size_t{ 1 }, patience);
        QTRY_VERIFY_WITH_TIMEOUT(session.current(), patience);
        QCOMPARE(session.current()->summary.description.name, std::string("first"));
    }

    void a_first_run_that_comes_is_shown()
    {
        create_experiment(path_of(file()));
        ExperimentSession session(fake, path("kept"));
        QVERIFY(open_and_wait(session, file()));
        QVERIFY(!session.current());
        write_run(file(), "first", 4);
        QTRY_VERIFY_WITH_TIMEOUT(session.current(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(session.current()->iterations.size(), std::size_t{ 5 }, patience);
    }

    void a_run_of_this_program_is_never_taken_for_anothers()
    {
        ExperimentSession session(
            [] {
                return std::make_unique<FakeEngine>(circuitloom::testing::FakeEngineOptions{
                    std::chrono::milliseconds(5), {}, {} });
            },
            path("kept"));
        bool mistaken = false;
        connect(&session, &ExperimentSession::runs_changed, this, [&] {
            for (const RunHistory& run : session.runs())
                mistaken = mistaken || session.trained_elsewhere(run.summary.id);
        });
        session.start(written_config("mine", 150));
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QTest::qWait(500);
        QCOMPARE(session.runs().size(), std::size_t{ 1 });
        QVERIFY(!mistaken);
        QCOMPARE(session.current()->summary.state, RunState::finished);
    }

    void a_process_that_is_killed_is_noticed()
    {
        QProcess cli;
        cli.start(QStringLiteral(CIRCUITLOOM_CLI),
            { QStringLiteral("tune"), QStringLiteral("--preset"), QStringLiteral("sv-disagreement"),
                QStringLiteral("--no-capabilities"), QStringLiteral("--set"),
                QStringLiteral("run.steps=100000"), QStringLiteral("-o"), file() });
        QVERIFY(cli.waitForStarted(patience));
        const auto iterations = [this] {
            try {
                return ExperimentReader(path_of(file())).runs().at(0).iterations;
            } catch (const std::exception&) {
                return 0;
            }
        };
        QTRY_VERIFY_WITH_TIMEOUT(iterations() > 0, patience);
        MainWindow window(fake, path("kept"));
        show(window);
        QVERIFY(open_in_window(window, file()));
        const RunId run = window.session().current()->summary.id;
        QVERIFY(window.session().trained_elsewhere(run));
        const int count = window.playback().count();
        QTRY_VERIFY_WITH_TIMEOUT(window.playback().count() > count, patience);
        cli.kill();
        QVERIFY(cli.waitForFinished(patience));
        QTRY_COMPARE_WITH_TIMEOUT(
            window.session().run(run)->summary.state, RunState::interrupted, patience);
        QVERIFY(!window.playback().live());
    }

private:
    QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }
    QString file() const { return path("run.loom"); }

    static RunRow row_of(MainWindow& window, RunId run)
    {
        for (const RunRow& row : window.findChild<RunsPanel*>()->rows())
            if (row.summary.id == run)
                return row;
        return {};
    }

    static void show(MainWindow& window)
    {
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
    }

    QTemporaryDir settings_;
    std::unique_ptr<QTemporaryDir> folder_;
};

CIRCUITLOOM_UI_TEST(TestFollowFile, Application::widgets)
#include "tst_follow_file.moc"
