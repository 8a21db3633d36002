#include "core/store/schema.h"
#include "tests/support/fake_engine.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/window/diagnostics.h"
#include "ui/window/error_banner.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;

class TestDiagnostics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { circuitloom::testing::keep_settings_in(folder_.path()); }

    void they_tell_versions_devices_and_errors()
    {
        ExperimentSession session(
            [] { return std::make_unique<FakeEngine>(); }, folder_.filePath(QStringLiteral("own")));
        const QString text = diagnostics_text(session, QStringLiteral("a card (cuda:0)"),
            { QStringLiteral("first"),
                QString(QDir::homePath() % QStringLiteral("/secret.loom cannot be read.")) });
        for (const QString& part : { QString::fromLatin1(qVersion()),
                 QGuiApplication::platformName(), QStringLiteral("a card (cuda:0)"),
                 QStringLiteral("no file is open"), QStringLiteral("first\n~/secret.loom") })
            QVERIFY2(text.contains(part), qPrintable(QString(part % u'\n' % text)));
        QVERIFY(!text.contains(QDir::homePath()));
    }

    void the_menu_copies_them_without_the_names_of_file_and_run()
    {
        const QString file = folder_.filePath(QStringLiteral("my-secret-name.loom"));
        circuitloom::testing::write_run(file, "my-secret-run", 3);
        MainWindow window([] { return std::make_unique<FakeEngine>(); },
            folder_.filePath(QStringLiteral("experiments")));
        window.show();
        QVERIFY(circuitloom::testing::open_in_window(window, file));
        for (QAction* action : window.findChildren<QAction*>())
            if (action->text().contains(QStringLiteral("diagnostics")))
                action->trigger();
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY2(text.contains(QStringLiteral("Schema of the open file: %1;").arg(schema_version())),
            qPrintable(text));
        QVERIFY2(!text.contains(QStringLiteral("my-secret")), qPrintable(text));
    }

    void only_the_last_errors_are_kept()
    {
        ErrorBanner banner;
        banner.show_notice(QStringLiteral("went well"));
        for (int i = 0; i < 7; ++i)
            banner.show_error(QString::number(i));
        QCOMPARE(banner.last_errors(),
            QStringList({ QStringLiteral("2"), QStringLiteral("3"), QStringLiteral("4"),
                QStringLiteral("5"), QStringLiteral("6") }));
    }

private:
    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestDiagnostics, Application::widgets)
#include "tst_diagnostics.moc"
