#include "core/run/compute_devices.h"
#include "tests/support/fake_engine.h"
#include "tests/support/ui_test.h"
#include "ui/session/experiment_session.h"
#include "ui/window/device_note.h"
#include "ui/window/header_bar.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

std::unique_ptr<TuningEngine> fake()
{
    return std::make_unique<circuitloom::testing::FakeEngine>();
}

} // namespace

class TestHeaderBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void it_says_what_can_be_computed_on()
    {
        HeaderBar header;
        QSignalSpy wanted(&header, &HeaderBar::devices_wanted);
        header.set_devices({ { { "cpu", "a processor", 2, 2'000'000'000, 2'000'000'000, "" },
                                 { "cuda:0", "a card", 0, 1'500'000'000, 1'500'000'000, "9.0" } },
            "cuda:0", "It is the only card." });
        auto* status = header.findChild<QLabel*>(QStringLiteral("engineStatus"));
        const QString said = status->accessibleDescription();
        for (const char* part : { "a processor (cpu): 2.0 GB of memory", "2 threads",
                 "a card (cuda:0)", "1.5 GB free, compute capability 9.0",
                 "“auto” takes cuda:0. It is the only card." })
            QVERIFY2(said.contains(QString::fromUtf8(part)), qPrintable(said));
        QVERIFY(status->toolTip().contains(QStringLiteral("a card")));
        QEvent entered(QEvent::Enter);
        QApplication::sendEvent(status, &entered);
        QCOMPARE(wanted.size(), 1);
    }

    void a_pointer_that_comes_and_goes_does_not_ask_again_and_again()
    {
        const QTemporaryDir folder;
        ExperimentSession session(fake, folder.path());
        HeaderBar header;
        QSignalSpy answered(&session, &ExperimentSession::question_answered);
        QSignalSpy failed(&session, &ExperimentSession::question_failed);
        const auto heard = [&] { return answered.size() + failed.size(); };
        keep_devices_noted(session, header, std::chrono::hours(1));
        QTRY_COMPARE_WITH_TIMEOUT(heard(), 1, patience);
        for (int i = 0; i < 5; ++i) {
            Q_EMIT header.devices_wanted();
            QTest::qWait(20); // in which it would be answered
        }
        QCOMPARE(heard(), 1);
    }

    void a_pointer_that_comes_later_asks_again()
    {
        const QTemporaryDir folder;
        ExperimentSession session(fake, folder.path());
        HeaderBar header;
        QSignalSpy failed(&session, &ExperimentSession::question_failed);
        keep_devices_noted(session, header, std::chrono::milliseconds(100));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        const auto asks_again = [&] {
            Q_EMIT header.devices_wanted();
            return failed.size() > 1;
        };
        QTRY_VERIFY_WITH_TIMEOUT(asks_again(), patience);
    }
};

CIRCUITLOOM_UI_TEST(TestHeaderBar, Application::widgets)
#include "tst_header_bar.moc"
