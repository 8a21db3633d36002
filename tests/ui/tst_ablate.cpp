#include "ui/ablate/ablate_panel.h"

#include "core/graph/named_edges.h"
#include "tests/support/fake_panel_context.h"
#include "tests/support/ui_test.h"
#include "ui/ablate/ablation_lists.h"

#include <QInputDialog>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QtTest>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakePanelContext;

namespace {

/// A window that shows iteration 3 of a run with two suites.
void show_run(FakePanelContext& context)
{
    context.history.emplace();
    RunConfig& config = context.history->config;
    config.task = "demo/disagreement";
    config.seed = 7;
    config.capabilities = { { "facts", "demo/facts" }, { "he/she", "demo/pronouns" } };
    context.go_to(3);
    context.shown->graph = std::make_shared<ComputationalGraph>(
        GraphShape{ 4, 8, 8, 512 }, GraphOptions{ GraphKind::full, 32 });
}

GraphChoice named(const FakePanelContext& context, const std::vector<std::string>& names)
{
    return choice_named(*context.shown->graph, names);
}

const AblationQuestion& asked(const FakePanelContext& context)
{
    return std::get<AblationQuestion>(context.open.at(QStringLiteral("ablate")).question);
}

AblationAnswer some_answer()
{
    AblationAnswer answer;
    answer.model = { "x.loom:1@3", 6 };
    answer.edges = 1701;
    answer.ablated = 12;
    answer.figures = { { "task", "logit-diff", 2.0, 0.5, 50, { 1.5, 2.5 } },
        { "demo/facts", "accuracy", 0.9, 0.8, 40, { 0.9, 0.9 } } };
    answer.expected = FirstOrderEffect{ 1.25, 4, 8 };
    return answer;
}

} // namespace

