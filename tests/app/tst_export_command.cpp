#include "core/store/experiment_reader.h"
#include "tests/support/fake_engine.h"

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace circuitloom;

namespace {

class Silent : public RunObserver
{
public:
    void preparing(const std::string&) override { }
    void started(RunId, const std::string&, int) override { }
    void step_done(const StepRecord&, double) override { }
    void iteration_committed(const IterationRecord&) override { }
    void evaluated(const std::vector<EvaluationRecord>&) override { }
    void marked(const MarkRecord&) override { }
};

} // namespace

/// `circuitloom export` as a user calls it: another process, no display.
class TestExportCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Silent observer;
        RunControl control;
        circuitloom::testing::FakeEngine engine;
        RunConfig config = preset("sv-disagreement");
        config.steps = 20;
        engine.tune(config, folder_.filePath(QStringLiteral("demo.loom")).toStdString(), observer,
            control, {});
    }

    void pictures_of_a_circuit()
    {
        const QString png = out("c.png");
        QCOMPARE(
            run({ experiment(), QStringLiteral("--run"), QStringLiteral("1"),
                QStringLiteral("--iteration"), QStringLiteral("7"), QStringLiteral("-o"), png }),
            0);
        QVERIFY(!QImage(png).isNull());
        for (const char* name : { "c.svg", "c.pdf" })
            QCOMPARE(run({ experiment(), QStringLiteral("-o"), out(name) }), 0);
    }

    void pictures_and_data_of_the_curves()
    {
        for (const char* name : { "k.png", "k.svg", "k.pdf", "k.csv" }) {
            QCOMPARE(run({ experiment(), QStringLiteral("--what"), QStringLiteral("curves"),
                         QStringLiteral("--theme"), QStringLiteral("dark"), QStringLiteral("-o"),
                         out(name) }),
                0);
            QVERIFY(QFile(out(name)).size() > 0);
        }
    }

    void errors_are_one_sentence_and_an_exit_code()
    {
        const QStringList o{ QStringLiteral("-o"), out("x.png") };
        const QList<QStringList> calls{ {}, { experiment() }, QStringList{ out("none.loom") } + o,
            QStringList{ experiment(), QStringLiteral("--run"), QStringLiteral("9") } + o,
            QStringList{ experiment(), QStringLiteral("--iteration"), QStringLiteral("999") } + o,
            QStringList{ experiment(), QStringLiteral("--run"), QStringLiteral("one") } + o,
            QStringList{ experiment(), QStringLiteral("--theme"), QStringLiteral("pink") } + o,
            QStringList{ experiment(), QStringLiteral("--nonsense") } + o,
            { experiment(), QStringLiteral("-o"), out("x.bmp") } };
        for (const QStringList& call : calls) {
            QVERIFY2(run(call) != 0, qPrintable(call.join(u' ')));
            QCOMPARE(errors_.trimmed().count('\n'), 0);
            QVERIFY(errors_.startsWith("circuitloom export: "));
        }
        QVERIFY(!QFile::exists(out("x.png")));
    }

    void help_names_every_option()
    {
        QCOMPARE(run({ QStringLiteral("--help") }), 0);
        for (const char* option : { "--run", "--iteration", "--what", "--theme", "--strongest",
                 "--width", "--height", "--output" })
            QVERIFY2(printed_.contains(option), option);
    }

private:
    QString out(const char* name) const { return folder_.filePath(QString::fromLatin1(name)); }
    QString experiment() const { return out("demo.loom"); }

    int run(const QStringList& arguments)
    {
        QProcess process;
        process.start(QStringLiteral(CIRCUITLOOM_GUI_BINARY),
            QStringList{ QStringLiteral("export") } + arguments);
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
            return -1;
        errors_ = process.readAllStandardError();
        printed_ = process.readAllStandardOutput();
        return process.exitCode();
    }

    QTemporaryDir folder_;
    QByteArray errors_;
    QByteArray printed_;
};

QTEST_GUILESS_MAIN(TestExportCommand)
#include "tst_export_command.moc"
