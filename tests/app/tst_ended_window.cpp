// What a window leaves behind that a signal ends, as at the end of the desktop's session.
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"

#include <QFile>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

class TestEndedWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void where_its_panels_stood_is_known_the_next_time()
    {
        const QTemporaryDir folder;
        const QString experiment = folder.filePath(QStringLiteral("some.loom"));
        circuitloom::testing::write_run(experiment, "some", 3);
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        for (const char* name : { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME" })
            environment.insert(QString::fromLatin1(name), folder.path());
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(CIRCUITLOOM_GUI_BINARY), { experiment });
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(experiment + QStringLiteral("-shm")), 60'000);
        process.terminate();
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        const QSettings settings(
            folder.filePath(QStringLiteral("Circuitloom/Circuitloom.conf")), QSettings::IniFormat);
        QVERIFY(settings.contains(QStringLiteral("window/geometry")));
        QVERIFY(settings.contains(QStringLiteral("window/state")));
    }
};

CIRCUITLOOM_UI_TEST(TestEndedWindow, Application::core)
#include "tst_ended_window.moc"
