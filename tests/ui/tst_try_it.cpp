#include "ui/tryit/try_it_panel.h"

#include "tests/support/fake_panel_context.h"
#include "tests/support/ui_test.h"
#include "ui/curves/plot_widget.h"
#include "ui/panels/coarse_to_fine.h"
#include "ui/tryit/run_course.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakePanelContext;

namespace {

/// An answer over a vocabulary of these words; the likeliest and candidates as asked for.
NextTokenAnswer answer_of(const std::vector<std::string>& words, const std::vector<double>& chances,
    int likeliest, const std::vector<std::string>& candidates = {})
{
    NextTokenAnswer answer;
    const auto chance = [&](std::size_t i) {
        return TokenChance{ static_cast<std::int32_t>(i), words[i], std::log(chances[i]) };
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        answer.log_probabilities.push_back(std::log(chances[i]));
        answer.likeliest.push_back(chance(i));
    }
    std::ranges::stable_sort(answer.likeliest, std::greater{}, &TokenChance::log_probability);
    answer.likeliest.resize(
        std::min(answer.likeliest.size(), static_cast<std::size_t>(likeliest)));
    for (const std::string& candidate : candidates)
        answer.candidates.push_back(chance(static_cast<std::size_t>(
            std::ranges::find(words, candidate) - words.begin())));
    return answer;
}

/// Answers every question that is open with these probabilities of " is" and " are"; where the
/// circuit alone is asked, the other way round.
void answer_all(FakePanelContext& context, double is, double are)
{
    for (auto& [asker, asked_for] : std::exchange(context.open, {})) {
        const auto& question = std::get<NextTokenQuestion>(asked_for.question);
        const auto& moment = std::get<RunMoment>(question.model);
        NextTokenAnswer answer = answer_of({ " is", " are" },
            question.circuit ? std::vector{ are, is } : std::vector{ is, are },
            question.likeliest, question.candidates);
        answer.model.step = moment.kind == RunMoment::Kind::start ? 0 : 2 * moment.number;
        answer.continued = question.text + " here";
        asked_for.handlers.answered(answer);
    }
}

const NextTokenQuestion& first_question(const FakePanelContext& context)
{
    return std::get<NextTokenQuestion>(context.open.begin()->second.question);
}

/// A run with so many iterations, two steps apart, of the demo's model and task.
void show_run(FakePanelContext& context, int iterations)
{
    context.history.emplace();
    context.history->summary.description.model = "demo";
    context.history->config.task = "demo/disagreement";
    for (int i = 0; i < iterations; ++i) {
        IterationRecord record;
        record.index = IterationIndex{ i };
        record.step = 2 * i;
        record.edges = 30;
        context.history->iterations.push_back(record);
    }
}

} // namespace

