#include "core/store/experiment_reader.h"
#include "tests/support/report_page.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <string>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

/// As a browser shows what the page escaped.
QByteArray escaped(const char* text)
{
    return QString::fromUtf8(text).toHtmlEscaped().replace(u'\'', QStringLiteral("&#39;")).toUtf8();
}

} // namespace

/// `circuitloom report` as a user calls it: another process, no display.
class TestReportCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QFile::copy(
            QStringLiteral(CIRCUITLOOM_SOURCE_DIR "/resources/samples/sv-disagreement.loom"),
            path("sample.loom")));
        QFile(path("sample.loom")).setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        QCOMPARE(run(words("sample.loom -o sample.html")), 0);
        sample_ = contents("sample.html");
        QVERIFY(!sample_.isEmpty());

        write_run(path("two.loom"), "first", 8, 1);
        write_run(path("two.loom"), "second", 8, 2);
        write_run(path("hostile.loom"), hostile_name, 4);
    }

    void it_is_one_page_that_loads_nothing()
    {
        QVERIFY(sample_.startsWith("<!DOCTYPE html>"));
        QCOMPARE(fetched_by(sample_), QStringList());
        // And a browser that meets one all the same is told not to.
        QVERIFY(sample_.contains("default-src 'none'"));
        // The namespaces of XML are names; nothing else of the web is in it.
        QByteArray rest = sample_;
        rest.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "");
        QVERIFY(!rest.contains("http://"));
        QVERIFY(!rest.contains("https://"));
        QVERIFY(!rest.contains("{{"));
    }

    void the_sample_with_its_five_runs_is_small() { QVERIFY(sample_.size() < 3'000'000); }

    void its_circuits_are_those_of_the_file()
    {
        const auto data = report_data(sample_);
        const ExperimentReader reader(path("sample.loom").toStdString());
        const std::vector<RunSummary> runs = reader.runs();
        QCOMPARE(data["runs"].size(), runs.size());
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const auto& of = data["runs"][i];
            QCOMPARE(of["run"].get<std::int64_t>(), runs[i].id.value);
            const std::vector<IterationRecord> iterations = reader.iterations(runs[i].id);
            QCOMPARE(of["circuits"].size(), iterations.size());
            const ComputationalGraph graph(
                runs[i].description.shape, runs[i].description.graph);
            for (const IterationRecord& iteration : iterations) {
                const auto at = static_cast<std::size_t>(iteration.index.value);
                QCOMPARE(of["iterations"][at][0].get<int>(), iteration.index.value);
                QCOMPARE(of["iterations"][at][1].get<int>(), iteration.step);
                compare(of, of["circuits"][at], graph, reader.circuit(runs[i].id, iteration.index));
            }
        }
    }

    void edges_lead_from_their_source_to_their_target()
    {
        const auto data = report_data(sample_);
        for (const auto& of : data["runs"]) {
            for (const auto& edge : of["edges"]) {
                const QString name = QString::fromStdString(edge[1].get<std::string>());
                const auto end = [&](int which) {
                    return QString::fromStdString(
                        of["nodes"][edge[which].get<std::size_t>()][0].get<std::string>());
                };
                const QStringList ends = name.split(QStringLiteral("->"));
                QCOMPARE(end(2), ends[0]);
                QCOMPARE(end(3), ends[1].section(u'<', 0, 0));
                const auto& source = of["nodes"][edge[2].get<std::size_t>()];
                QVERIFY(std::abs(edge[5].get<double>() - source[2].get<double>()) < 0.2);
            }
        }
    }

    void the_runs_asked_for_are_in_it_in_their_order()
    {
        QCOMPARE(run(words("two.loom --runs 2,1 -o order.html")), 0);
        const auto data = report_data(contents("order.html"));
        QCOMPARE(data["runs"].size(), std::size_t{ 2 });
        QCOMPARE(data["runs"][0]["run"].get<int>(), 2);
        QCOMPARE(data["runs"][1]["run"].get<int>(), 1);
        QCOMPARE(run(words("two.loom --runs 2 -o one.html")), 0);
        QCOMPARE(report_data(contents("one.html"))["runs"].size(), std::size_t{ 1 });
    }

    void runs_that_differ_by_their_seed_are_one_column()
    {
        QCOMPARE(run(words("two.loom -o seeds.html")), 0);
        const QByteArray page = contents("seeds.html");
        QVERIFY(page.contains("2 seeds: mean ± sd"));
        // The loss of the last batch, mean and deviation of both runs.
        const ExperimentReader reader(path("two.loom").toStdString());
        const double a = *reader.run({ 1 }).last_loss;
        const double b = *reader.run({ 2 }).last_loss;
        const QByteArray mean = QByteArray::number((a + b) / 2, 'f', 3);
        const QByteArray deviation = QByteArray::number(std::abs(a - b) / std::sqrt(2.0), 'f', 3);
        const qsizetype row = page.indexOf("Loss of the last batch");
        const QByteArray text = page.mid(row, page.indexOf("</tr>", row) - row);
        QVERIFY2(text.contains(mean) && text.contains(QByteArray("± " + deviation)), text.constData());
    }

    void hostile_names_stay_texts()
    {
        QCOMPARE(run({ QStringLiteral("hostile.loom"), QStringLiteral("--title"),
                     QString::fromUtf8(hostile_name), QStringLiteral("-o"),
                     QStringLiteral("hostile.html") }),
            0);
        const QByteArray page = contents("hostile.html");
        QVERIFY(page.contains(QByteArray("<title>" + escaped(hostile_name) + "</title>")));
        QVERIFY(!page.contains("<img"));
        QCOMPARE(page.count("<script"), 2);
        QCOMPARE(page.count("</script"), 2);
        QCOMPARE(QByteArray::fromStdString(
                     report_data(page)["runs"][0]["name"].get<std::string>()),
            QByteArray(hostile_name));
    }

    void a_file_of_another_kind_is_not_replaced()
    {
        const QByteArray mine = "what I wrote\n";
        put("mine.html", mine);
        QCOMPARE(run(words("two.loom -o mine.html")), 1);
        QVERIFY2(errors_.contains("--force"), errors_.constData());
        QCOMPARE(contents("mine.html"), mine);
        QCOMPARE(run(words("two.loom --force -o mine.html")), 0);
        QCOMPARE(run(words("two.loom -o mine.html")), 0); // a report takes a report's place
        QCOMPARE(run(words("two.loom --force -o two.loom")), 1);
        QVERIFY(ExperimentReader(path("two.loom").toStdString()).runs().size() == 2);
    }

    void errors_are_one_sentence_and_an_exit_code()
    {
        for (const char* options : { "", "two.loom", "none.loom -o x.html", "two.loom --runs 9 -o x.html",
                 "two.loom --runs one -o x.html", "two.loom --runs 0 -o x.html",
                 "two.loom --runs 1,,2 -o x.html", "two.loom --nonsense -o x.html",
                 "two.loom -o nowhere/x.html" }) {
            QVERIFY2(run(words(options)) == 1, options);
            QVERIFY2(errors_.startsWith("circuitloom report: "), errors_.constData());
            QCOMPARE(errors_.trimmed().count('\n'), 0);
        }
        QVERIFY(QDir(folder_.path()).entryList({ QStringLiteral("x*") }).isEmpty());
    }

    void help_names_every_option()
    {
        QCOMPARE(run({ QStringLiteral("--help") }), 0);
        for (const char* option : { "--runs", "--title", "--force", "--output" })
            QVERIFY2(printed_.contains(option), option);
    }

