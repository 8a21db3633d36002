#include "core/run/divergence.h"
#include "core/run/sweep.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "tests/support/fake_engine.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/curves/curves_panel.h"
#include "ui/dialogs/new_run_dialog.h"
#include "ui/runs/run_details.h"
#include "ui/runs/runs_model.h"
#include "ui/runs/runs_panel.h"
#include "ui/session/experiment_session.h"
#include "ui/session/waiting_runs.h"
#include "ui/window/error_banner.h"
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QAction>
#include <QDeadlineTimer>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <QToolButton>

#include <atomic>
#include <future>
#include <limits>
#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::FakeEngineOptions;
using circuitloom::testing::open_and_wait;
using circuitloom::testing::open_in_window;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

Worker::EngineLoader fake(const FakeEngineOptions& options = {})
{
    return [options] { return std::make_unique<FakeEngine>(options); };
}

RunConfig short_run(const char* name, int steps = 6)
{
    RunConfig config = preset("sv-disagreement");
    config.name = name;
    config.steps = steps;
    return config;
}

/// Runs that differ in their N.
std::vector<RunConfig> short_sweep(int runs, int steps = 6)
{
    SweepAxis axis{ "circuit.top_n", {} };
    for (int i = 1; i <= runs; ++i)
        axis.values.push_back(std::to_string(i));
    std::vector<RunConfig> all;
    for (SweepRun& run : sweep_runs(short_run("sweep", steps), { &axis, 1 }, 1))
        all.push_back(std::move(run.config));
    return all;
}

RunRow row_of(int id, int ticket = 0)
{
    RunRow row;
    row.summary.id = RunId{ id };
    row.summary.description.name = "run " + std::to_string(id + 100 * ticket);
    row.ticket = ticket;
    return row;
}

std::filesystem::path path_of(const QString& file)
{
    return std::filesystem::path(file.toStdU16String());
}

/// Answers the next question with a button.
void answer(QMessageBox::StandardButton button)
{
    QTimer::singleShot(0, qApp, [button] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        QVERIFY(box);
        box->button(button)->click();
    });
}

} // namespace

class TestRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { circuitloom::testing::keep_settings_in(folder_.path()); }

    void rows_that_stay_are_not_touched()
    {
        RunsModel model;
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.set_rows({ row_of(1), row_of(2), row_of(0, 1) });
        const QPersistentModelIndex second = model.index(1);
        model.set_rows({ row_of(1), row_of(2), row_of(3), row_of(0, 2) });
        QVERIFY(second.isValid());
        QCOMPARE(removed.size(), 1);
        QCOMPARE(inserted.size(), 2);
        QCOMPARE(model.row_of({ RunId{ 3 }, 0 }), 2);
        QCOMPARE(model.row_of({ {}, 2 }), 3);
        QCOMPARE(model.row_of({ {}, 1 }), -1);
        model.set_rows({ row_of(2) });
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(reset.size(), 0);
    }

    void what_waits_can_be_neither_renamed_nor_overlaid()
    {
        RunsModel model;
        model.set_rows({ row_of(1), row_of(0, 1) });
        QSignalSpy renamed(&model, &RunsModel::renamed);
        QVERIFY(model.flags(model.index(0)) & Qt::ItemIsEditable);
        QVERIFY(model.setData(model.index(0), QStringLiteral("new"), Qt::EditRole));
        QCOMPARE(renamed.size(), 1);
        QVERIFY(!(model.flags(model.index(1)) & Qt::ItemIsEditable));
        QVERIFY(!model.setData(model.index(1), QStringLiteral("new"), Qt::EditRole));
        QVERIFY(!model.setData(model.index(1), Qt::Checked, Qt::CheckStateRole));
    }

    void runs_wait_and_come_in_turn()
    {
        ExperimentSession session(fake(), folder());
        for (const char* name : { "one", "two", "three", "four" })
            session.start(short_run(name));
        QCOMPARE(session.waiting().size(), std::size_t{ 3 });
        session.leave_queue(session.waiting()[1].ticket);
        QCOMPARE(session.waiting()[1].config.name, std::string("four"));
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(names(session),
            (QStringList{ QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("four") }));
        for (const RunHistory& run : session.runs())
            QVERIFY(run.summary.state == RunState::finished);
    }

    void stopping_one_lets_the_next_begin()
    {
        ExperimentSession session(fake({ std::chrono::milliseconds(5), {}, {} }), folder());
        session.start(short_run("long", 100'000));
        session.start(short_run("next"));
        QTRY_VERIFY_WITH_TIMEOUT(session.live_run().has_value(), patience);
        session.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(session.runs().size(), std::size_t{ 2 });
        QVERIFY(session.runs()[0].summary.state == RunState::stopped);
        QVERIFY(session.runs()[1].summary.state == RunState::finished);
    }

    void what_waits_is_there_again_when_the_file_is_opened()
    {
        RunConfig second = short_run("second");
        second.seed = 9'007'199'254'740'993; // more than a double holds
        QString file;
        {
            ExperimentSession session(fake({ std::chrono::milliseconds(5), {}, {} }), folder());
            session.start(short_run("long", 100'000));
            QTRY_VERIFY_WITH_TIMEOUT(session.live_run().has_value(), patience);
            session.start(short_run("first"));
            session.start(short_run("not wanted"));
            session.start(second);
            session.leave_queue(session.waiting()[1].ticket);
            file = session.file();
        }
        ExperimentSession session(fake(), folder());
        QVERIFY(open_and_wait(session, file));
        QCOMPARE(
            waiting(session), (QStringList{ QStringLiteral("first"), QStringLiteral("second") }));
        QVERIFY(session.waiting()[1].config == second);
        QTest::qWait(100); // nothing starts by itself
        QVERIFY(!session.training());
        QCOMPARE(names(session), QStringList{ QStringLiteral("long") });
        session.go_on(session.runs()[0].summary.id);
        QVERIFY(session.training());
        QCOMPARE(waiting(session),
            (QStringList{ QStringLiteral("second"), QStringLiteral("long") })); // in turn
        session.leave_queue(session.waiting()[1].ticket);
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(names(session),
            (QStringList{
                QStringLiteral("long"), QStringLiteral("first"), QStringLiteral("second") }));
        QVERIFY(open_and_wait(session, file));
        QVERIFY(session.waiting().empty());
    }

    void a_sweep_goes_on_where_the_program_left_it()
    {
        std::vector<RunConfig> sweep = short_sweep(3);
        sweep[1].steps = 400;
        QString file;
        {
            // The first run has fewer steps and passes.
            const auto hold = std::make_shared<const std::atomic<int>>(10);
            ExperimentSession session(
                fake({ std::chrono::milliseconds(5), {}, {}, hold }), folder());
            session.start_sweep(sweep);
            QCOMPARE(session.waiting().size(), std::size_t{ 2 });
            QTRY_VERIFY_WITH_TIMEOUT(session.runs().size() == 2 && session.live_run(), patience);
            file = session.file();
        } // as if it was closed in the midst of the second run
        ExperimentSession session(fake(), folder());
        QVERIFY(open_and_wait(session, file));
        QCOMPARE(session.runs().size(), std::size_t{ 2 });
        QVERIFY(session.runs()[0].summary.state == RunState::finished);
        QVERIFY(session.runs()[1].summary.state == RunState::stopped);
        QCOMPARE(session.waiting().size(), std::size_t{ 2 });
        QVERIFY(session.waiting()[0].goes_on == session.runs()[1].summary.id);
        QVERIFY(!session.waiting()[1].goes_on);
        QVERIFY(!session.training()); // nothing starts by itself
        session.start_waiting();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        const std::vector<RunSummary> runs = ExperimentReader(path_of(file)).runs();
        QCOMPARE(runs.size(), sweep.size());
        for (std::size_t i = 0; i < runs.size(); ++i) {
            QVERIFY(runs[i].state == RunState::finished);
            QCOMPARE(runs[i].description.configuration, to_json(sweep[i]));
        }
        QVERIFY(open_and_wait(session, file));
        QVERIFY(session.waiting().empty());
        session.start_sweep(sweep); // nothing is left to do
        QVERIFY(!session.training());
        QVERIFY(session.waiting().empty());
    }

    void a_sweep_whose_program_was_killed_is_known_by_its_notes()
    {
        // What a killed program leaves: the notes, and in the file what had been written.
        const std::vector<RunConfig> sweep = short_sweep(4);
        const QString file = file_of({ sweep[0], sweep[1] });
        RunWriter(path_of(file), RunId{ 2 }, std::nullopt); // begun, and not brought to its end
        const WaitingRuns notes(folder() + QStringLiteral("/waiting"));
        std::vector<QueuedRun> queued;
        for (const RunConfig& config : sweep)
            queued.push_back({ .config = config, .goes_on = {}, .of_sweep = true, .note = {} });
        notes.add(file, queued);
        WaitingRuns::mark_begun(queued[0].note);
        WaitingRuns::mark_begun(queued[1].note);
        ExperimentSession session(fake(), folder());
        QVERIFY(open_and_wait(session, file));
        QCOMPARE(session.waiting().size(), std::size_t{ 3 });
        QVERIFY(session.waiting()[0].goes_on == RunId{ 2 });
        QVERIFY(session.waiting()[1].config == sweep[2]);
        session.start_waiting();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(session.runs().size(), sweep.size());
        QVERIFY(notes.of(file).runs.empty());
    }

    void a_run_of_a_sweep_that_was_stopped_stays_so()
    {
        ExperimentSession session(fake({ std::chrono::milliseconds(5), {}, {} }), folder());
        session.start_sweep(short_sweep(3, 100'000));
        QTRY_VERIFY_WITH_TIMEOUT(session.live_run().has_value(), patience);
        session.leave_queue(session.waiting()[1].ticket);
        session.stop();
        QTRY_VERIFY_WITH_TIMEOUT(session.runs().size() == 2 && session.live_run(), patience);
        session.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QVERIFY(session.waiting().empty());
        QVERIFY(session.waiting_notes().of(session.file()).runs.empty());
    }

    void the_queue_is_emptied_at_once()
    {
        ExperimentSession session(fake({ std::chrono::milliseconds(5), {}, {} }), folder());
        session.start_sweep(short_sweep(20, 100'000));
        QCOMPARE(session.waiting().size(), std::size_t{ 19 });
        QTRY_VERIFY_WITH_TIMEOUT(session.live_run().has_value(), patience);
        session.empty_queue();
        QVERIFY(session.waiting().empty());
        QVERIFY(session.training());
        QVERIFY(session.waiting_notes().of(session.file()).runs.size() == 1); // that in training
    }

    void a_started_sweep_leaves_out_what_is_there_or_waits()
    {
        const std::vector<RunConfig> sweep = short_sweep(4);
        const QString file = file_of({ sweep[2] });
        ExperimentSession session(fake({ std::chrono::milliseconds(5), {}, {} }), folder());
        QVERIFY(open_and_wait(session, file));
        session.start_sweep(sweep);
        session.start_sweep(sweep);
        QCOMPARE(session.waiting().size() + (session.training() ? 1 : 0), std::size_t{ 3 });
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(session.runs().size(), std::size_t{ 4 });
    }

    void a_sweep_that_is_asked_for_again_does_not_train_what_diverged()
    {
        const std::vector<RunConfig> sweep = short_sweep(2);
        const QString file = file_of(sweep);
        RunWriter(path_of(file), RunId{ 1 }, std::nullopt)
            .set_state(RunState::failed, Diverged("The loss of step 4 is no longer finite").what());
        RunWriter(path_of(file), RunId{ 2 }, std::nullopt)
            .set_state(RunState::failed, "The batch of step 3 does not fit into memory.");
        ExperimentSession session(fake(), folder());
        QVERIFY(open_and_wait(session, file));
        session.start_sweep(sweep);
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(session.runs()[0].summary.state, RunState::failed);
        QCOMPARE(session.runs()[1].summary.state, RunState::finished);
        // Now nothing is left, which is said, and what waits is not begun by it.
        const QSignalSpy noted(&session, &ExperimentSession::noted);
        const QSignalSpy began(&session, &ExperimentSession::training_changed);
        session.start_sweep(sweep);
        QCOMPARE(noted.size(), 1);
        QVERIFY(began.isEmpty());
    }

    void what_waits_does_so_until_its_own_file_is_opened()
    {
        const QString other = finished_file({ "other" });
        ExperimentSession session(fake({ std::chrono::milliseconds(5), {}, {} }), folder());
        session.start(short_run("long", 100'000));
        session.start(short_run("waits"));
        QTRY_VERIFY_WITH_TIMEOUT(session.live_run().has_value(), patience);
        const QString file = session.file();
        session.stop_and_hold();
        QVERIFY(open_and_wait(session, other));
        QVERIFY(session.waiting().empty());
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(names(session), QStringList{ QStringLiteral("other") });
        QVERIFY(open_and_wait(session, file));
        QCOMPARE(waiting(session), QStringList{ QStringLiteral("waits") });
        QVERIFY(!session.training());
        session.start_waiting();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(names(session), (QStringList{ QStringLiteral("long"), QStringLiteral("waits") }));
    }

    void a_run_that_never_began_still_waits()
    {
        // The program ends while the engine is still being loaded.
        QString file;
        {
            std::promise<void> loaded;
            ExperimentSession session(
                [may_go_on = loaded.get_future().share()] {
                    may_go_on.wait();
                    return std::make_unique<FakeEngine>();
                },
                folder());
            session.start(short_run("one"));
            session.start(short_run("two"));
            file = session.file();
            session.stop_and_hold();
            loaded.set_value();
        }
        ExperimentSession session(fake(), folder());
        QVERIFY(open_and_wait(session, file));
        QCOMPARE(waiting(session), (QStringList{ QStringLiteral("one"), QStringLiteral("two") }));
        QVERIFY(session.runs().empty());
    }

    void what_another_program_has_begun_is_not_begun_again()
    {
        const QString file = finished_file({ "one" });
        {
            ExperimentSession session(fake({ std::chrono::milliseconds(5), {}, {} }), folder());
            QVERIFY(open_and_wait(session, file));
            session.start(short_run("long", 100'000));
            session.start(short_run("waits"));
            QTRY_VERIFY_WITH_TIMEOUT(session.live_run().has_value(), patience);
        }
        ExperimentSession first(fake(), folder());
        ExperimentSession second(fake(), folder());
        QVERIFY(open_and_wait(first, file));
        QVERIFY(open_and_wait(second, file));
        QCOMPARE(waiting(first), waiting(second));
        first.start_waiting();
        QTRY_VERIFY_WITH_TIMEOUT(!first.training(), patience);
        second.start_waiting();
        QVERIFY(!second.training());
        QCOMPARE(ExperimentReader(path_of(file)).runs().size(), std::size_t{ 3 });
    }

    void what_waits_comes_along_when_the_experiment_is_saved()
    {
        const QString file = finished_file({ "one" });
        ExperimentSession session(fake({ std::chrono::milliseconds(5), {}, {} }), folder());
        QVERIFY(open_and_wait(session, file));
        session.start(short_run("long", 100'000));
        session.start(short_run("waits"));
        QTRY_VERIFY_WITH_TIMEOUT(session.live_run().has_value(), patience);
        session.stop_and_hold();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QSignalSpy saved(&session, &ExperimentSession::saved);
        const QString copy = folder_.filePath(QStringLiteral("with what waits.loom"));
        session.save_as(copy);
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
        QCOMPARE(session.file(), copy);
        QCOMPARE(waiting(session), QStringList{ QStringLiteral("waits") });
        session.start_waiting();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(names(session).last(), QStringLiteral("waits"));
    }

    void a_note_that_cannot_be_read_is_told_and_left()
    {
        const QString file = finished_file({ "one" });
        const WaitingRuns notes(folder() + QStringLiteral("/waiting"));
        QueuedRun run;
        run.config = short_run("good");
        notes.add(file, { &run, 1 });
        QueuedRun bad = run;
        notes.add(file, { &bad, 1 });
        QFile note(bad.note);
        QVERIFY(note.open(QIODevice::WriteOnly));
        note.write("{\"configuration\": \"{");
        note.close();
        QueuedRun ended = run; // there is nothing to go on with
        ended.goes_on = RunId{ 1 };
        notes.add(file, { &ended, 1 });
        ExperimentSession session(fake(), folder());
        QSignalSpy failed(&session, &ExperimentSession::failed);
        QVERIFY(open_and_wait(session, file));
        QCOMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains(bad.note));
        QCOMPARE(waiting(session), QStringList{ QStringLiteral("good") });
        QVERIFY(QFile::exists(bad.note));
    }

    void quitting_asks_where_runs_wait_and_opening_offers_them()
    {
        QString file;
        {
            MainWindow window(fake({ std::chrono::milliseconds(5), {}, {} }), folder());
            show(window);
            window.start_run(short_run("long", 100'000));
            window.start_run(short_run("waits"));
            QTRY_VERIFY_WITH_TIMEOUT(window.session().live_run().has_value(), patience);
            file = window.session().file();
            answer(QMessageBox::Cancel);
            QVERIFY(!window.close());
            QVERIFY(window.session().training());
            answer(QMessageBox::Yes);
            QVERIFY(window.close());
        }
        MainWindow window(fake(), folder());
        show(window);
        QVERIFY(open_in_window(window, file));
        auto* banner = window.findChild<ErrorBanner*>();
        QVERIFY(banner->text().contains(QStringLiteral("waiting")));
        auto* list = window.findChild<QListView*>(QStringLiteral("runsList"));
        QCOMPARE(list->model()->rowCount(), 2);
        auto* start = banner->findChild<QToolButton*>(QStringLiteral("bannerAction"));
        QVERIFY(start->isVisible());
        start->click();
        QVERIFY(window.session().training());
        QVERIFY(banner->isHidden());
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().training(), patience);
        QCOMPARE(names(window.session()),
            (QStringList{ QStringLiteral("long"), QStringLiteral("waits") }));
        QVERIFY(!start->defaultAction()->isEnabled());
    }

    void a_failed_run_is_followed_by_the_next()
    {
        ExperimentSession session(
            fake({ std::chrono::milliseconds(1), "bad", "It does not fit." }), folder());
        QSignalSpy failed(&session, &ExperimentSession::failed);
        session.start(short_run("bad"));
        session.start(short_run("good"));
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(failed.size(), 1);
        QVERIFY(session.runs()[0].summary.state == RunState::failed);
        RunRow row;
        row.summary = session.runs()[0].summary;
        QVERIFY(state_text(row).contains(QStringLiteral("It does not fit.")));
        QVERIFY(session.runs()[1].summary.state == RunState::finished);
    }

    void a_stopped_run_goes_on_under_its_old_number()
    {
        const auto hold = std::make_shared<std::atomic<int>>(10);
        ExperimentSession session(fake({ std::chrono::milliseconds(2), {}, {}, hold }), folder());
        session.start(short_run("mine", 60));
        QTRY_VERIFY_WITH_TIMEOUT(
            session.live_run() && session.runs()[0].iterations.size() > 3, patience);
        session.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        const RunId id = session.runs()[0].summary.id;
        QVERIFY(session.runs()[0].summary.state == RunState::stopped);
        session.go_on(id);
        QTRY_COMPARE_WITH_TIMEOUT(session.live_run(), std::optional(id), patience);
        *hold = std::numeric_limits<int>::max();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(session.runs().size(), std::size_t{ 1 });
        QVERIFY(session.runs()[0].summary.state == RunState::finished);
        QCOMPARE(session.runs()[0].iterations.size(), std::size_t{ 61 });
        QCOMPARE(session.runs()[0].curves->loss().size(), std::size_t{ 60 });
    }

    void a_deleted_run_comes_back_until_the_file_is_closed()
    {
        const QString file = finished_file({ "one", "two", "three" });
        {
            ExperimentSession session(fake(), folder());
            QVERIFY(open_and_wait(session, file));
            const RunId two = session.runs()[1].summary.id;
            session.select(two);
            session.remove(two);
            QCOMPARE(session.runs().size(), std::size_t{ 2 });
            QVERIFY(session.can_undo_remove());
            QVERIFY(session.current()->summary.id != two);
            // The file still has it.
            QCOMPARE(ExperimentReader(path_of(file)).runs().size(), std::size_t{ 3 });
            session.undo_remove();
            QCOMPARE(names(session),
                (QStringList{
                    QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three") }));
            QCOMPARE(session.current()->summary.id, two);
            QVERIFY(!session.can_undo_remove());

            session.remove(session.runs()[0].summary.id);
            session.remove(two);
            session.undo_remove();
            QCOMPARE(
                names(session), (QStringList{ QStringLiteral("two"), QStringLiteral("three") }));
        }
        const std::vector<RunSummary> left = ExperimentReader(path_of(file)).runs();
        QCOMPARE(left.size(), std::size_t{ 2 });
        QCOMPARE(left[0].description.name, std::string("two"));
    }

    void another_file_closes_the_one_before()
    {
        const QString first = finished_file({ "one", "two" });
        const QString second = finished_file({ "other" });
        ExperimentSession session(fake(), folder());
        QVERIFY(open_and_wait(session, first));
        session.remove(session.runs()[0].summary.id);
        QVERIFY(open_and_wait(session, second));
        QVERIFY(!session.can_undo_remove());
        QVERIFY(open_and_wait(session, first));
        QCOMPARE(names(session), QStringList{ QStringLiteral("two") });
    }

    void the_neighbour_comes_in_place_of_a_deleted_run()
    {
        ExperimentSession session(fake(), folder());
        QVERIFY(open_and_wait(session, finished_file({ "one", "two", "three" })));
        const RunId one = session.runs()[0].summary.id;
        const RunId two = session.runs()[1].summary.id;
        session.select(one);
        QTRY_VERIFY_WITH_TIMEOUT(
            session.current() && session.current()->summary.id == one, patience);
        session.remove(one);
        QTRY_VERIFY_WITH_TIMEOUT(
            session.current() && session.current()->summary.id == two, patience);
        session.select(session.runs()[1].summary.id);
        session.remove(session.runs()[1].summary.id); // the last one
        QTRY_VERIFY_WITH_TIMEOUT(
            session.current() && session.current()->summary.id == two, patience);
    }

    void a_copy_has_no_deleted_runs()
    {
        const QString file = finished_file({ "one", "two" });
        ExperimentSession session(fake(), folder());
        QVERIFY(open_and_wait(session, file));
        session.remove(session.runs()[0].summary.id);
        QSignalSpy saved(&session, &ExperimentSession::saved);
        const QString copy = folder_.filePath(QStringLiteral("copy.loom"));
        session.save_as(copy);
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
        QCOMPARE(names(session), QStringList{ QStringLiteral("two") });
        QCOMPARE(ExperimentReader(path_of(copy)).runs().size(), std::size_t{ 1 });
    }

    void what_is_edited_while_a_copy_is_made_is_in_it()
    {
        ExperimentSession session(fake(), folder());
        session.start(short_run("mine", 5));
        QTRY_VERIFY_WITH_TIMEOUT(!session.runs().empty() && !session.training(), patience);
        const RunId id = session.runs()[0].summary.id;
        const QString from = session.file();
        QVERIFY(session.unsaved());
        QSignalSpy saved(&session, &ExperimentSession::saved);
        const QString copy = folder_.filePath(QStringLiteral("edited meanwhile.loom"));
        session.save_as(copy); // in the background
        session.set_details(from, id, QStringLiteral("other"), QStringLiteral("typed meanwhile"));
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
        QCOMPARE(session.file(), copy);
        for (const char* suffix : { "", "-wal", "-shm" })
            QVERIFY(!QFile::exists(from + QString::fromLatin1(suffix)));
        QCOMPARE(session.runs()[0].summary.notes, std::string("typed meanwhile"));
        const RunSummary kept = ExperimentReader(path_of(copy)).run(id);
        QCOMPARE(kept.notes, std::string("typed meanwhile"));
        QCOMPARE(kept.description.name, std::string("other"));
        // What was begun before goes where the experiment has gone.
        session.set_details(from, id, QStringLiteral("other"), QStringLiteral("later"));
        QCOMPARE(session.runs()[0].summary.notes, std::string("later"));
        // Unless another experiment has that name by then.
        QVERIFY(QFile::copy(copy, from));
        QVERIFY(open_and_wait(session, from));
        QVERIFY(open_and_wait(session, finished_file({ "third" })));
        session.set_details(from, id, QString(), QStringLiteral("of another"));
        session.close();
        QTRY_COMPARE_WITH_TIMEOUT(
            ExperimentReader(path_of(from)).run(id).notes, std::string("of another"), patience);
        QCOMPARE(ExperimentReader(path_of(copy)).run(id).notes, std::string("later"));
    }

    void what_others_write_while_a_copy_is_made_is_in_it()
    {
        ExperimentSession session(fake(), folder());
        const QString file = finished_file({ "one" });
        QVERIFY(open_and_wait(session, file));
        const RunId id = session.runs()[0].summary.id;
        QSignalSpy saved(&session, &ExperimentSession::saved);
        const QString copy = folder_.filePath(QStringLiteral("written meanwhile.loom"));
        session.save_as(copy);
        // No event is handled here: the first would show the finished copy and leave the file.
        QDeadlineTimer enough(patience);
        while (!QFile::exists(copy) && !enough.hasExpired())
            QThread::msleep(1);
        QVERIFY(QFile::exists(copy));
        set_run_notes(path_of(file), id, "by somebody else");
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
        QCOMPARE(session.file(), copy);
        QCOMPARE(ExperimentReader(path_of(copy)).run(id).notes, std::string("by somebody else"));
        // A file that had a name: what was begun before it was left goes along too.
        session.set_details(file, id, QString(), QStringLiteral("asked before"));
        QCOMPARE(session.runs()[0].summary.notes, std::string("asked before"));
    }

    void a_run_deleted_while_a_copy_is_made_is_not_in_it()
    {
        ExperimentSession session(fake(), folder());
        QVERIFY(open_and_wait(session, finished_file({ "one", "two" })));
        QSignalSpy saved(&session, &ExperimentSession::saved);
        const QString copy = folder_.filePath(QStringLiteral("deleted meanwhile.loom"));
        session.save_as(copy);
        session.remove(session.runs()[0].summary.id);
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
        QCOMPARE(names(session), QStringList{ QStringLiteral("two") });
        QCOMPARE(ExperimentReader(path_of(copy)).runs().size(), std::size_t{ 1 });
    }

    void details_go_to_the_file_that_they_were_asked_of()
    {
        const QString first = finished_file({ "one" });
        const QString second = finished_file({ "other" });
        {
            ExperimentSession session(fake(), folder());
            QVERIFY(open_and_wait(session, first));
            const RunId id = session.runs()[0].summary.id;
            QVERIFY(open_and_wait(session, second));
            QVERIFY(!session.is_open(first));
            session.set_details(first, id, QStringLiteral("renamed"), QStringLiteral("noted"));
            Bookmark bookmark;
            bookmark.run = id;
            bookmark.name = "marked";
            session.add_bookmark(first, bookmark);
            QCOMPARE(names(session), QStringList{ QStringLiteral("other") });
        }
        const RunSummary run = ExperimentReader(path_of(first)).runs().at(0);
        QCOMPARE(run.description.name, std::string("renamed"));
        QCOMPARE(run.notes, std::string("noted"));
        QCOMPARE(ExperimentReader(path_of(first)).bookmarks(run.id).size(), std::size_t{ 1 });
        const RunSummary untouched = ExperimentReader(path_of(second)).runs().at(0);
        QCOMPARE(untouched.description.name, std::string("other"));
        QVERIFY(untouched.notes.empty());
        QVERIFY(ExperimentReader(path_of(second)).bookmarks(untouched.id).empty());
    }

    void a_run_that_is_about_to_go_on_is_neither_queued_again_nor_deleted()
    {
        ExperimentSession session(fake({ std::chrono::milliseconds(2), {}, {} }), folder());
        session.start(short_run("mine", 100'000));
        QTRY_VERIFY_WITH_TIMEOUT(session.live_run(), patience);
        session.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        const RunId id = session.runs()[0].summary.id;
        QVERIFY(!session.is_busy(id));
        session.go_on(id);
        QVERIFY(!session.live_run()); // nobody has told yet that it began
        QVERIFY(session.is_busy(id));
        session.go_on(id);
        QVERIFY(session.waiting().empty());
        session.remove(id);
        QCOMPARE(session.runs().size(), std::size_t{ 1 });
        session.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QVERIFY(!session.is_busy(id));
    }

    void name_and_notes_are_kept()
    {
        const QString file = finished_file({ "one" });
        {
            ExperimentSession session(fake(), folder());
            QVERIFY(open_and_wait(session, file));
            const RunId id = session.runs()[0].summary.id;
            session.rename(id, QStringLiteral("  another “name” "));
            session.rename(id, QStringLiteral("   ")); // no name at all
            session.set_details(file, id, QString(), QStringLiteral("first line\nsecond"));
            QCOMPARE(names(session), QStringList{ QStringLiteral("another “name”") });
        }
        const RunSummary run = ExperimentReader(path_of(file)).runs().at(0);
        QCOMPARE(QString::fromStdString(run.description.name), QStringLiteral("another “name”"));
        QCOMPARE(QString::fromStdString(run.notes), QStringLiteral("first line\nsecond"));
    }

    void all_of_it_works_by_keyboard()
    {
        MainWindow window(fake(), folder());
        show(window);
        QVERIFY(open_in_window(window, finished_file({ "one", "two" })));
        auto* list = window.findChild<QListView*>(QStringLiteral("runsList"));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Up);
        QCOMPARE(chosen_name(window), QStringLiteral("one"));

        QTest::keyClick(&window, Qt::Key_F2);
        auto* editor = list->viewport()->findChild<QLineEdit*>();
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("renamed"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(chosen_name(window), QStringLiteral("renamed"));

        QTest::keyClick(list, Qt::Key_Return);
        auto* details = window.findChild<RunDetails*>();
        QVERIFY(details);
        QTRY_VERIFY(details->isVisible());
        QTest::keyClicks(details->focusWidget(), QStringLiteral("noted"));
        details->accept();
        QCOMPARE(window.session().current()->summary.notes, std::string("noted"));

        QTRY_VERIFY(!window.findChild<RunDetails*>());
        focus(window, list);
        QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE(window.findChild<CurvesPanel*>()->runs().size(), std::size_t{ 2 });

        focus(window, list);
        answer(QMessageBox::Cancel);
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(window.session().runs().size(), std::size_t{ 2 });
        focus(window, list);
        answer(QMessageBox::Yes);
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(window.session().runs().size(), std::size_t{ 1 });
        focus(window, list);
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(window.session().runs().size(), std::size_t{ 2 });

        QTest::keyClick(&window, Qt::Key_U, Qt::ControlModifier);
        auto* dialog = window.findChild<NewRunDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->config().name, std::string("two 2"));
        QCOMPARE(dialog->config().steps, 6);
        dialog->accept();
        QTRY_VERIFY_WITH_TIMEOUT(
            window.session().runs().size() == 3 && !window.session().training(), patience);
    }

    void what_waits_is_shown_and_taken_out_by_mouse()
    {
        MainWindow window(fake({ std::chrono::milliseconds(5), {}, {} }), folder());
        show(window);
        window.start_run(short_run("long", 100'000));
        window.start_run(short_run("waits"));
        QTRY_VERIFY_WITH_TIMEOUT(window.session().live_run().has_value(), patience);
        auto* list = window.findChild<QListView*>(QStringLiteral("runsList"));
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 2, patience);
        const QModelIndex waiting = list->model()->index(1, 0);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(waiting).center());
        QCOMPARE(list->currentIndex().row(), 1);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
            { 20, list->visualRect(waiting).bottom() + 20 }); // beside the runs
        QVERIFY(list->selectionModel()->isSelected(waiting));
        // News of the run in training do not take the choice away.
        const int before = window.playback().count();
        QTRY_VERIFY_WITH_TIMEOUT(window.playback().count() > before + 2, patience);
        QCOMPARE(list->currentIndex().row(), 1);
        QVERIFY(list->selectionModel()->isSelected(list->currentIndex()));
        QVERIFY(state_text(qvariant_cast<RunRow>(list->currentIndex().data(RunsModel::row_role)))
            == QStringLiteral("queued"));
        window.findChild<RunsPanel*>()->remove_requested();
        QCOMPARE(list->model()->rowCount(), 1);
        QVERIFY(window.session().waiting().empty());
        window.session().stop_and_hold();
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().training(), patience);
    }

private:
    QString folder() const { return folder_.filePath(QStringLiteral("experiments")); }

    /// A file with finished runs of these names.
    QString finished_file(const std::vector<const char*>& names)
    {
        std::vector<RunConfig> runs;
        for (const char* name : names)
            runs.push_back(short_run(name));
        return file_of(runs);
    }

    QString file_of(const std::vector<RunConfig>& runs)
    {
        ExperimentSession session(fake(), folder());
        for (const RunConfig& run : runs)
            session.start(run);
        const bool ended = QTest::qWaitFor([&] { return !session.training(); }, patience);
        Q_ASSERT(ended);
        return session.file();
    }

    static QStringList waiting(const ExperimentSession& session)
    {
        QStringList names;
        for (const QueuedRun& run : session.waiting())
            names << QString::fromStdString(run.config.name);
        return names;
    }

    static QStringList names(const ExperimentSession& session)
    {
        QStringList names;
        for (const RunHistory& run : session.runs())
            names << QString::fromStdString(run.summary.description.name);
        return names;
    }

    static QString chosen_name(const MainWindow& window)
    {
        const RunRow* row = window.findChild<RunsPanel*>()->chosen();
        return row ? QString::fromStdString(row->summary.description.name) : QString();
    }

    static void show(MainWindow& window)
    {
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }

    /// After a dialog took it.
    static void focus(MainWindow& window, QWidget* widget)
    {
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        widget->setFocus();
    }

    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestRuns, Application::widgets)
#include "tst_runs.moc"
