#include "core/base/error.h"
#include "tests/support/ui_test.h"
#include "ui/base/guarded_application.h"
#include "ui/window/error_banner.h"

#include <QClipboard>
#include <QPushButton>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <new>
#include <stdexcept>
#include <vector>

using namespace circuitloom;
using namespace circuitloom::ui;

class TestGuardedApplication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void what_a_slot_throws_is_told_and_the_rest_goes_on()
    {
        auto& app = *dynamic_cast<GuardedApplication*>(qApp);
        std::vector<GuardedApplication::Failure> told;
        app.set_tell([&told](const auto& failure) { told.push_back(failure); });
        QPushButton button;
        button.setObjectName(QStringLiteral("culprit"));
        int clicks = 0;
        connect(&button, &QPushButton::clicked, this, [&clicks] {
            ++clicks;
            throw std::out_of_range("index 7 of 3");
        });
        QTest::mouseClick(&button, Qt::LeftButton);
        QCOMPARE(told.size(), std::size_t{ 1 });
        QVERIFY(told[0].sentence.contains(QStringLiteral("index 7 of 3")));
        QVERIFY(told[0].sentence.contains(QStringLiteral("The experiment is kept.")));
        QVERIFY(told[0].details.contains(QStringLiteral("culprit")));
        QVERIFY(told[0].details.contains(QStringLiteral("out_of_range")));
        QTest::mouseClick(&button, Qt::LeftButton);
        QCOMPARE(clicks, 2);

        // Our own errors are sentences already; timers and memory are as good as buttons.
        QTimer::singleShot(0, this, [] { throw InputError("The file x.loom is missing."); });
        QTRY_COMPARE(told.size(), std::size_t{ 3 });
        QCOMPARE(told[2].sentence, QStringLiteral("The file x.loom is missing."));
        QTimer::singleShot(0, this, [] { throw std::bad_alloc(); });
        QTRY_COMPARE(told.size(), std::size_t{ 4 });
        QVERIFY(told[3].sentence.contains(QStringLiteral("memory")));
        QTimer::singleShot(0, this, [] { throw 3; });
        QTRY_COMPARE(told.size(), std::size_t{ 5 });
        app.set_tell({});
    }

    void the_banner_copies_the_details()
    {
        ErrorBanner banner;
        banner.show_failure(QStringLiteral("It failed."), QStringLiteral("kind and place"));
        QCOMPARE(banner.text(), QStringLiteral("It failed."));
        auto* copy = banner.findChild<QToolButton*>(QStringLiteral("bannerAction"));
        QVERIFY(!copy->isHidden());
        copy->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("kind and place"));
        banner.show_error(QStringLiteral("Another."));
        QVERIFY(copy->isHidden());
    }
};

CIRCUITLOOM_UI_TEST(TestGuardedApplication, Application::widgets)
#include "tst_guarded_application.moc"