class TestAblate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_have_signs_and_the_suites_names()
    {
        FakePanelContext context;
        show_run(context);
        AblationAnswer answer = some_answer();
        answer.figures.push_back({ "task", "accuracy", 0.9, 0.8, 40, {} });
        const std::vector<AblationRow> rows = ablation_rows(answer, *context.history);
        QCOMPARE(rows.size(), 3U);
        // As every table calls it: of the task it is no accuracy of a suite.
        QCOMPARE(rows[2].measured, QStringLiteral("task\nPrefers the target"));
        QCOMPARE(rows[0].measured, QStringLiteral("task\nLogit difference"));
        QCOMPARE(rows[0].whole, QStringLiteral("2.00"));
        QCOMPARE(rows[0].without, QStringLiteral("0.50"));
        QCOMPARE(rows[0].change, QStringLiteral("−1.50"));
        // Changes of −0.5 and 0.5: mean 0, deviation √0.5.
        QVERIFY(rows[0].random.contains(QStringLiteral("0.00 ± 0.71")));
        QCOMPARE(rows[0].items, QStringLiteral("50"));
        QVERIFY(rows[1].measured.startsWith(QStringLiteral("facts")));
        QVERIFY(rows[1].change.startsWith(QStringLiteral("−10")));
    }

    void the_expectation_says_what_has_no_score()
    {
        AblationAnswer answer = some_answer();
        QString sentence = expectation(answer);
        QVERIFY(sentence.contains(QStringLiteral("0.75 (−1.25)")));
        QVERIFY(sentence.contains(QStringLiteral("4 of the 12")));
        QVERIFY(sentence.contains(QStringLiteral("other 8")));
        answer.expected->unscored = 0;
        QVERIFY(expectation(answer).contains(QStringLiteral("All 4 edges")));
        answer.expected.reset();
        QVERIFY(!expectation(answer).contains(QStringLiteral("0.75")));
    }

    void asks_as_the_run_discovers_and_the_newest_wish_wins()
    {
        FakePanelContext context;
        show_run(context);
        context.history->config.discovery.baseline = Baseline::zero;
        context.history->config.discovery.metric = MetricKind::prob_diff;
        AblatePanel panel(context);
        auto* state = panel.findChild<QLabel*>(QStringLiteral("ablateState"));
        panel.show();
        QTRY_VERIFY(state->text().contains(QStringLiteral("Nothing is switched off")));
        QCOMPARE(context.asked, 0);
        context.switch_off(named(context, { "a1.h3", "m0.g1->logits" }));
        QTRY_COMPARE(context.asked, 1);
        QCOMPARE(asked(context).names, (std::vector<std::string>{ "a1.h3", "m0.g1->logits" }));
        QCOMPARE(asked(context).suites,
            (std::vector<std::string>{ "demo/facts", "demo/pronouns" }));
        QVERIFY(asked(context).metric == MetricKind::prob_diff);
        QVERIFY(asked(context).baseline == Baseline::zero);
        QVERIFY(asked(context).positions == ScoredPositions::target);
        QCOMPARE(asked(context).seed, std::uint64_t{ 7 });
        QVERIFY(!asked(context).keep_only);
        context.go_to(4);
        QTRY_COMPARE(context.asked, 2);
        QCOMPARE(context.open.size(), 1U);
        QCOMPARE(std::get<RunMoment>(asked(context).model).number, 4);
        panel.findChild<QSpinBox*>(QStringLiteral("ablateDraws"))->setValue(2);
        QTRY_COMPARE(context.asked, 3);
        QCOMPARE(asked(context).random_draws, 2);
        context.answer(QStringLiteral("ablate"), some_answer());
        const auto* of = panel.findChild<QLabel*>(QStringLiteral("ablateOf"));
        QVERIFY(of->text().contains(QStringLiteral("iteration 4, after step 6")));
        QVERIFY(of->text().contains(QStringLiteral("12 of 1701")));
        const auto* figures = panel.findChild<QTableWidget*>(QStringLiteral("ablateFigures"));
        QCOMPARE(figures->rowCount(), 2);
        QVERIFY(figures->isEnabled());
        // Until the next answer they say what they are of, and that they are not of what is shown.
        context.go_to(5);
        QTRY_COMPARE(context.asked, 4);
        QVERIFY(of->isVisible() && of->text().contains(QStringLiteral("iteration 4")));
        QVERIFY(!figures->isEnabled());
        context.answer(QStringLiteral("ablate"), some_answer());
        QVERIFY(of->text().contains(QStringLiteral("iteration 5")));
        QVERIFY(figures->isEnabled());
    }

    void a_corrupted_baseline_leaves_the_suites_out()
    {
        FakePanelContext context;
        show_run(context);
        context.history->config.discovery.baseline = Baseline::corrupted;
        const auto question = ablation_question(*context.history, *context.shown, { "m0" }, {});
        QVERIFY(question && question->suites.empty());
        context.history->config.task.clear();
        QVERIFY(!ablation_question(*context.history, *context.shown, { "m0" }, {}));
    }

    void what_is_left_out_is_said_with_its_reason()
    {
        FakePanelContext context;
        show_run(context);
        context.history->config.discovery.baseline = Baseline::corrupted;
        AblatePanel panel(context);
        panel.show();
        context.switch_off(named(context, { "a1.h3" }));
        QTRY_COMPARE(context.asked, 1);
        AblationAnswer answer = some_answer();
        answer.expected.reset();
        answer.notes = { "The run's scores say nothing to expect: <they> are of another metric." };
        context.answer(QStringLiteral("ablate"), answer);
        const auto* remarks = panel.findChild<QLabel*>(QStringLiteral("ablateRemarks"));
        QVERIFY(remarks->isVisible());
        QVERIFY(remarks->text().contains(QStringLiteral("<they> are of another metric.")));
        QCOMPARE(remarks->textFormat(), Qt::PlainText);
        const QString left_out
            = QStringLiteral("Suites are left out: they have no corrupted prompts.");
        QVERIFY(remarks->text().contains(left_out));
        // Of a run without suites nothing is left out.
        context.history->config.capabilities.clear();
        QVERIFY(!ablation_remarks(answer, *context.history).contains(left_out));
        answer.notes.clear();
        QVERIFY(ablation_remarks(answer, *context.history).isEmpty());
    }

    void it_can_be_stopped()
    {
        FakePanelContext context;
        show_run(context);
        AblatePanel panel(context);
        panel.show();
        context.switch_off(named(context, { "a1.h3" }));
        QTRY_COMPARE(context.asked, 1);
        auto* stop = panel.findChild<QPushButton*>(QStringLiteral("ablateStop"));
        QVERIFY(stop->isVisible());
        stop->click();
        QVERIFY(context.open.empty());
        QVERIFY(!stop->isVisible());
    }

    void what_has_no_answer_can_be_asked_again()
    {
        FakePanelContext context;
        show_run(context);
        AblatePanel panel(context);
        panel.show();
        context.switch_off(named(context, { "a1.h3" }));
        QTRY_COMPARE(context.asked, 1);
        auto* state = panel.findChild<QLabel*>(QStringLiteral("ablateState"));
        const auto ask_again = [state] {
            QVERIFY2(state->text().contains(QStringLiteral("Ask again")), qPrintable(state->text()));
            Q_EMIT state->linkActivated(QString());
        };
        context.fail(QStringLiteral("ablate"), QStringLiteral("The database is locked."));
        QVERIFY(state->text().contains(QStringLiteral("The database is locked.")));
        ask_again();
        QCOMPARE(context.asked, 2);
        panel.findChild<QPushButton*>(QStringLiteral("ablateStop"))->click();
        ask_again();
        QCOMPARE(context.asked, 3);
        context.answer(QStringLiteral("ablate"), some_answer());
        QVERIFY(!state->isVisible());
        QVERIFY(panel.findChild<QTableWidget*>(QStringLiteral("ablateFigures"))->isVisible());
    }

    void the_list_takes_things_out_again()
    {
        FakePanelContext context;
        show_run(context);
        AblatePanel panel(context);
        panel.show();
        context.switch_off(named(context, { "a1.h3", "a2.h0<q>", "m0.g1->logits" }));
        auto* list = panel.findChild<QListWidget*>(QStringLiteral("ablateList"));
        QCOMPARE(list->count(), 3);
        list->item(0)->setSelected(true);
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(list->count(), 2);
        QVERIFY(context.off == named(context, { "a2.h0<q>", "m0.g1->logits" }));
        panel.findChild<QPushButton*>(QStringLiteral("ablateClear"))->click();
        QVERIFY(context.off.empty());
        QCOMPARE(list->count(), 0);
    }

    void lists_are_kept_by_name_and_chosen_again()
    {
        FakePanelContext context;
        show_run(context);
        AblationLists lists(context);
        const GraphChoice off = named(context, { "a1.h3", "m0.g1->logits" });
        context.switch_off(off);
        lists.keep(QStringLiteral("  agreement "));
        context.switch_off(named(context, { "a0.h0" }));
        lists.keep(QStringLiteral("other"));
        QCOMPARE(context.ablations().size(), 2U);
        QCOMPARE(context.ablations()[0].name, QStringLiteral("agreement"));
        Q_EMIT lists.menu()->aboutToShow();
        QAction* first = lists.menu()->actions().at(2);
        QVERIFY(first->text().contains(QStringLiteral("agreement")));
        first->trigger();
        QVERIFY(context.off == off);
        // The same name is replaced where the user says so, and a list can be dropped.
        lists.keep(QStringLiteral("other"));
        QVERIFY(context.ablations()[1].names != context.ablations()[0].names);
        lists.findChild<QPushButton*>(QStringLiteral("yes"))->click();
        QCOMPARE(context.ablations().size(), 2U);
        QCOMPARE(context.ablations()[1].names, context.ablations()[0].names);
        Q_EMIT lists.menu()->aboutToShow();
        lists.menu()->actions().last()->menu()->actions().first()->trigger();
        QCOMPARE(context.ablations().size(), 1U);
        QCOMPARE(context.ablations()[0].name, QStringLiteral("other"));
    }

    void a_list_is_offered_a_name_that_no_other_has()
    {
        FakePanelContext context;
        show_run(context);
        context.switch_off(named(context, { "a0.h0" }));
        context.set_ablations({ { QStringLiteral("list 2"), { "a1.h3" } },
            { QStringLiteral("agreement"), { "a1.h3" } } });
        AblationLists lists(context);
        Q_EMIT lists.menu()->aboutToShow();
        lists.menu()->actions().first()->trigger();
        auto* dialog = lists.findChild<QInputDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->textValue(), QStringLiteral("list 1"));
        dialog->accept();
        QCOMPARE(context.ablations().size(), 3U);
        lists.menu()->clear();
        Q_EMIT lists.menu()->aboutToShow();
        lists.menu()->actions().first()->trigger();
        QCOMPARE(lists.findChildren<QInputDialog*>().last()->textValue(), QStringLiteral("list 3"));
    }
};

CIRCUITLOOM_UI_TEST(TestAblate, Application::widgets)
#include "tst_ablate.moc"