private:
    QString path(const char* name) const { return folder_.filePath(QString::fromLatin1(name)); }

    QByteArray contents(const char* name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void put(const char* name, const QByteArray& bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    static QStringList words(const char* text)
    {
        return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
    }

    static void compare(const nlohmann::json& of, const nlohmann::json& stored,
        const ComputationalGraph& graph, const Circuit& circuit)
    {
        QCOMPARE(stored[0].size(), circuit.size());
        QCOMPARE(stored[1].size(), circuit.size());
        for (std::size_t i = 0; i < circuit.size(); ++i) {
            const auto& edge = of["edges"][stored[0][i].get<std::size_t>()];
            QCOMPARE(edge[0].get<std::int32_t>(), circuit[i].edge.value);
            QCOMPARE(edge[1].get<std::string>(), graph.edge_name(circuit[i].edge));
            const double score = static_cast<double>(circuit[i].score);
            QVERIFY(std::abs(stored[1][i].get<double>() - score) <= 1e-3 * std::abs(score));
        }
    }

    int run(const QStringList& arguments)
    {
        const ReportRunResult result = run_report(folder_.path(), arguments);
        errors_ = result.errors;
        printed_ = result.printed;
        return result.code;
    }

    QTemporaryDir folder_;
    QByteArray sample_;
    QByteArray errors_;
    QByteArray printed_;
};

CIRCUITLOOM_UI_TEST(TestReportCommand, Application::core)
#include "tst_report_command.moc"
