// The session and its file: which thread reads, what a run's history is made of, and whose circuits
// are shown.
#include "core/run/silent_observer.h"
#include "core/store/experiment_reader.h"
#include "tests/support/fake_engine.h"
#include "tests/support/open_experiment.h"
#include "tests/support/ui_test.h"
#include "ui/base/file_path.h"

#include <SQLiteCpp/Database.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::FakeEngineOptions;
using circuitloom::testing::open_and_wait;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

Worker::EngineLoader fake(const FakeEngineOptions& options = {})
{
    return [options] { return std::make_unique<FakeEngine>(options); };
}

RunConfig run_of(const char* name, int steps)
{
    RunConfig config = preset("sv-disagreement");
    config.name = name;
    config.steps = steps;
    return config;
}

/// Writes finished runs of so many steps, one iteration each, into a new file.
void write_runs(const QString& file, const std::vector<int>& steps, std::uint64_t seed = 1)
{
    for (const int count : steps) {
        circuitloom::SilentObserver observer;
        RunControl control;
        FakeEngine engine({ std::chrono::milliseconds(0), {}, {} });
        RunConfig config = run_of("written", count);
        config.seed = seed;
        engine.tune(config, path_of(file), observer, control, {});
    }
}

/// A disk that answers when it is told to, and knows who asked.
class SlowDisk
{
public:
    explicit SlowDisk(ExperimentSession& session)
    {
        session.reader().set_before_reading([state = state_] {
            std::unique_lock lock(state->mutex);
            state->readers.insert(std::this_thread::get_id());
            state->waiting = state->held;
            state->changed.wait(lock, [&] { return !state->held; });
        });
    }
    ~SlowDisk() { release(); }
    SlowDisk(const SlowDisk&) = delete;
    SlowDisk& operator=(const SlowDisk&) = delete;

    void hold()
    {
        const std::lock_guard lock(state_->mutex);
        state_->held = true;
        state_->waiting = false;
    }
    void release()
    {
        {
            const std::lock_guard lock(state_->mutex);
            state_->held = false;
        }
        state_->changed.notify_all();
    }
    bool keeps_a_reading() const
    {
        const std::lock_guard lock(state_->mutex);
        return state_->held && state_->waiting;
    }
    std::set<std::thread::id> readers() const
    {
        const std::lock_guard lock(state_->mutex);
        return state_->readers;
    }

private:
    struct State
    {
        std::mutex mutex; // guards what follows
        std::condition_variable changed;
        bool held = false;
        bool waiting = false; ///< a reading has begun since it is held
        std::set<std::thread::id> readers;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>(); ///< the reader may outlive the disk
};

void compare(const Curve& shown, const Curve& stored)
{
    QCOMPARE(shown.size(), stored.size());
    QVERIFY(shown == stored);
}

/// What the session gathered while the run was written is what the file holds.
void compare_with_file(const ExperimentSession& session)
{
    const ExperimentReader reader(path_of(session.file()));
    for (const RunHistory& shown : session.runs()) {
        const RunHistory stored = load_history(reader, reader.run(shown.summary.id));
        QCOMPARE(shown.summary.state, stored.summary.state);
        QCOMPARE(shown.summary.steps_done, stored.summary.steps_done);
        QCOMPARE(iteration_steps(shown), iteration_steps(stored));
        QCOMPARE(shown.marks.size(), stored.marks.size());
        compare(shown.curves->loss(), stored.curves->loss());
        compare(shown.curves->metric(), stored.curves->metric());
        compare(shown.curves->tunable_ratio(), stored.curves->tunable_ratio());
        compare(shown.curves->turnover(), stored.curves->turnover());
        QCOMPARE(shown.curves->evaluation_steps(), stored.curves->evaluation_steps());
        QCOMPARE(shown.curves->suites().size(), stored.curves->suites().size());
        for (std::size_t i = 0; i < stored.curves->suites().size(); ++i)
            compare(shown.curves->suites()[i].points, stored.curves->suites()[i].points);
    }
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(folder_->isValid());
    }

    void the_window_never_waits_for_the_disk()
    {
        const QString file = path("many.loom");
        write_runs(file, { 20, 30, 60 });
        ExperimentSession session(fake(), path("unsaved"));
        SlowDisk disk(session);
        disk.hold();
        session.open(file);
        QTRY_VERIFY(disk.keeps_a_reading());
        QVERIFY(session.runs().empty());
        QVERIFY(session.file().isEmpty());
        disk.release();
        QTRY_VERIFY_WITH_TIMEOUT(!session.reading(), patience);
        QCOMPARE(session.runs().size(), std::size_t{ 3 });

        // Neither scrubbing nor another run.
        disk.hold();
        QVERIFY(!session.want_circuits({ 7, 6 }));
        QVERIFY(!session.circuit(7));
        session.select(session.runs().front().summary.id);
        disk.release();
        QCOMPARE(session.current()->iterations.size(), std::size_t{ 21 });
        const std::set<std::thread::id> readers = disk.readers();
        QCOMPARE(readers.size(), std::size_t{ 1 });
        QVERIFY(!readers.contains(std::this_thread::get_id()));
    }

    void what_is_shown_of_a_live_run_is_what_its_file_holds()
    {
        ExperimentSession session(fake(), path("unsaved"));
        session.start(run_of("first", 80));
        session.start(run_of("second", 40));
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(session.runs().size(), std::size_t{ 2 });
        QCOMPARE(session.runs()[0].iterations.size(), std::size_t{ 81 });
        compare_with_file(session);
    }

