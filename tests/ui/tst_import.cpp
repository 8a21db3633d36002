// Circuits of other programs, imported in the window.
#include "core/store/experiment_reader.h"
#include "tests/support/fake_line.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/base/file_path.h"
#include "ui/window/error_banner.h"
#include "ui/window/file_drops.h"
#include "ui/window/import_commands.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

constexpr int patience = 60'000;

void write(const QString& file, const QByteArray& text)
{
    QFile out(file);
    QVERIFY(out.open(QFile::WriteOnly));
    out.write(text);
}

} // namespace

class TestImport : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir settings_;

    static MainWindow* make_window(const QTemporaryDir& folder)
    {
        return new MainWindow([] { return std::make_unique<circuitloom::testing::FakeEngine>(); },
            folder.filePath(QStringLiteral("unsaved")));
    }
    static ImportCommands& commands(MainWindow& window)
    {
        return *window.findChild<ImportCommands*>();
    }

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(settings_.path());
    }

    void a_log_becomes_a_run_of_a_new_experiment_and_of_an_open_one()
    {
        const QTemporaryDir folder;
        const QString log = folder.filePath(QStringLiteral("log.jsonl"));
        write(log,
            R"({"edges": {"step": 4, "edges": [["mlp.0", "head.1.1.q", 0.5]]}})"
            "\n"
            R"({"edges": {"step": 8, "edges": [["head.0.1", "mlp.1", -0.5]]}})"
            "\n");
        const std::unique_ptr<MainWindow> window(make_window(folder));
        window->show();
        commands(*window).import({ log });
        QTRY_VERIFY_WITH_TIMEOUT(window->session().current(), patience);
        const RunHistory& run = *window->session().current();
        QCOMPARE(QString::fromStdString(run.summary.description.method), QStringLiteral("imported"));
        QTRY_COMPARE_WITH_TIMEOUT(window->playback().count(), 2, patience);
        QCOMPARE(window->playback().current_step(), 8);
        QVERIFY(window->session().unsaved());
        // It has circuits, but nothing that could be trained.
        for (const char* text : { "Duplicate", "Resume" })
            for (const QAction* action : window->actions())
                if (action->text().remove(u'&').startsWith(QLatin1String(text)))
                    QVERIFY2(!action->isEnabled(), text);
        QVERIFY(window->findChild<ErrorBanner*>()->text().contains(QStringLiteral("2 circuits")));

        // Once more, into the file that is open now: the new run is shown.
        const RunId first = run.summary.id;
        commands(*window).import({ log });
        QTRY_VERIFY_WITH_TIMEOUT(window->session().current()
                && window->session().current()->summary.id != first,
            patience);
        QCOMPARE(window->session().runs().size(), std::size_t{ 2 });
    }

    void a_folder_becomes_a_run_dropped_or_chosen()
    {
        const QTemporaryDir folder;
        const QDir series(folder.filePath(QStringLiteral("series")));
        QVERIFY(series.mkpath(QStringLiteral(".")));
        for (const int step : { 100, 500 })
            write(series.filePath(QStringLiteral("%1.json").arg(step)),
                R"({"cfg": {"n_layers": 1, "n_heads": 2, "parallel_attn_mlp": false, "d_model": 8},
                    "nodes": {}, "edges": {"input->logits": {"score": 0.5, "in_graph": true}}})");
        const DroppedFiles sorted = sorted_files({ QUrl::fromLocalFile(series.path()) });
        QCOMPARE(sorted.circuits, QStringList{ series.path() });
        QVERIFY(sorted.model.isEmpty() && sorted.others.isEmpty());
        const std::unique_ptr<MainWindow> window(make_window(folder));
        window->show();
        commands(*window).import(sorted.circuits);
        QTRY_VERIFY_WITH_TIMEOUT(window->session().current(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(window->playback().count(), 2, patience);
        QCOMPARE(window->playback().current_step(), 500);
        const QString one = series.filePath(QStringLiteral("100.json"));
        QCOMPARE(sorted_files({ QUrl::fromLocalFile(one) }).circuits, QStringList{ one });
        const QString log = folder.filePath(QStringLiteral("log.jsonl"));
        write(log, R"({"edges": {"step": 4, "edges": [["mlp.0", "mlp.1", 3]]}})");
        QCOMPARE(sorted_files({ QUrl::fromLocalFile(log) }).circuits, QStringList{ log });
        const QString task = folder.filePath(QStringLiteral("task.jsonl"));
        write(task, R"({"prompt": "the edges", "target": " are", "alternative": " is"})");
        QCOMPARE(sorted_files({ QUrl::fromLocalFile(task) }).task, task);
        // A model's folder has files of JSON as well.
        write(series.filePath(QStringLiteral("config.json")), "{}");
        QCOMPARE(sorted_files({ QUrl::fromLocalFile(series.path()) }).model, series.path());
    }

    void circuits_do_not_go_into_another_machines_file()
    {
        const QTemporaryDir folder;
        QVERIFY(circuitloom::testing::use_fake_line(folder.path()));
        const QString far = folder.filePath(QStringLiteral("far.loom"));
        circuitloom::testing::write_run(far, "far", 3);
        const QString log = folder.filePath(QStringLiteral("log.jsonl"));
        write(log, R"({"edges": {"step": 4, "edges": [["mlp.0", "head.1.1.q", 0.5]]}})"
                   "\n");
        const std::unique_ptr<MainWindow> window(make_window(folder));
        window->show();
        const QAction* consensus = nullptr;
        for (const QAction* action : window->actions())
            if (action->text().remove(u'&').startsWith(QStringLiteral("Consensus")))
                consensus = action;
        QVERIFY(consensus && !consensus->isEnabled());
        const QString tip = consensus->toolTip();
        QVERIFY(window->open_file(QStringLiteral("ssh://server") + far));
        QTRY_VERIFY_WITH_TIMEOUT(window->session().current(), patience);
        const QString mirror = window->session().file();
        QVERIFY(mirror.contains(QStringLiteral("/mirrors/server/")));
        QVERIFY(!consensus->isEnabled());
        QVERIFY(consensus->toolTip().contains(QStringLiteral("another machine")));

        commands(*window).import({ log });
        QTRY_VERIFY_WITH_TIMEOUT(window->session().file() != mirror, patience);
        QTRY_VERIFY_WITH_TIMEOUT(window->session().current(), patience);
        QCOMPARE(window->session().current()->summary.description.method, std::string("imported"));
        QVERIFY(window->session().unsaved());
        QVERIFY(consensus->isEnabled());
        QCOMPARE(consensus->toolTip(), tip);
        QCOMPARE(ExperimentReader(path_of(mirror)).runs().size(), std::size_t{ 1 });
    }

    void what_is_wrong_with_a_file_is_said_and_leaves_nothing()
    {
        const QTemporaryDir folder;
        const QString log = folder.filePath(QStringLiteral("log.jsonl"));
        write(log, "{\"edges\": {\"step\": 4, \"edges\": [[\"mlp.0\", 3]]}}\n");
        const std::unique_ptr<MainWindow> window(make_window(folder));
        window->show();
        commands(*window).import({ log });
        auto* banner = window->findChild<ErrorBanner*>();
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
        QVERIFY2(banner->text().contains(QStringLiteral("log.jsonl:1: edges[0]")),
            qPrintable(banner->text()));
        QVERIFY(window->session().file().isEmpty());
    }
};

CIRCUITLOOM_UI_TEST(TestImport, Application::widgets)
#include "tst_import.moc"
