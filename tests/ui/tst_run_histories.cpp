// What the session knows of a file's runs, without the file: their order, what was removed, and
// what became of a run that others write.
#include "tests/support/ui_test.h"
#include "ui/session/run_change.h"
#include "ui/session/run_histories.h"

#include <QTest>

#include <string>
#include <vector>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

RunHistory named(int id, const char* name)
{
    RunHistory run;
    run.summary.id = RunId{ id };
    run.summary.description.name = name;
    return run;
}

RunHistory whole(int id, const char* name)
{
    RunHistory run = named(id, name);
    run.complete = true;
    return run;
}

using Names = std::vector<std::string>;

Names names_of(const RunHistories& runs)
{
    Names names;
    for (const RunHistory& run : runs.all())
        names.push_back(run.summary.description.name);
    return names;
}

/// A run with so many iterations and steps.
RunHistory known(RunState state, int iterations, int steps)
{
    RunHistory run = whole(1, "known");
    run.summary.state = state;
    run.summary.iterations = iterations;
    run.summary.steps_done = steps;
    run.iterations.resize(static_cast<std::size_t>(iterations));
    return run;
}

RunChange change(const RunHistory& run, RunState state, int iterations, int steps)
{
    return change_of(run, known(state, iterations, steps).summary);
}

} // namespace

class TestRunHistories : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runs_stand_in_the_order_of_their_numbers()
    {
        RunHistories runs;
        for (const int id : { 4, 2, 9 })
            runs.insert(named(id, std::to_string(id).c_str()));
        QCOMPARE(names_of(runs), Names({ "2", "4", "9" }));
        runs.insert(named(4, "again"));
        QCOMPARE(names_of(runs), Names({ "2", "again", "9" }));
        QVERIFY(runs.find(RunId{ 9 }) == &runs.all().back());
        QVERIFY(!runs.find(RunId{ 3 }));
    }

    void after_a_run_that_went_comes_the_next_or_the_last()
    {
        RunHistories runs;
        QVERIFY(!runs.at_or_last(0));
        runs.replace({ named(1, "a"), named(2, "b"), named(3, "c") });
        QVERIFY(runs.drop(RunId{ 2 }) == std::size_t{ 1 });
        QVERIFY(runs.at_or_last(1)->summary.id == RunId{ 3 });
        QVERIFY(runs.drop(RunId{ 3 }) == std::size_t{ 1 });
        QVERIFY(runs.at_or_last(1)->summary.id == RunId{ 1 });
        QVERIFY(!runs.drop(RunId{ 3 }));
        QVERIFY(!runs.has_removed());
    }

    void what_was_removed_last_is_put_back_first()
    {
        RunHistories runs;
        runs.replace({ named(1, "a"), named(2, "b") });
        QVERIFY(runs.remove(RunId{ 2 }) == std::size_t{ 1 });
        Bookmark bookmark;
        bookmark.name = "a place";
        runs.remember_removed(bookmark);
        QVERIFY(runs.remove(RunId{ 1 }) == std::size_t{ 0 });
        QVERIFY(!runs.remove(RunId{ 1 }));
        QVERIFY(runs.all().empty());
        QVERIFY(runs.removed_runs() == std::vector({ RunId{ 2 }, RunId{ 1 } }));
        QVERIFY(runs.is_removed(RunId{ 2 }) && !runs.is_removed(RunId{ 3 }));

        const auto first = runs.take_last_removed();
        QCOMPARE(std::get<RunHistory>(*first).summary.description.name, std::string("a"));
        QVERIFY(std::get<Bookmark>(*runs.take_last_removed()) == bookmark);
        QVERIFY(std::holds_alternative<RunHistory>(*runs.take_last_removed()));
        QVERIFY(!runs.take_last_removed() && !runs.has_removed());
    }

    void bookmarks_can_be_put_back_after_removed_runs_are_gone()
    {
        RunHistories runs;
        runs.replace({ named(1, "a") });
        runs.remember_removed({});
        runs.remove(RunId{ 1 });
        runs.forget_removed_runs();
        QVERIFY(runs.removed_runs().empty());
        QVERIFY(std::holds_alternative<Bookmark>(*runs.take_last_removed()));
    }

    void a_whole_history_leaves_what_the_user_changed()
    {
        RunHistories runs;
        runs.replace({ named(1, "mine"), named(2, "removed") });
        runs.find(RunId{ 1 })->summary.notes = "my notes";
        runs.remove(RunId{ 2 });
        for (const int id : { 1, 2, 3 }) {
            RunHistory read = whole(id, "of the file");
            read.iterations.resize(5);
            runs.complete(std::move(read));
        }
        QCOMPARE(names_of(runs), Names({ "mine" }));
        QCOMPARE(runs.all().front().summary.notes, std::string("my notes"));
        QCOMPARE(runs.all().front().iterations.size(), std::size_t{ 5 });
        const auto removed = runs.take_last_removed();
        const RunHistory& other = std::get<RunHistory>(*removed);
        QCOMPARE(other.summary.description.name, std::string("removed"));
        QVERIFY(other.complete && other.iterations.size() == 5);
        // One that is whole already has more than what was read of it once.
        runs.complete(whole(1, "late"));
        QCOMPARE(runs.all().front().iterations.size(), std::size_t{ 5 });
    }

    void a_run_that_others_write_grows_or_is_written_anew()
    {
        const RunHistory running = known(RunState::running, 3, 30);
        QVERIFY(change(running, RunState::running, 3, 30) == RunChange::none);
        QVERIFY(change(running, RunState::running, 4, 30) == RunChange::news);
        QVERIFY(change(running, RunState::running, 3, 35) == RunChange::news);
        QVERIFY(change(running, RunState::finished, 3, 30) == RunChange::news);
        QVERIFY(change(running, RunState::running, 2, 40) == RunChange::written_anew);
        QVERIFY(change(running, RunState::running, 4, 20) == RunChange::written_anew);
        // It had ended: it went on from a checkpoint, however far it is by now.
        const RunHistory stopped = known(RunState::stopped, 3, 30);
        QVERIFY(change(stopped, RunState::stopped, 3, 30) == RunChange::none);
        QVERIFY(change(stopped, RunState::running, 3, 30) == RunChange::news);
        QVERIFY(change(stopped, RunState::running, 5, 50) == RunChange::written_anew);
    }
};

CIRCUITLOOM_UI_TEST(TestRunHistories, Application::none)
#include "tst_run_histories.moc"
