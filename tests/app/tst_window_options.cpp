// What the command line asks of the window.
#include "app/gui/window_options.h"
#include "core/base/error.h"
#include "tests/support/ui_test.h"

#include <QTest>

using namespace circuitloom;

namespace {

QString refusal(const QStringList& words)
{
    try {
        window_options(words);
    } catch (const InputError& wrong) {
        return QString::fromUtf8(wrong.what());
    }
    return {};
}

} // namespace

class TestWindowOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void files_and_options_come_in_any_order()
    {
        const WindowOptions options = window_options(
            { QStringLiteral("a.loom"), QStringLiteral("--language"), QStringLiteral("de"),
                QStringLiteral("--startup-time"), QStringLiteral("ssh://host/b.loom") });
        QCOMPARE(options.language, QStringLiteral("de"));
        QVERIFY(options.timed);
        QCOMPARE(options.files,
            QStringList({ QStringLiteral("a.loom"), QStringLiteral("ssh://host/b.loom") }));
        QCOMPARE(
            window_options({ QStringLiteral("--language=de") }).language, QStringLiteral("de"));
        const WindowOptions none = window_options({});
        QVERIFY(none.language.isEmpty() && !none.timed && none.files.isEmpty());
    }

    void names_may_begin_with_a_dash_after_two()
    {
        const WindowOptions options = window_options(
            { QStringLiteral("--"), QStringLiteral("-a.loom"), QStringLiteral("--language") });
        QCOMPARE(options.files,
            QStringList({ QStringLiteral("-a.loom"), QStringLiteral("--language") }));
    }

    void what_is_no_option_is_refused_with_the_nearest()
    {
        QCOMPARE(refusal({ QStringLiteral("a.loom"), QStringLiteral("--theme"),
                     QStringLiteral("dark") }),
            QStringLiteral("The window has no option --theme."));
        QCOMPARE(refusal({ QStringLiteral("--langauge=de") }),
            QStringLiteral("The window has no option --langauge; the nearest is --language."));
        QCOMPARE(refusal({ QStringLiteral("a.loom"), QStringLiteral("--help") }),
            QStringLiteral("--help is given by itself, as in circuitloom --help."));
        for (const QStringList& words :
            { QStringList{ QStringLiteral("--language") }, { QStringLiteral("--language=") } })
            QVERIFY(refusal(words).contains(QStringLiteral("as in --language de")));
    }
};

CIRCUITLOOM_UI_TEST(TestWindowOptions, Application::core)
#include "tst_window_options.moc"