    void an_overfull_message_queue_loses_no_point()
    {
        constexpr int steps = 6'000; // the queue keeps 4,096 messages of steps
        RunConfig config = run_of("long", steps);
        config.method = TuningMethod::full;
        config.evaluate_every = 0;
        const auto hold = std::make_shared<std::atomic<int>>(10);
        ExperimentSession session(
            fake({ std::chrono::milliseconds(0), {}, {}, hold }), path("unsaved"));
        session.start(config);
        QTRY_VERIFY_WITH_TIMEOUT(session.live_run().has_value(), patience);
        *hold = steps + 1;
        // The window is busy until the run is over.
        const ExperimentReader reader(path_of(session.file()));
        const auto running = [&] { return reader.runs().at(0).state == RunState::running; };
        for (int waited = 0; running() && waited < patience; waited += 10)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(session.runs().at(0).curves->loss().size(), std::size_t{ steps });
        compare_with_file(session);
    }

    void the_newest_wish_wins()
    {
        const QString file = path("one.loom");
        write_runs(file, { 60 });
        ExperimentSession session(fake(), path("unsaved"));
        QVERIFY(open_and_wait(session, file));
        SlowDisk disk(session);
        const QSignalSpy arrived(&session, &ExperimentSession::circuits_arrived);
        disk.hold();
        QVERIFY(!session.want_circuits({ 10 }));
        QTRY_VERIFY(disk.keeps_a_reading());
        QVERIFY(!session.want_circuits({ 20 }));
        QVERIFY(!session.want_circuits({ 50 }));
        disk.release();
        QTRY_VERIFY_WITH_TIMEOUT(session.circuit(50), patience);
        QCOMPARE(arrived.size(), 2);
        QVERIFY(!session.circuit(20));
        // What lies on the way is read ahead, and then shown at once.
        QTRY_VERIFY_WITH_TIMEOUT(session.circuit(57), patience);
        QVERIFY(session.want_circuits({ 51, 50 }));
        QCOMPARE(arrived.size(), 2);
        const ExperimentReader reader(path_of(file));
        QVERIFY(*session.circuit(51) == reader.circuit(session.current()->summary.id, { 51 }));
    }

    void circuits_of_a_file_that_was_left_never_come()
    {
        const QString first = path("first.loom");
        const QString second = path("second.loom");
        write_runs(first, { 60 }, 1);
        write_runs(second, { 60 }, 2); // its run has the same number
        ExperimentSession session(fake(), path("unsaved"));
        QVERIFY(open_and_wait(session, first));
        SlowDisk disk(session);
        const QSignalSpy arrived(&session, &ExperimentSession::circuits_arrived);
        const QSignalSpy opened(&session, &ExperimentSession::opened);
        disk.hold();
        QVERIFY(!session.want_circuits({ 5 }));
        session.open(second);
        disk.release();
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
        QVERIFY(!session.circuit(5));
        const auto before = arrived.size();
        QVERIFY(!session.want_circuits({ 5 }));
        QTRY_VERIFY_WITH_TIMEOUT(session.circuit(5), patience);
        QCOMPARE(arrived.size(), before + 1);
        const ExperimentReader reader(path_of(second));
        QVERIFY(*session.circuit(5) == reader.circuit(RunId{ 1 }, { 5 }));
        QVERIFY(*session.circuit(5) != ExperimentReader(path_of(first)).circuit(RunId{ 1 }, { 5 }));
    }

    void of_two_files_the_newest_is_opened()
    {
        const QString first = path("first.loom");
        const QString second = path("second.loom");
        write_runs(first, { 5, 5 });
        write_runs(second, { 5 });
        ExperimentSession session(fake(), path("unsaved"));
        const QSignalSpy opened(&session, &ExperimentSession::opened);
        session.open(first);
        QVERIFY(open_and_wait(session, second));
        QCOMPARE(session.file(), second);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(session.runs().size(), std::size_t{ 1 });
        // One that cannot be opened leaves it open.
        QVERIFY(!open_and_wait(session, path("missing.loom")));
        QCOMPARE(session.file(), second);
        QTRY_VERIFY_WITH_TIMEOUT(session.want_circuits({ 0 }), patience);
    }

    void runs_that_were_read_are_told_where_the_last_cannot_be()
    {
        write_runs(path("some.loom"), { 3, 3, 3 });
        SQLite::Database(path("some.loom").toStdString(), SQLite::OPEN_READWRITE)
            .exec("UPDATE step SET learning_rate = -0.5 WHERE run_id = 2"); // the third is shown
        ExperimentSession session(fake(), path("kept"));
        const QSignalSpy failed(&session, &ExperimentSession::failed);
        std::ptrdiff_t told = 0;
        connect(&session, &ExperimentSession::runs_changed, this,
            [&] { told = std::ranges::count_if(session.runs(), &RunHistory::complete); });
        session.open(path("some.loom"));
        QTRY_VERIFY_WITH_TIMEOUT(!failed.isEmpty() && !session.reading(), patience);
        QCOMPARE(told, 2);
    }

private:
    QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }

    std::unique_ptr<QTemporaryDir> folder_;
};

CIRCUITLOOM_UI_TEST(TestSession, Application::core)
#include "tst_session.moc"
