// What `circuitloom FILE…` opens.
#include "app/gui/named_files.h"
#include "core/run/run_config.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/dialogs/new_run_dialog.h"
#include "ui/dialogs/observe_dialog.h"
#include "ui/window/error_banner.h"
#include "ui/window/main_window.h"

#include <QDir>
#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::write_run;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

std::unique_ptr<TuningEngine> fake()
{
    return std::make_unique<FakeEngine>();
}

} // namespace

class TestNamedFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { circuitloom::testing::keep_settings_in(settings_.path()); }

    void init()
    {
        QSettings().clear();
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(folder_->path()).mkdir(QStringLiteral("model")));
        QFile task(path("task.jsonl"));
        QVERIFY(task.open(QIODevice::WriteOnly));
        task.write(R"({"prompt": "The dogs", "target": " run", "alternative": " runs"})");
        window_ = std::make_unique<MainWindow>(fake, path("kept"));
        window_->resize(1280, 800);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }

    void cleanup() { window_.reset(); }

    void an_experiment_is_opened_whatever_its_name()
    {
        for (const char* name : { "a.loom", "experiment.db" }) {
            write_run(path(name), "first", 4);
            open_named(*window_, { path(name) });
            QTRY_COMPARE_WITH_TIMEOUT(window_->session().file(), path(name), patience);
        }
    }

    void further_experiments_are_said_not_to_be_opened()
    {
        write_run(path("a.loom"), "first", 4);
        write_run(path("b.loom"), "second", 4);
        open_named(*window_, { path("a.loom"), path("b.loom") });
        QTRY_COMPARE_WITH_TIMEOUT(window_->session().file(), path("a.loom"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(said().contains(QStringLiteral("b.loom")), patience);
    }

    void a_task_begins_a_run()
    {
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(folder_->path()));
        open_named(*window_, { QStringLiteral("task.jsonl") }); // as it is typed
        NewRunDialog* dialog = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(dialog = window_->findChild<NewRunDialog*>(), patience);
        QDir::setCurrent(before);
        QTRY_COMPARE_WITH_TIMEOUT(
            dialog->config().task, path("task.jsonl").toStdString(), patience);
        QVERIFY2(said().isEmpty(), qPrintable(said()));
    }

    void a_model_and_a_task_begin_a_run_of_both()
    {
        open_named(*window_, { path("model"), path("task.jsonl") });
        NewRunDialog* dialog = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(dialog = window_->findChild<NewRunDialog*>(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(dialog->config().model, path("model").toStdString(), patience);
        QCOMPARE(dialog->config().task, path("task.jsonl").toStdString());
    }

    void a_folder_of_circuits_is_asked_about()
    {
        QVERIFY(QDir(folder_->path()).mkdir(QStringLiteral("circuits")));
        for (const char* name : { "circuits/500.json", "circuits/600.json" }) {
            QFile circuit(path(name));
            QVERIFY(circuit.open(QIODevice::WriteOnly));
            circuit.write(
                R"({"cfg": {"n_layers": 1, "n_heads": 2, "parallel_attn_mlp": false, "d_model": 8},
                    "nodes": {}, "edges": {"input->logits": {"score": 0.5, "in_graph": true}}})");
        }
        open_named(*window_, { path("circuits") });
        QTRY_VERIFY_WITH_TIMEOUT(window_->findChild<ObserveDialog*>(), patience);
    }

    void what_is_of_no_use_is_said_with_what_is()
    {
        QFile picture(path("holiday.png"));
        QVERIFY(picture.open(QIODevice::WriteOnly));
        picture.close();
        open_named(*window_, { path("holiday.png") });
        QTRY_VERIFY_WITH_TIMEOUT(said().contains(QStringLiteral("holiday.png")), patience);
        QVERIFY(said().contains(QStringLiteral(".jsonl")));
    }

    void what_is_not_there_is_said_and_nothing_begins()
    {
        for (const QStringList& names :
            { QStringList{ path("no.jsonl") }, QStringList{ path("model"), path("no.jsonl") } }) {
            window_->findChild<ErrorBanner*>()->hide();
            open_named(*window_, names);
            QTRY_VERIFY_WITH_TIMEOUT(said().contains(QStringLiteral("no.jsonl")), patience);
            QVERIFY(!window_->findChild<NewRunDialog*>());
        }
    }

private:
    QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }
    QString said() const { return window_->findChild<ErrorBanner*>()->text(); }

    QTemporaryDir settings_;
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<MainWindow> window_;
};

CIRCUITLOOM_UI_TEST(TestNamedFiles, Application::widgets)
#include "tst_named_files.moc"
