// A series of checkpoints becomes a run in the window, with the engine that computes.
#include "app/gui/engine_loader.h"
#include "core/run/observed_run.h"
#include "core/store/experiment_reader.h"
#include "tests/support/dialog_fields.h"
#include "tests/support/dropped_files.h"
#include "tests/support/own_settings.h"
#include "tests/support/tiny_task.h"
#include "tests/support/ui_test.h"
#include "ui/base/file_path.h"
#include "ui/dialogs/observe_dialog.h"
#include "ui/window/file_drops.h"
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::find;

namespace {

namespace fs = std::filesystem;

constexpr int patience = 180'000; ///< milliseconds, for a busy machine

const char* const logged_circuits
    = "{\"edges\": {\"step\": 4, \"edges\": [[\"mlp.0\", \"mlp.1\", 0.5]]}}\n"
      "{\"edges\": {\"step\": 6, \"edges\": [[\"mlp.0\"]]}}\n"
      "{\"edges\": {\"step\": 8, \"edges\": [[\"mlp.0\", \"mlp.1\", 0.25]]}}\n";

/// A tiny model, one of whose parameters is another in each checkpoint.
void write_checkpoint(const fs::path& directory, float parameter)
{
    fs::create_directories(directory);
    fs::copy(CIRCUITLOOM_SOURCE_DIR "/tests/data/tiny_gpt2", directory,
        fs::copy_options::overwrite_existing | fs::copy_options::recursive);
    const fs::path weights = directory / "model.safetensors";
    std::fstream file(weights, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(fs::file_size(weights)) - 4);
    file.write(reinterpret_cast<const char*>(&parameter), 4);
}

QAction* action(const MainWindow& window, const char* text)
{
    for (QAction* one : window.findChildren<QAction*>())
        if (QString(one->text()).remove(u'&') == QString::fromUtf8(text))
            return one;
    return nullptr;
}

} // namespace

