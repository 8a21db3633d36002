#include "ui/tryit/try_it_panel.h"

#include "tests/support/fake_panel_context.h"
#include "tests/support/ui_test.h"

#include <QLabel>
#include <QLineEdit>
#include <QtTest>

#include <cmath>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakePanelContext;

namespace {

/// Answers every question that is open with these probabilities of "is" and "are".
void answer_all(FakePanelContext& context, double is, double are)
{
    for (auto& [asker, asked_for] : std::exchange(context.open, {})) {
        const auto& moment
            = std::get<RunMoment>(std::get<NextTokenQuestion>(asked_for.question).model);
        NextTokenAnswer answer;
        answer.model.step = moment.kind == RunMoment::Kind::start ? 0 : 2 * moment.number;
        answer.vocabulary = { " is", " are" };
        answer.log_probabilities = { std::log(is), std::log(are) };
        asked_for.handlers.answered(answer);
    }
}

const NextTokenQuestion& first_question(const FakePanelContext& context)
{
    return std::get<NextTokenQuestion>(context.open.begin()->second.question);
}

} // namespace

class TestTryIt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_are_the_likeliest_of_either()
    {
        const std::vector<NextWord> words
            = likeliest_words({ { QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"),
                                    QStringLiteral("d") },
                                  { 0.1, 0.6, 0.25, 0.05 }, { 0.7, 0.1, 0.05, 0.15 } },
                3);
        QCOMPARE(words.size(), 3U);
        QCOMPARE(words[0], (NextWord{ QStringLiteral("b"), 0.6, 0.1 }));
        QCOMPARE(words[1], (NextWord{ QStringLiteral("c"), 0.25, 0.05 }));
        QCOMPARE(words[2], (NextWord{ QStringLiteral("a"), 0.1, 0.7 }));
        // Only one of the two is known.
        const std::vector<NextWord> half
            = likeliest_words({ { QStringLiteral("a") }, { 1.0 }, {} }, 3);
        QCOMPARE(half[0], (NextWord{ QStringLiteral("a"), 1.0, std::nullopt }));
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
        QCOMPARE(bars->words()[0].word, QStringLiteral("are"));
        QVERIFY(state->text().contains(QStringLiteral("step 6")));

        // The start stays what it is; only the newest place is asked about.
        context.go_to(4);
        context.go_to(5);
        QTRY_COMPARE(context.open.size(), 1U);
        QCOMPARE(std::get<RunMoment>(first_question(context).model).number, 5);
        answer_all(context, 0.9, 0.1);
        QCOMPARE(bars->words()[0].word, QStringLiteral("is"));
        QVERIFY(std::abs(*bars->words()[0].at_start - 0.25) < 1e-9);
        QVERIFY(state->text().contains(QStringLiteral("step 10")));

        // Another sentence is asked of both.
        panel.set_text(QStringLiteral("the key"));
        QTRY_COMPARE(context.open.size(), 2U);
        // What goes wrong is said where the figures stand.
        context.open.begin()->second.handlers.failed(QStringLiteral("There is no such model."));
        QCOMPARE(state->text(), QStringLiteral("There is no such model."));
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
};

CIRCUITLOOM_UI_TEST(TestTryIt, Application::widgets)
#include "tst_try_it.moc"
