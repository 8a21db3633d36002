// A report in the making that nobody wants any more.
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/report/report_job.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

QByteArray contents(const QString& file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

} // namespace

class TestReportJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(folder_.isValid());
        circuitloom::testing::write_run(path("run.loom"), "run", 6);
    }

    void it_is_written()
    {
        ReportJob job(request("whole.html"), target("whole.html"));
        QSignalSpy finished(&job, &ReportJob::finished);
        int most = 0;
        connect(&job, &ReportJob::progressed, [&](int, int of) { most = std::max(most, of); });
        job.start();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
        QVERIFY(contents(path("whole.html")).contains("</html>"));
        QVERIFY(most > 6);
        pictures_ = most;
    }

    void the_line_at_the_iteration_shown_keeps_to_the_lines()
    {
        const QString page = QString::fromUtf8(contents(path("whole.html")));
        const auto share = [](const QString& figure, const char* name) {
            const QRegularExpression value(
                QStringLiteral("data-%1=\"([^\"]+)\"").arg(QLatin1String(name)));
            return value.match(figure).captured(1).toDouble();
        };
        static const QRegularExpression figures(
            QStringLiteral("<figure class=\"plot\".*?</figure>"),
            QRegularExpression::DotMatchesEverythingOption);
        static const QRegularExpression sizes(QStringLiteral("viewBox=\"0 0 (\\d+) (\\d+)\""));
        static const QRegularExpression texts(
            QStringLiteral("<text[^>]* x=\"([^\"]+)\" y=\"([^\"]+)\"[^>]*>([^<]*)"));
        int titles = 0;
        int labels = 0;
        auto figure = figures.globalMatch(page);
        while (figure.hasNext()) {
            const QString plot = figure.next().captured();
            const QRegularExpressionMatch size = sizes.match(plot);
            const double left = share(plot, "left") * size.captured(1).toDouble();
            const double right = share(plot, "right") * size.captured(1).toDouble();
            const double top = share(plot, "top") * size.captured(2).toDouble();
            const double bottom = share(plot, "bottom") * size.captured(2).toDouble();
            QVERIFY(left > 0 && left < right && top > 0 && top < bottom);
            auto text = texts.globalMatch(plot);
            while (text.hasNext()) {
                const QRegularExpressionMatch one = text.next();
                const double x = one.captured(1).toDouble();
                const double y = one.captured(2).toDouble();
                // Title and legend stand above, labels to the right, steps below; the numbers at
                // the left have their place from elsewhere.
                titles += y <= top && x >= left ? 1 : 0;
                labels += y > top && y < bottom && x >= right ? 1 : 0;
                QVERIFY2(x < left || y <= top || y >= bottom || x >= right,
                    qPrintable(one.captured(3)));
            }
        }
        QVERIFY(titles > 0 && labels > 0);
    }

    void wherever_it_is_cancelled_it_leaves_nothing_behind()
    {
        const QByteArray before = "<!DOCTYPE html>what was there";
        QFile old(path("old.html"));
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write(before);
        old.close();
        const QStringList files = QDir(folder_.path()).entryList(QDir::Files | QDir::Hidden);
        for (const char* name : { "new.html", "old.html" })
            for (const int after : { 0, 1, pictures_ / 2, pictures_ }) {
                ReportJob job(request(name), target(name));
                QSignalSpy finished(&job, &ReportJob::finished);
                QSignalSpy failed(&job, &ReportJob::failed);
                QSignalSpy cancelled(&job, &ReportJob::cancelled);
                connect(&job, &ReportJob::progressed, [&job, after](int pictures, int) {
                    if (pictures >= after)
                        job.cancel();
                });
                job.start();
                if (after == 0)
                    job.cancel();
                QTRY_COMPARE_WITH_TIMEOUT(cancelled.size(), 1, patience);
                QVERIFY(finished.isEmpty() && failed.isEmpty());
                QCOMPARE(QDir(folder_.path()).entryList(QDir::Files | QDir::Hidden), files);
                QCOMPARE(contents(path("old.html")), before);
            }
    }

private:
    QString path(const char* name) const { return folder_.filePath(QString::fromLatin1(name)); }
    ReportRequest request(const char* out) const
    {
        return { path_of(path("run.loom")), {}, {}, path_of(path(out)) };
    }
    ResultFile target(const char* out) const
    {
        return { path_of(path(out)),
            { .content = FileContent::page, .inputs = { path_of(path("run.loom")) } } };
    }

    QTemporaryDir folder_;
    int pictures_ = 0;
};

CIRCUITLOOM_UI_TEST(TestReportJob, Application::widgets)
#include "tst_report_job.moc"
