// Which circuits stand beside the one that the window shows, as runs come and go.
#include "tests/support/ui_test.h"
#include "ui/difference/compared_choice.h"

#include <QTest>

#include <optional>
#include <vector>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

using Choice = std::vector<ComparedWith>;

/// A file with runs of these numbers, of which the window shows one.
ComparedCircuits file_with(const std::vector<int>& runs, int shown)
{
    ComparedCircuits found;
    found.wish.shown = RunId{ shown };
    for (const int run : runs) {
        RunSummary& summary = found.runs.emplace_back();
        summary.id = RunId{ run };
        summary.iterations = 3;
    }
    return found;
}

ComparedWith by_step_of(int run)
{
    return { RunId{ run }, Alignment::step, std::nullopt };
}

ComparedWith by_loss_of(int run)
{
    return { RunId{ run }, Alignment::loss, std::nullopt };
}

} // namespace

class TestComparedChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void one_more_is_of_a_run_that_stands_nowhere_yet()
    {
        ComparedCircuits found = file_with({ 1, 2, 3 }, 2);
        QVERIFY(one_more(found, {}) == by_step_of(3));
        // It is aligned as the one before it is.
        QVERIFY(one_more(found, { by_loss_of(3) }) == by_loss_of(1));
        found.runs[0].iterations = 0; // it has no circuit
        const ComparedWith first_of_shown{ RunId{ 2 }, Alignment::step, 0 };
        QVERIFY(one_more(found, { by_loss_of(3) }) == first_of_shown);
        QVERIFY(one_more(file_with({ 2 }, 2), {}) == first_of_shown);
    }

    void what_is_in_the_file_stays()
    {
        const Choice chosen{ by_loss_of(3), { RunId{ 2 }, Alignment::step, 7 }, by_step_of(2) };
        QVERIFY(still_there(chosen, file_with({ 1, 2, 3 }, 1), RunId{ 1 }) == chosen);
        QVERIFY(still_there(chosen, file_with({ 1, 2, 3 }, 1), std::nullopt) == chosen);
    }

    void a_run_that_the_window_shows_now_changes_places()
    {
        const Choice chosen{ by_loss_of(2), by_step_of(3) };
        const ComparedCircuits found = file_with({ 1, 2, 3 }, 2);
        QVERIFY(still_there(chosen, found, RunId{ 1 }) == Choice({ by_loss_of(1), by_step_of(3) }));
        QVERIFY(still_there(chosen, found, std::nullopt) == chosen);
        // The run that was shown before is not there any more.
        QVERIFY(still_there(chosen, file_with({ 2, 3 }, 2), RunId{ 1 }) == chosen);
    }

    void in_place_of_a_run_that_went_another_one_comes()
    {
        const Choice chosen{ by_loss_of(4), by_step_of(4) };
        QVERIFY(still_there(chosen, file_with({ 1, 2, 3 }, 1), RunId{ 1 })
            == Choice({ by_step_of(3), by_step_of(2) }));
    }
};

CIRCUITLOOM_UI_TEST(TestComparedChoice, Application::none)
#include "tst_compared_choice.moc"