class TestTryIt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_are_the_likeliest_of_any_with_target_and_alternative()
    {
        AskedAnswers answers;
        const std::vector<std::string> words{ "a", "b", "c", "d", "e" };
        answers[0] = answer_of(words, { 0.1, 0.6, 0.2, 0.06, 0.04 }, 2, { "e", "b" });
        answers[1] = answer_of(words, { 0.7, 0.1, 0.05, 0.05, 0.1 }, 2, { "e", "b" });
        answers[2] = answer_of(words, { 0.2, 0.2, 0.2, 0.35, 0.05 }, 2, { "e", "b" });
        const std::vector<NextWord> shown = next_words(answers, 2);
        QCOMPARE(shown.size(), 3U);
        QCOMPARE(shown[0].word, QStringLiteral("b"));
        QVERIFY(shown[0].mark == NextWord::Mark::alternative);
        QCOMPARE(shown[1].word, QStringLiteral("a"));
        QVERIFY(std::abs(*shown[1].chances[1] - 0.7) < 1e-9);
        QVERIFY(std::abs(*shown[1].chances[2] - 0.2) < 1e-9);
        QCOMPARE(shown[2].word, QStringLiteral("e"));
        QVERIFY(shown[2].mark == NextWord::Mark::target);
        // Only one has answered.
        answers[0].reset();
        answers[2].reset();
        const std::vector<NextWord> start = next_words(answers, 1);
        QCOMPARE(start.front().word, QStringLiteral("a"));
        QVERIFY(!start.front().chances[0]);
    }

    void chances_are_written_as_finely_as_they_need()
    {
        QCOMPARE(chance_text(0.5), QStringLiteral("50 %"));
        QCOMPARE(chance_text(0.0123), QStringLiteral("1.2 %"));
        QCOMPARE(chance_text(0.00123), QStringLiteral("0.12 %"));
        QCOMPARE(chance_text(1e-7), QStringLiteral("<0.01 %"));
        QCOMPARE(chance_text(0), QStringLiteral("0.00 %"));
    }

    void asks_for_now_and_the_start_and_follows_the_timeline()
    {
        FakePanelContext context;
        TryItPanel panel(context);
        auto* state = panel.findChild<QLabel*>(QStringLiteral("tryItState"));
        auto* bars = panel.findChild<NextWordBars*>(QStringLiteral("tryItBars"));
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.set_text(QStringLiteral("the keys"));
        QTRY_VERIFY(!state->text().isEmpty()); // nothing is open
        QCOMPARE(context.asked, 0);

        context.go_to(3);
        QTRY_COMPARE(context.open.size(), 2U);
        QCOMPARE(first_question(context).text, "the keys");
        answer_all(context, 0.25, 0.75);
        QCOMPARE(bars->words().size(), 2U);
        QCOMPARE(bars->words()[0].word, QStringLiteral(" are"));
        QVERIFY(state->text().contains(QStringLiteral("step 6")));
        QVERIFY(panel.findChild<QLabel*>(QStringLiteral("tryItContinuations"))
                    ->text()
                    .contains(QStringLiteral("… here")));

        // Until an answer comes the figures are said to be of the iteration that they are of.
        context.go_to(7);
        QTRY_COMPARE(context.open.size(), 1U);
        QVERIFY(state->text().contains(QStringLiteral("iteration 3, after step 6")));
        context.open.begin()->second.handlers.progressed(QStringLiteral("rebuilding"), 1, 9);
        QVERIFY(state->text().contains(QStringLiteral("iteration 3, after step 6")));
        QVERIFY(state->text().contains(QStringLiteral("rebuilding (1 of 9)")));
        answer_all(context, 0.25, 0.75);
        QVERIFY(state->text().contains(QStringLiteral("iteration 7, after step 14")));

        // The start stays what it is; only the newest place is asked about.
        context.go_to(4);
        context.go_to(5);
        QTRY_COMPARE(context.open.size(), 1U);
        QCOMPARE(std::get<RunMoment>(first_question(context).model).number, 5);
        answer_all(context, 0.9, 0.1);
        QCOMPARE(bars->words()[0].word, QStringLiteral(" is"));
        QVERIFY(std::abs(*bars->words()[0].chances[1] - 0.25) < 1e-9);
        QVERIFY(state->text().contains(QStringLiteral("step 10")));

        // Another sentence is asked of both; the old one's figures are dimmed.
        QVERIFY(bars->isEnabled());
        panel.set_text(QStringLiteral("the key"));
        QTRY_COMPARE(context.open.size(), 2U);
        QVERIFY(!bars->isEnabled());
        // What goes wrong is said where the figures stand.
        context.open.begin()->second.handlers.failed(QStringLiteral("There is no such model."));
        QCOMPARE(state->text(), QStringLiteral("There is no such model."));
    }

    void the_circuit_alone_is_asked_as_the_run_discovers()
    {
        FakePanelContext context;
        show_run(context, 8);
        context.history->config.discovery.baseline = Baseline::zero;
        TryItPanel panel(context);
        panel.set_text(QStringLiteral("the keys"));
        panel.show();
        context.go_to(3);
        QTRY_COMPARE(context.open.size(), 3U);
        const auto question = [&] {
            return std::get<NextTokenQuestion>(
                context.open.at(QStringLiteral("try it, the circuit alone")).question);
        };
        QVERIFY(question().circuit.has_value());
        QCOMPARE(question().circuit->task, "demo/disagreement");
        QVERIFY(question().circuit->baseline == Baseline::zero);
        QVERIFY(question().circuit->iteration == std::get<RunMoment>(question().model));
        answer_all(context, 0.25, 0.75);
        auto* bars = panel.findChild<NextWordBars*>(QStringLiteral("tryItBars"));
        QVERIFY(std::abs(*bars->words()[0].chances[0] - 0.75) < 1e-9);
        QVERIFY(std::abs(*bars->words()[0].chances[2] - 0.25) < 1e-9);
        auto* state = panel.findChild<QLabel*>(QStringLiteral("tryItState"));
        QVERIFY(state->text().contains(QStringLiteral("30 edges")));
        // Of two iterations figures never stand side by side.
        context.go_to(6);
        QTRY_COMPARE(context.open.size(), 2U);
        NextTokenAnswer answer = answer_of({ " is", " are" }, { 0.5, 0.5 }, 2);
        answer.model.step = 12;
        context.answer(QStringLiteral("try it, now"), answer);
        QVERIFY(state->text().contains(QStringLiteral("iteration 6")));
        QVERIFY(!bars->words()[0].chances[2]);
        answer_all(context, 0.25, 0.75);
        QVERIFY(bars->words()[0].chances[2].has_value());
        // No text has a corrupted prompt.
        context.history->config.discovery.baseline = Baseline::corrupted;
        context.go_to(4);
        QTRY_COMPARE(context.open.size(), 2U);
        QVERIFY(question().circuit->baseline == Baseline::mean);
        // A full fine-tuning has no circuit.
        context.history->iterations[5].edges = 0;
        answer_all(context, 0.25, 0.75);
        context.go_to(5);
        QTRY_COMPARE(context.open.size(), 1U);
        answer_all(context, 0.25, 0.75);
        QVERIFY(!bars->words()[0].chances[2]);
    }

    void the_tasks_examples_are_one_click_away()
    {
        FakePanelContext context;
        show_run(context, 4);
        TryItPanel panel(context);
        panel.show();
        context.go_to(2);
        auto* button = panel.findChild<QToolButton*>(QStringLiteral("tryItExamples"));
        QTRY_VERIFY(button->isEnabled());
        QCOMPARE(button->menu()->actions().size(), 20);
        button->menu()->actions().at(3)->trigger();
        const std::vector<TaskSentence> expected
            = task_sentences("demo", "demo/disagreement", 128, 20);
        QCOMPARE(context.sentence(), expected[3].text);
        QTRY_COMPARE(context.open.size(), 3U);
        const NextTokenQuestion& question = first_question(context);
        QCOMPARE(question.candidates,
            (std::vector{ expected[3].target.toStdString(),
                expected[3].alternative.toStdString() }));
        QVERIFY(expected[3].target != expected[3].alternative);
        // A sentence that is an example's brings its target along, as after opening a file.
        auto* target = panel.findChild<QLineEdit*>(QStringLiteral("tryItTarget"));
        target->clear();
        context.set_sentence(expected[5].text);
        QCOMPARE(target->text(), expected[5].target);
    }

    void a_target_that_the_engine_refuses_is_said_beside_the_rest()
    {
        FakePanelContext context;
        TryItPanel panel(context);
        panel.choose({ QStringLiteral("the key"), QStringLiteral("s"), {} });
        panel.show();
        context.go_to(1);
        QTRY_COMPARE(context.open.size(), 2U);
        const auto refused = context.open.begin()->second.handlers;
        refused.failed(QStringLiteral("The tokenizer joins them."));
        QCOMPARE(context.open.size(), 2U);
        QVERIFY(first_question(context).candidates.empty());
        answer_all(context, 0.4, 0.6);
        auto* state = panel.findChild<QLabel*>(QStringLiteral("tryItState"));
        QVERIFY(state->text().contains(QStringLiteral("joins")));
        QCOMPARE(
            panel.findChild<NextWordBars*>(QStringLiteral("tryItBars"))->words().size(), 2U);
    }

    void a_word_is_asked_with_the_space_before_it()
    {
        QCOMPARE(word_after(QStringLiteral("the key "), QStringLiteral("is")), QStringLiteral("is"));
        QCOMPARE(word_after(QStringLiteral("the key"), QStringLiteral(" is")), QStringLiteral(" is"));
        QCOMPARE(word_after(QStringLiteral("the key"), QStringLiteral(".")), QStringLiteral("."));
        FakePanelContext context;
        TryItPanel panel(context);
        panel.choose({ QStringLiteral("the key"), QStringLiteral("is"), QStringLiteral(" are") });
        panel.show();
        context.go_to(1);
        QTRY_COMPARE(context.open.size(), 2U);
        QCOMPARE(first_question(context).candidates, (std::vector<std::string>{ " is", " are" }));
        answer_all(context, 0.4, 0.6);
        const QString state = panel.findChild<QLabel*>(QStringLiteral("tryItState"))->text();
        QVERIFY2(state.contains(QStringLiteral("“ is”")), qPrintable(state));
        QVERIFY(!state.contains(QStringLiteral("“ are”")));
    }

    void a_run_that_has_its_first_circuit_is_not_said_to_have_none()
    {
        FakePanelContext context;
        show_run(context, 1);
        TryItPanel panel(context);
        panel.set_text(QStringLiteral("the keys"));
        panel.show();
        auto* state = panel.findChild<QLabel*>(QStringLiteral("tryItState"));
        QTRY_VERIFY(state->text().contains(QStringLiteral("no circuit yet")));
        context.go_to(0); // while the engine trains its answer may be long in coming
        QTRY_VERIFY(!context.open.empty());
        QVERIFY2(!state->text().contains(QStringLiteral("no circuit")), qPrintable(state->text()));
        QVERIFY(!state->text().isEmpty());
    }

    void return_scrolls_to_the_answer()
    {
        FakePanelContext context;
        TryItPanel panel(context);
        panel.resize(290, 130);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* text = panel.findChild<QLineEdit*>(QStringLiteral("tryItText"));
        auto* bars = panel.findChild<NextWordBars*>(QStringLiteral("tryItBars"));
        text->setFocus();
        text->setText(QStringLiteral("the keys"));
        context.go_to(2);
        QTRY_COMPARE(context.open.size(), 2U);
        answer_all(context, 0.4, 0.6);
        QCoreApplication::processEvents();
        QVERIFY(bars->visibleRegion().boundingRect().height() < 60);
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_VERIFY(bars->visibleRegion().boundingRect().height() >= 60);
    }

    void iterations_come_coarse_to_fine()
    {
        QVERIFY(coarse_to_fine(0).empty());
        QCOMPARE(coarse_to_fine(1), std::vector{ 0 });
        for (const int count : { 2, 3, 9, 64, 101 }) {
            const std::vector<int> order = coarse_to_fine(count);
            QCOMPARE(std::set<int>(order.begin(), order.end()).size(),
                static_cast<std::size_t>(count));
            QCOMPARE(order.size(), static_cast<std::size_t>(count));
            // Both ends come first; whenever there are twice as many, no gap is wider than the
            // power of two that is then the step.
            if (count > 1)
                QCOMPARE((std::set<int>{ order[0], order[1] }), (std::set<int>{ 0, count - 1 }));
            for (int step = 1; step <= count; step *= 2) {
                const auto coarse = static_cast<std::size_t>((count - 1) / step + 2);
                std::set<int> known(order.begin(),
                    order.begin() + static_cast<std::ptrdiff_t>(std::min(coarse, order.size())));
                int last = 0;
                for (const int number : known) {
                    QVERIFY2(number - last <= step,
                        qPrintable(QStringLiteral("%1 of %2").arg(number).arg(count)));
                    last = number;
                }
                QCOMPARE(last, count - 1);
            }
        }
    }

    void the_course_over_the_run_is_asked_one_by_one_and_stops()
    {
        FakePanelContext context;
        show_run(context, 5);
        RunCourse course(context);
        course.show();
        context.go_to(1);
        auto* button = course.findChild<QPushButton*>(QStringLiteral("tryItCourse"));
        QVERIFY(!button->isEnabled()); // no target
        course.set_subject({ QStringLiteral("the keys"), QStringLiteral(" are"),
            QStringLiteral(" is") });
        QVERIFY(button->isEnabled());
        button->click();
        auto* plot = course.findChild<PlotWidget*>();
        for (const int iteration : { 0, 4 }) {
            QCOMPARE(context.open.size(), 1U);
            QCOMPARE(std::get<RunMoment>(first_question(context).model).number, iteration);
            answer_all(context, 0.2 + 0.1 * iteration, 0.5);
        }
        QCOMPARE(plot->content().lines.size(), 2U);
        QCOMPARE(plot->content().lines[0].points.size(), 2U);
        QVERIFY(std::abs(plot->content().lines[0].points[1].value - 0.5) < 1e-9);
        QVERIFY(std::abs(plot->content().lines[1].points[1].value - 0.6) < 1e-9);
        QCOMPARE(plot->content().lines[1].points[1].step, 8.0);
        QVERIFY(course.running());
        button->click();
        QVERIFY(!course.running());
        QVERIFY(context.open.empty());
        // Going on asks for what is missing alone.
        button->click();
        QCOMPARE(std::get<RunMoment>(first_question(context).model).number, 2);
        while (!context.open.empty())
            answer_all(context, 0.2, 0.5);
        QVERIFY(!course.running());
        QCOMPARE(plot->content().lines[0].points.size(), 5U);
        // A click goes to the nearest iteration.
        Q_EMIT plot->step_requested(5.2);
        QCOMPARE(context.shown->iteration, 3);
        // Another sentence has another curve.
        course.set_subject({ QStringLiteral("the key"), QStringLiteral(" is"), {} });
        QVERIFY(plot->content().lines.empty());
    }

    void a_course_that_fails_says_why()
    {
        FakePanelContext context;
        show_run(context, 3);
        RunCourse course(context);
        course.show();
        context.go_to(1);
        course.set_subject({ QStringLiteral("the keys"), QStringLiteral(" are"), {} });
        course.findChild<QPushButton*>()->click();
        const auto handlers = context.open.begin()->second.handlers;
        handlers.failed(QStringLiteral("The model is gone."));
        QVERIFY(!course.running());
        QCOMPARE(course.findChild<QLabel*>(QStringLiteral("tryItCourseState"))->text(),
            QStringLiteral("The model is gone."));
    }

    void a_hidden_panel_asks_nothing()
    {
        FakePanelContext context;
        TryItPanel panel(context);
        panel.set_text(QStringLiteral("the keys"));
        context.go_to(3);
        auto* edit = panel.findChild<QLineEdit*>(QStringLiteral("tryItText"));
        QCOMPARE(edit->text(), QStringLiteral("the keys"));
        panel.show();
        QTRY_COMPARE(context.asked, 2); // from showing it alone
    }

    void the_sentence_is_that_of_all_panels()
    {
        FakePanelContext context;
        context.set_sentence(QStringLiteral("the cat"));
        TryItPanel panel(context);
        auto* edit = panel.findChild<QLineEdit*>(QStringLiteral("tryItText"));
        QCOMPARE(edit->text(), QStringLiteral("the cat"));
        edit->setText(QStringLiteral("the cats"));
        QCOMPARE(context.sentence(), QStringLiteral("the cats"));
        context.set_sentence(QStringLiteral("the dog"));
        QCOMPARE(edit->text(), QStringLiteral("the dog"));
    }

    void the_words_that_may_follow_are_kept_with_the_sentence()
    {
        FakePanelContext context;
        context.set_candidates({ QStringLiteral("barks"), QStringLiteral("bark") });
        context.set_sentence(QStringLiteral("the dog"));
        TryItPanel panel(context);
        auto* target = panel.findChild<QLineEdit*>(QStringLiteral("tryItTarget"));
        auto* alternative = panel.findChild<QLineEdit*>(QStringLiteral("tryItAlternative"));
        QCOMPARE(target->text(), QStringLiteral("barks"));
        QCOMPARE(alternative->text(), QStringLiteral("bark"));
        target->setText(QStringLiteral("runs"));
        QCOMPARE(context.candidates(),
            (CandidateWords{ QStringLiteral("runs"), QStringLiteral("bark") }));
        // Those of another file take the place of both, at once.
        QStringList told;
        connect(&context, &PanelContext::candidates_changed, this, [&] {
            told << context.candidates().target + u'/' + context.candidates().alternative;
        });
        context.set_candidates({ QStringLiteral("is"), QStringLiteral("are") });
        QCOMPARE(target->text(), QStringLiteral("is"));
        QCOMPARE(alternative->text(), QStringLiteral("are"));
        QCOMPARE(context.candidates(),
            (CandidateWords{ QStringLiteral("is"), QStringLiteral("are") }));
        QCOMPARE(told, QStringList{ QStringLiteral("is/are") });
    }
};

CIRCUITLOOM_UI_TEST(TestTryIt, Application::widgets)
#include "tst_try_it.moc"