class TestObserveSeries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(settings_.path());
    }
    void init()
    {
        QSettings().clear();
        folder_.emplace();
        circuitloom::testing::write_tiny_task(path_of(folder_->path()));
        write_checkpoint(series() / "checkpoint-2", 0.1F);
        write_checkpoint(series() / "checkpoint-4", 0.2F);
        write_checkpoint(series() / "checkpoint-8", 0.3F);
        write_checkpoint(series() / "checkpoint-6", 0.3F); // as the one after it
        fs::create_directories(series() / "checkpoint-5"); // half written
    }

    void what_was_found_is_shown_and_then_observed()
    {
        MainWindow window(engine(), folder_->filePath(QStringLiteral("experiments")));
        QPointer<ObserveDialog> dialog = asked(window);
        QVERIFY(dialog);
        QVERIFY(!can_start(*dialog));
        dialog->use_series(file_text(series().string()));
        auto& list = find<QTreeWidget>(*dialog, "seriesList");
        QTRY_COMPARE_WITH_TIMEOUT(list.topLevelItemCount(), 5, patience);
        const auto cell = [&](int row, int column) {
            return list.topLevelItem(row)->text(column);
        };
        QCOMPARE(cell(0, 0), QStringLiteral("checkpoint-2"));
        QCOMPARE(cell(1, 0), QStringLiteral("checkpoint-4"));
        QCOMPARE(cell(2, 0), QStringLiteral("checkpoint-8"));
        QCOMPARE(cell(2, 1), QStringLiteral("8"));
        for (int row : { 3, 4 }) {
            const QString name = cell(row, 0);
            QVERIFY2(cell(row, 3).startsWith(QStringLiteral("no: ")), qPrintable(name));
            if (name == QStringLiteral("checkpoint-6"))
                QVERIFY(cell(row, 3).contains(QStringLiteral("those of checkpoint-8")));
            else
                QCOMPARE(name, QStringLiteral("checkpoint-5"));
        }
        QVERIFY(find<QLabel>(*dialog, "seriesSummary")
                    .text()
                    .contains(QStringLiteral("2 will not be used")));
        QVERIFY(find<QLabel>(*dialog, "problem").text().contains(QStringLiteral("task")));
        ask_about_task(*dialog);
        QVERIFY(can_start(*dialog));
        find<QPushButton>(*dialog, "startRun").click();

        ExperimentSession& session = window.session();
        const QSignalSpy noted(&session, &ExperimentSession::noted);
        QTRY_VERIFY_WITH_TIMEOUT(session.current() != nullptr, patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            session.current()->summary.state, RunState::finished, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QVERIFY(is_observed(session.current()->summary.description));
        QCOMPARE(window.playback().count(), 3);
        QVERIFY(!noted.isEmpty());
        QVERIFY(noted.back().front().toString().contains(QStringLiteral("checkpoint-6")));
        const auto iterations
            = ExperimentReader(path_of(session.file())).iterations(session.current()->summary.id);
        QCOMPARE(iterations.size(), std::size_t{ 3 });
        QCOMPARE(iterations.back().step, 8);

        // Asked again, it goes on with the same run.
        write_checkpoint(series() / "checkpoint-10", 0.4F);
        dialog = asked(window);
        QVERIFY(dialog);
        dialog->use_series(file_text(series().string()));
        ask_about_task(*dialog);
        QTRY_VERIFY_WITH_TIMEOUT(can_start(*dialog), patience);
        find<QPushButton>(*dialog, "startRun").click();
        QTRY_COMPARE_WITH_TIMEOUT(window.playback().count(), 4, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(session.runs().size(), std::size_t{ 1 });
    }

    void one_that_waits_for_more_takes_them_up_until_it_is_stopped_and_goes_on_later()
    {
        MainWindow window(engine(), folder_->filePath(QStringLiteral("experiments")));
        QPointer<ObserveDialog> dialog = asked(window);
        QVERIFY(dialog);
        dialog->use_series(file_text(series().string()));
        ask_about_task(*dialog);
        find<QAbstractButton>(*dialog, "watchSeries").setChecked(true);
        QTRY_VERIFY_WITH_TIMEOUT(can_start(*dialog), patience);
        find<QPushButton>(*dialog, "startRun").click();
        ExperimentSession& session = window.session();
        QTRY_COMPARE_WITH_TIMEOUT(window.playback().count(), 3, patience);
        QVERIFY(session.training());
        write_checkpoint(series() / "checkpoint-12", 0.5F);
        QTRY_COMPARE_WITH_TIMEOUT(window.playback().count(), 4, patience);
        action(window, "Pause")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(session.paused(), patience);
        action(window, "Stop")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            session.current()->summary.state, RunState::stopped, patience);
        write_checkpoint(series() / "checkpoint-14", 0.6F);
        QVERIFY(action(window, "Resume")->isEnabled());
        action(window, "Resume")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.playback().count(), 5, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
        QCOMPARE(session.current()->summary.state, RunState::finished);
    }

    void a_series_that_is_dropped_is_asked_about()
    {
        MainWindow window(engine(), folder_->filePath(QStringLiteral("experiments")));
        circuitloom::testing::drop(window, { file_text(series().string()) });
        QTRY_VERIFY_WITH_TIMEOUT(window.findChild<ObserveDialog*>(), patience);
        auto* dialog = window.findChild<ObserveDialog*>();
        QCOMPARE(find<QLineEdit>(*dialog, "series").text(), file_text(series().string()));
        const fs::path list = path_of(folder_->filePath(QStringLiteral("list.toml")));
        std::ofstream(list) << "[[checkpoint]]\npath = 'series/checkpoint-4'\nstep = 40\n";
        const auto url = [](const fs::path& path) {
            return QUrl::fromLocalFile(file_text(path.string()));
        };
        QCOMPARE(sorted_files({ url(list) }).series, file_text(list.string()));
        QVERIFY(sorted_files({ url(series() / "checkpoint-2") }).series.isEmpty());
        dialog->done(QDialog::Rejected);
    }

    void circuits_that_others_found_are_shown_and_taken_without_a_task()
    {
        const QString circuits = written_circuits();
        MainWindow window(engine(), folder_->filePath(QStringLiteral("experiments")));
        QPointer<ObserveDialog> dialog = asked(window);
        QVERIFY(dialog);
        dialog->use_series(circuits);
        check_preview_of_circuits(*dialog);
        QVERIFY(!find<QWidget>(*dialog, "observedTask").isEnabled());
        QCOMPARE(find<QLineEdit>(*dialog, "observedName").text(), QStringLiteral("circuits"));
        find<QLineEdit>(*dialog, "observedName").setText(QStringLiteral("of others"));
        find<QSpinBox>(*dialog, "observedEdges").setValue(1);
        find<QPushButton>(*dialog, "startRun").click();
        ExperimentSession& session = window.session();
        QTRY_VERIFY_WITH_TIMEOUT(session.current() != nullptr, patience);
        QTRY_COMPARE_WITH_TIMEOUT(window.playback().count(), 2, patience);
        const RunDescription& run = session.current()->summary.description;
        QCOMPARE(QString::fromStdString(run.method), QStringLiteral("imported"));
        QCOMPARE(QString::fromStdString(run.name), QStringLiteral("of others"));
        const auto iterations
            = ExperimentReader(path_of(session.file())).iterations(session.current()->summary.id);
        QCOMPARE(iterations[0].step, 100);
        QCOMPARE(iterations[0].edges, 1); // of two, the strongest
        QCOMPARE(iterations[1].step, 500);
        QVERIFY(QString::fromStdString(session.current()->summary.notes)
                    .contains(QStringLiteral("300.json is not used")));

        // A series of checkpoints after it asks for a task again.
        dialog = asked(window);
        QVERIFY(dialog);
        dialog->use_series(circuits);
        check_preview_of_circuits(*dialog);
        dialog->use_series(file_text(series().string()));
        QTRY_COMPARE_WITH_TIMEOUT(
            find<QTreeWidget>(*dialog, "seriesList").topLevelItemCount(), 5, patience);
        QVERIFY(find<QWidget>(*dialog, "observedTask").isEnabled());
        QVERIFY(!can_start(*dialog));
        dialog->done(QDialog::Rejected);
    }

    void circuits_that_are_dropped_are_asked_about_a_folder_and_a_log()
    {
        const QString circuits = written_circuits();
        MainWindow window(engine(), folder_->filePath(QStringLiteral("experiments")));
        circuitloom::testing::drop(window, { circuits });
        QTRY_VERIFY_WITH_TIMEOUT(window.findChild<ObserveDialog*>(), patience);
        QPointer<ObserveDialog> dialog = window.findChild<ObserveDialog*>();
        QCOMPARE(find<QLineEdit>(*dialog, "series").text(), circuits);
        check_preview_of_circuits(*dialog);
        find<QPushButton>(*dialog, "startRun").click();
        QTRY_VERIFY_WITH_TIMEOUT(window.session().current() != nullptr, patience);
        QTRY_COMPARE_WITH_TIMEOUT(window.playback().count(), 2, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog, patience);

        const QString log = folder_->filePath(QStringLiteral("log.jsonl"));
        std::ofstream(path_of(log)) << logged_circuits;
        circuitloom::testing::drop(window, { log });
        QTRY_VERIFY_WITH_TIMEOUT(window.findChild<ObserveDialog*>(), patience);
        dialog = window.findChild<ObserveDialog*>();
        auto& list = find<QTreeWidget>(*dialog, "seriesList");
        QTRY_COMPARE_WITH_TIMEOUT(list.topLevelItemCount(), 3, patience);
        QCOMPARE(list.topLevelItem(2)->text(0), QStringLiteral("log.jsonl:2"));
        QVERIFY(list.topLevelItem(2)->text(3).startsWith(QStringLiteral("no: ")));
        dialog->done(QDialog::Rejected);
    }

    void what_was_filled_in_is_not_dropped_without_a_question()
    {
        const QString circuits = written_circuits();
        ObserveDialog dialog({});
        dialog.show();
        dialog.use_series(circuits);
        QSignalSpy wanted(&dialog, &ObserveDialog::import_requested);
        QTRY_VERIFY_WITH_TIMEOUT(can_start(dialog), patience);
        // Nobody takes it, as where the open experiment is kept: the form stays.
        dialog.accept();
        QCOMPARE(wanted.size(), 1);
        QVERIFY(dialog.isVisible());
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(dialog.isVisible());
        QPointer<QMessageBox> question
            = dialog.findChild<QMessageBox*>(QStringLiteral("question"));
        QVERIFY(question);
        QTest::keyClick(question, Qt::Key_Escape); // as “Keep editing”
        QTRY_VERIFY_WITH_TIMEOUT(!question, patience);
        QVERIFY(dialog.isVisible());
        dialog.use_series({});
        QTest::keyClick(&dialog, Qt::Key_Escape); // nothing is lost
        QVERIFY(!dialog.isVisible());
    }

    void a_series_that_is_none_is_said()
    {
        MainWindow window(engine(), folder_->filePath(QStringLiteral("experiments")));
        QPointer<ObserveDialog> dialog = asked(window);
        QVERIFY(dialog);
        dialog->use_series(QStringLiteral("/no/such/series"));
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>(*dialog, "problem")
                .text()
                .contains(QStringLiteral("There is no series /no/such/series")), patience);
        QVERIFY(!can_start(*dialog));
        dialog->done(QDialog::Rejected);
    }

