// A whole run written in the background.
#include "tests/support/experiment_source.h"
#include "tests/support/ui_test.h"
#include "ui/base/file_path.h"
#include "ui/export/run_data_job.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

constexpr int patience = 60'000;

} // namespace

class TestRunDataJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void one_that_is_cancelled_leaves_what_was_there_data()
    {
        QTest::addColumn<int>("format");
        QTest::newRow("CSV") << static_cast<int>(RunDataFormat::table);
        QTest::newRow("Parquet") << static_cast<int>(RunDataFormat::parquet);
        QTest::newRow("GEXF") << static_cast<int>(RunDataFormat::gexf);
    }
    void one_that_is_cancelled_leaves_what_was_there()
    {
        QFETCH(int, format);
        const QTemporaryDir folder;
        const QString target = folder.filePath(QStringLiteral("out"));
        QFile before(target);
        QVERIFY(before.open(QFile::WriteOnly));
        before.write("kept");
        before.close();
        const auto source
            = circuitloom::testing::experiment_source(folder.filePath(QStringLiteral("x.loom")), 4);
        RunDataJob job(source.file, RunId{ source.origin.run }, static_cast<RunDataFormat>(format),
            path_of(target));
        QSignalSpy cancelled(&job, &RunDataJob::cancelled);
        QSignalSpy finished(&job, &RunDataJob::finished);
        job.cancel();
        job.start();
        QTRY_COMPARE_WITH_TIMEOUT(cancelled.count(), 1, patience);
        QCOMPARE(finished.count(), 0);
        QVERIFY(before.open(QFile::ReadOnly));
        QCOMPARE(before.readAll(), QByteArray("kept"));
    }
};

CIRCUITLOOM_UI_TEST(TestRunDataJob, Application::widgets)
#include "tst_run_data_job.moc"
