#include "tests/support/ui_test.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

namespace {

QString printed(const QStringList& words)
{
    QProcess program;
    program.start(QStringLiteral(CIRCUITLOOM_GUI_BINARY), words);
    if (!program.waitForFinished() || program.exitCode() != 0)
        return {};
    return QString::fromUtf8(program.readAllStandardOutput());
}

/// The names of the options that a help text lists.
QStringList options_in(const QString& help)
{
    QStringList names;
    static const QRegularExpression line(
        QStringLiteral("^  ((?:-[a-z-]+(?:, )?)+)"), QRegularExpression::MultilineOption);
    for (auto found = line.globalMatch(help); found.hasNext();)
        names += found.next().captured(1).split(QStringLiteral(", "));
    return names;
}

} // namespace

/// `circuitloom man` and `circuitloom completion`, made from what the program parses with.
class TestWindowReference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void has_what_help_lists_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("export") << QStringLiteral("export");
        QTest::newRow("report") << QStringLiteral("report");
    }

    void has_what_help_lists()
    {
        QFETCH(QString, command);
        const QStringList names
            = options_in(printed({ command, QStringLiteral("--help") }));
        QVERIFY(names.contains(QStringLiteral("--output")));
        QVERIFY(names.contains(QStringLiteral("--force")));
        const QString page = printed({ QStringLiteral("man") });
        const qsizetype at = page.indexOf(u"\n.SS " + command + u'\n');
        QVERIFY(at >= 0);
        const QString section = page.mid(at, page.indexOf(QStringLiteral("\n.SS "), at + 1) - at);
        const QString bash = printed({ QStringLiteral("completion"), QStringLiteral("bash") });
        for (QString name : names) {
            QVERIFY2(bash.contains(name), qPrintable(name));
            name.replace(u'-', QStringLiteral("\\-"));
            QVERIFY2(section.contains(u"\\fB" + name + u"\\fR"), qPrintable(name));
        }
    }

    void help_has_the_window_s_own_options()
    {
        const QString help = printed({ QStringLiteral("--help") });
        const QString page = printed({ QStringLiteral("man") });
        for (const char* name : { "--check-opengl", "--language", "--version", "--help" }) {
            QVERIFY2(help.contains(QLatin1String(name)), name);
            QVERIFY2(page.contains(QString::fromLatin1(name).replace(u'-', QStringLiteral("\\-"))),
                name);
        }
    }

    void every_shell_has_a_completion()
    {
        for (const char* shell : { "bash", "zsh", "fish" })
            QVERIFY(printed({ QStringLiteral("completion"), QString::fromLatin1(shell) })
                        .contains(QStringLiteral("width-scale")));
        QVERIFY(printed({ QStringLiteral("completion"), QStringLiteral("tcsh") }).isEmpty());
        QVERIFY(printed({ QStringLiteral("completion") }).isEmpty());
    }
};

CIRCUITLOOM_UI_TEST(TestWindowReference, Application::core)
#include "tst_window_reference.moc"
