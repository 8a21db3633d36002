// What the banner says to who does not see it.
#include "tests/support/ui_test.h"
#include "ui/window/error_banner.h"

#include <QAccessible>
#include <QTest>

using namespace circuitloom::ui;

class TestErrorBanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void it_is_an_alert_that_is_called_as_it_says()
    {
        ErrorBanner banner;
        banner.show_error(QStringLiteral("It failed."));
        const QAccessibleInterface* told = QAccessible::queryAccessibleInterface(&banner);
        QVERIFY(told);
        QCOMPARE(told->role(), QAccessible::AlertMessage);
        QCOMPARE(told->text(QAccessible::Name), QStringLiteral("It failed."));
        QVERIFY(!told->state().invisible);
        banner.show_notice(QStringLiteral("It went well."));
        QCOMPARE(told->text(QAccessible::Name), QStringLiteral("It went well."));
    }
};

CIRCUITLOOM_UI_TEST(TestErrorBanner, Application::widgets)
#include "tst_error_banner.moc"
