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
