#include "core/store/experiment_reader.h"
#include "tests/support/report_page.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace circuitloom;
using namespace circuitloom::testing;

/// What a browser makes of a report; the page's address says what is shown.
class TestReportPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (browser().isEmpty())
            QSKIP("neither chromium nor chrome is installed");
        QVERIFY(QFile::copy(
            QStringLiteral(CIRCUITLOOM_SOURCE_DIR "/resources/samples/sv-disagreement.loom"),
            path("sample.loom")));
        QFile(path("sample.loom")).setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        QCOMPARE(run_report(folder_.path(), words("sample.loom -o sample.html")).code, 0);
        write_run(path("hostile.loom"), hostile_name, 4);
        QCOMPARE(run_report(folder_.path(), words("hostile.loom -o hostile.html")).code, 0);
    }

    void a_hostile_name_runs_nothing()
    {
        const QByteArray shown = dom("hostile.html", "");
        QVERIFY(shown.contains("data-iteration=\"0\"")); // the page's own script did run
        QVERIFY(!shown.contains("<body id"));
        QVERIFY(!shown.contains("<img"));
    }

    void the_script_shows_the_iteration_of_the_address()
    {
        const ExperimentReader reader(path("sample.loom").toStdString());
        const RunSummary summary = reader.run({ 5 });
        const ComputationalGraph graph(summary.description.shape, summary.description.graph);
        const QByteArray shown
            = dom("sample.html", "#run=5&iteration=40&strongest=7&colors=sign");
        QVERIFY(shown.contains("data-run=\"5\""));
        QVERIFY(shown.contains("data-iteration=\"40\""));
        const QStringList edges = edges_in(shown);
        QStringList expected;
        const Circuit circuit = reader.circuit({ 5 }, { 40 });
        for (std::size_t i = 0; i < 7; ++i)
            expected << QString::fromStdString(graph.edge_name(circuit[i].edge));
        QCOMPARE(QSet<QString>(edges.begin(), edges.end()),
            QSet<QString>(expected.begin(), expected.end()));
    }

    void lighting_a_node_lights_its_edges_alone()
    {
        const QByteArray plain = dom("sample.html", "#run=1&iteration=100&strongest=30&colors=kind");
        const QStringList edges = edges_in(plain);
        QVERIFY(!edges.isEmpty());
        const QString node = edges.front().section(QStringLiteral("->"), 0, 0);
        const QByteArray lit = dom("sample.html",
            QByteArray("#run=1&iteration=100&strongest=30&colors=kind&node=" + node.toLatin1())
                .constData());
        const QStringList bright = edges_in(lit, true);
        for (const QString& edge : edges) {
            const QStringList ends = edge.split(QStringLiteral("->"));
            const bool touches = ends[0] == node || ends[1].section(u'<', 0, 0) == node;
            QVERIFY2(bright.contains(edge) == touches, qPrintable(edge));
        }
    }

    void the_address_chooses_the_colours_of_the_page()
    {
        QVERIFY(dom("sample.html", "#theme=dark").contains("data-theme=\"dark\""));
        QVERIFY(dom("sample.html", "#theme=light").contains("data-theme=\"light\""));
        QVERIFY(!dom("sample.html", "#theme=pink").contains("data-theme=\""));
    }

private:
    QString path(const char* name) const { return folder_.filePath(QString::fromLatin1(name)); }

    static QStringList words(const char* text)
    {
        return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
    }

    QByteArray dom(const char* name, const char* address) const
    {
        return dom_of(folder_.path(), path(name), QString::fromLatin1(address));
    }

    /// The names of the edges that the circuit shows; with `lit` those that are lit up.
    static QStringList edges_in(const QByteArray& dom, bool lit = false)
    {
        static const QRegularExpression edge(
            QStringLiteral("<g class=\"([^\"]*)\" data-edge=\"([^\"]*)\""));
        QStringList names;
        auto matches = edge.globalMatch(QString::fromUtf8(dom));
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            const QStringList kinds = match.captured(1).split(u' ');
            if (kinds.contains(QStringLiteral("in"))
                && (!lit || kinds.contains(QStringLiteral("lit"))))
                names << match.captured(2)
                             .replace(QStringLiteral("&lt;"), QStringLiteral("<"))
                             .replace(QStringLiteral("&gt;"), QStringLiteral(">"));
        }
        return names;
    }

    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestReportPage, Application::core)
#include "tst_report_page.moc"