private:
    static Worker::EngineLoader engine()
    {
        return [programs = QFileInfo(QStringLiteral(CIRCUITLOOM_GUI_BINARY))
                               .absolutePath()
                               .toStdString()] { return load_engine(programs); };
    }
    static ObserveDialog* asked(MainWindow& window)
    {
        action(window, "Observe a series…")->trigger();
        const auto dialogs = window.findChildren<ObserveDialog*>();
        return dialogs.isEmpty() ? nullptr : dialogs.back();
    }
    void ask_about_task(ObserveDialog& dialog) const
    {
        dialog.use_task(folder_->filePath(QStringLiteral("task.jsonl")).toStdString());
        find<QSpinBox>(dialog, "observedEdges").setValue(8);
    }
    /// Circuits of steps 100 and 500, and one that is damaged.
    QString written_circuits() const
    {
        const fs::path folder = path_of(folder_->filePath(QStringLiteral("circuits")));
        fs::create_directories(folder);
        for (const char* step : { "100", "500" })
            std::ofstream(folder / (std::string(step) + ".json"))
                << R"({"cfg": {"n_layers": 1, "n_heads": 2, "parallel_attn_mlp": false,
                    "d_model": 8}, "nodes": {}, "edges": {
                    "input->logits": {"score": 0.5, "in_graph": true},
                    "input->m0": {"score": 0.25, "in_graph": true}}})";
        std::ofstream(folder / "300.json") << "{\"cfg\": {\"n_layers\": 1";
        return file_text(folder.string());
    }
    static void check_preview_of_circuits(const QWidget& dialog)
    {
        auto& list = find<QTreeWidget>(dialog, "seriesList");
        QTRY_COMPARE_WITH_TIMEOUT(list.topLevelItemCount(), 3, patience);
        QCOMPARE(list.topLevelItem(0)->text(0), QStringLiteral("100.json"));
        QCOMPARE(list.topLevelItem(1)->text(1), QStringLiteral("500"));
        QCOMPARE(list.topLevelItem(2)->text(0), QStringLiteral("300.json"));
        QVERIFY(list.topLevelItem(2)->text(3).startsWith(QStringLiteral("no: ")));
        QVERIFY(find<QLabel>(dialog, "seriesSummary")
                    .text()
                    .contains(QStringLiteral("1 will not be used")));
        QTRY_VERIFY_WITH_TIMEOUT(can_start(dialog), patience);
    }
    static bool can_start(const QWidget& dialog)
    {
        return find<QPushButton>(dialog, "startRun").isEnabled();
    }
    fs::path series() const { return path_of(folder_->filePath(QStringLiteral("series"))); }

    QTemporaryDir settings_;
    std::optional<QTemporaryDir> folder_;
};

CIRCUITLOOM_UI_TEST(TestObserveSeries, Application::widgets)
#include "tst_observe_series.moc"
