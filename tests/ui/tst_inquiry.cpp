// How a panel's questions follow the timeline, however long their answers take.
#include "tests/support/fake_panel_context.h"
#include "tests/support/ui_test.h"
#include "ui/panels/inquiry.h"

#include <QTimer>
#include <QtTest>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakePanelContext;

namespace {

const QString asker = QStringLiteral("asker");

NextTokenQuestion about(int iteration)
{
    NextTokenQuestion question;
    question.model = RunMoment{ {}, { 1 }, RunMoment::Kind::iteration, iteration };
    return question;
}

} // namespace

class TestInquiry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void a_newer_question_waits_for_an_answer_but_not_for_ever()
    {
        FakePanelContext context;
        QObject panel;
        Inquiry inquiry(context, asker, &panel);
        std::vector<int> answers;
        const auto want = [&](int iteration) {
            inquiry.want(about(iteration),
                { [&answers, iteration](const Answer&) { answers.push_back(iteration); },
                    [](const QString&) {} });
        };
        const auto asked = [&] {
            const auto& question
                = std::get<NextTokenQuestion>(context.open.at(asker).question);
            return std::get<RunMoment>(question.model).number;
        };
        inquiry.set_patience(1'000'000);
        want(6);
        want(7);
        want(8);
        QCOMPARE(asked(), 6);
        context.answer(asker, NextTokenAnswer());
        QCOMPARE(asked(), 8); // the newest wish; nobody wants 7 any more
        context.answer(asker, NextTokenAnswer());
        QVERIFY(context.open.empty());
        QCOMPARE(answers, (std::vector<int>{ 6, 8 }));

        inquiry.set_patience(0);
        want(9);
        want(10);
        QCOMPARE(asked(), 9);
        QTRY_COMPARE(asked(), 10); // 9 has no answer yet
        want(11);
        inquiry.drop();
        QVERIFY(context.open.empty());
        QTest::qWait(10);
        QVERIFY(context.open.empty());
        QCOMPARE(answers.size(), 2U);
    }

    void slow_answers_come_while_the_timeline_plays()
    {
        FakePanelContext context;
        QObject panel;
        Inquiry inquiry(context, asker, &panel);
        inquiry.set_patience(10);
        int wished = 0;
        int answers = 0;
        QTimer playback;
        connect(&playback, &QTimer::timeout, &panel, [&] {
            inquiry.want(about(++wished), { [&](const Answer&) { ++answers; },
                                              [](const QString&) {} });
        });
        // The engine takes 150 ms, and begins anew with every question.
        int seen = 0;
        QElapsedTimer taken;
        QTimer engine;
        connect(&engine, &QTimer::timeout, &panel, [&] {
            if (context.asked != seen) {
                seen = context.asked;
                taken.start();
            } else if (context.open.contains(asker) && taken.elapsed() >= 150) {
                context.answer(asker, NextTokenAnswer());
            }
        });
        playback.start(5);
        engine.start(1);
        QTRY_VERIFY_WITH_TIMEOUT(answers >= 2, 10'000);
        playback.stop();
        engine.stop();
        QVERIFY(context.asked > answers + 1); // some were called off at first
    }
};

CIRCUITLOOM_UI_TEST(TestInquiry, Application::widgets)
#include "tst_inquiry.moc"
