// A run that is started on another machine from the dialog: a shell stands in for ssh.
#include "core/remote/run_orders.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "tests/support/dialog_fields.h"
#include "tests/support/fake_engine.h"
#include "tests/support/fake_line.h"
#include "tests/support/own_settings.h"
#include "tests/support/store_samples.h"
#include "tests/support/ui_test.h"
#include "ui/base/file_path.h"
#include "ui/dialogs/new_run_dialog.h"
#include "ui/dialogs/number_edit.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QComboBox>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <functional>
#include <memory>
#include <optional>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::command_of;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::find;

namespace {

constexpr int patience = 120'000; ///< milliseconds, for a busy machine

std::unique_ptr<TuningEngine> fake()
{
    return std::make_unique<FakeEngine>();
}

QString words_of(const QWidget& dialog, const char* label)
{
    return find<QLabel>(dialog, label).text();
}

bool can_start(const QWidget& dialog)
{
    return find<QPushButton>(dialog, "startRun").isEnabled();
}

void steps_of(const QWidget& dialog, const QString& number)
{
    auto& steps = find<NumberEdit>(dialog, "run.steps");
    steps.selectAll();
    QTest::keyClicks(&steps, number);
}

/// So many that nobody sees its end.
void make_endless(const QWidget& dialog)
{
    steps_of(dialog, QStringLiteral("100000"));
}

void write_into(const QWidget& dialog, const char* box, const QString& text)
{
    QLineEdit& edit = *find<QComboBox>(dialog, box).lineEdit();
    edit.selectAll();
    QTest::keyClicks(&edit, text);
}

} // namespace

class TestRemoteRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(settings_.path());
        QVERIFY(circuitloom::testing::use_fake_line(settings_.path()));
        QCoreApplication::setApplicationVersion(QStringLiteral("0.0-here"));
    }

    void init()
    {
        folder_.emplace();
        file_ = folder_->filePath(QStringLiteral("far.loom"));
        RunWriter(path_of(file_), samples::description()).set_state(RunState::finished);
    }
    void cleanup()
    {
        QFile::remove(settings_.filePath(QStringLiteral("cut")));
        folder_.reset();
    }

    void a_run_begins_on_the_host_and_outlives_the_window()
    {
        RunId run{ 0 };
        {
            std::unique_ptr<MainWindow> window = opened();
            QPointer<NewRunDialog> dialog = asked(*window);
            QVERIFY(dialog);
            make_endless(*dialog);
            QTRY_VERIFY_WITH_TIMEOUT(can_start(*dialog), patience);
            QCOMPARE(
                find<QPushButton>(*dialog, "startRun").text(), QStringLiteral("Start on server"));
            QVERIFY(
                words_of(*dialog, "placeSentence").contains(QStringLiteral("here is 0.0-here")));
            QVERIFY(words_of(*dialog, "previewText").contains(QStringLiteral("2000")));
            QVERIFY(command_of(*dialog).startsWith(
                QStringLiteral("circuitloom-cli mirror ssh://server/")));
            QVERIFY(command_of(*dialog).endsWith(QStringLiteral(" --start run.toml")));
            QTRY_VERIFY_WITH_TIMEOUT(
                find<QComboBox>(*dialog, "hostModel").findText(QStringLiteral("demo")) >= 0,
                patience);
            QTRY_VERIFY_WITH_TIMEOUT(
                words_of(*dialog, "fitsEstimate").contains(QStringLiteral("free")), patience);
            find<QPushButton>(*dialog, "startRun").click();
            QVERIFY(!dialog || !can_start(*dialog)); // once is enough
            QTRY_VERIFY_WITH_TIMEOUT(!dialog, patience);
            ExperimentSession& session = window->session();
            QTRY_COMPARE_WITH_TIMEOUT(session.runs().size(), std::size_t{ 2 }, patience);
            run = session.runs().back().summary.id;
            QTRY_VERIFY_WITH_TIMEOUT(session.trained_elsewhere(run), patience);
            session.select(run);
            QTRY_VERIFY_WITH_TIMEOUT(
                session.current() && session.current()->summary.id == run, patience);
            auto* pause = action(*window, QStringLiteral("Pause"));
            QVERIFY(pause);
            QTRY_VERIFY_WITH_TIMEOUT(pause->isEnabled(), patience);
            pause->trigger();
            QTRY_COMPARE_WITH_TIMEOUT(state_of(run), RunState::paused, patience);
        }
        give_order(path_of(file_), run, RunOrder::resume);
        QTRY_COMPARE_WITH_TIMEOUT(state_of(run), RunState::running, patience);
        give_order(path_of(file_), run, RunOrder::stop);
        QTRY_COMPARE_WITH_TIMEOUT(state_of(run), RunState::stopped, patience);
    }

    void a_first_run_makes_the_file_there()
    {
        file_ = folder_->filePath(QStringLiteral("new.loom"));
        MainWindow window(fake, folder_->filePath(QStringLiteral("experiments")));
        window.open_file(QStringLiteral("ssh://server") + file_);
        const auto says = [&](const QString& words) {
            const auto labels = window.findChildren<QLabel*>();
            return std::ranges::any_of(
                labels, [&](const QLabel* label) { return label->text().contains(words); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("no such file on server yet")), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().file().isEmpty(), patience);
        QVERIFY(!QFile::exists(file_));
        QPointer<NewRunDialog> dialog = asked(window);
        QVERIFY(dialog);
        // Nothing is known of the model before the host has answered, which is no fault of it.
        QVERIFY(words_of(*dialog, "memoryEstimate").contains(QStringLiteral("known once server")));
        make_endless(*dialog);
        QTRY_VERIFY_WITH_TIMEOUT(can_start(*dialog), patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            words_of(*dialog, "memoryEstimate").startsWith(QStringLiteral("about ")), patience);
        find<QPushButton>(*dialog, "startRun").click();
        QTRY_COMPARE_WITH_TIMEOUT(window.session().runs().size(), std::size_t{ 1 }, patience);
        const RunId run = window.session().runs().back().summary.id;
        QTRY_VERIFY_WITH_TIMEOUT(window.session().trained_elsewhere(run), patience);
        give_order(path_of(file_), run, RunOrder::stop);
        QTRY_COMPARE_WITH_TIMEOUT(state_of(run), RunState::stopped, patience);
    }

    void a_sweep_is_made_on_the_host()
    {
        std::unique_ptr<MainWindow> window = opened();
        QPointer<NewRunDialog> dialog = asked(*window);
        QVERIFY(dialog);
        steps_of(*dialog, QStringLiteral("1"));
        find<QSpinBox>(*dialog, "sweepSeeds").setValue(2);
        QTRY_VERIFY_WITH_TIMEOUT(can_start(*dialog), patience);
        QCOMPARE(find<QPushButton>(*dialog, "startRun").text(),
            QStringLiteral("Start 2 runs on server"));
        QVERIFY(command_of(*dialog).endsWith(QStringLiteral(" --start run.toml --seeds 2")));
        find<QPushButton>(*dialog, "startRun").click();
        ExperimentSession& session = window->session();
        QTRY_COMPARE_WITH_TIMEOUT(session.runs().size(), std::size_t{ 3 }, patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            std::ranges::all_of(session.runs(),
                [](const RunHistory& run) { return run.summary.state == RunState::finished; }),
            patience);
        QVERIFY(session.runs()[1].summary.description.seed
            != session.runs()[2].summary.description.seed);
        // What is there is not made again.
        dialog = asked(*window);
        QVERIFY(dialog);
        steps_of(*dialog, QStringLiteral("1"));
        find<QSpinBox>(*dialog, "sweepSeeds").setValue(2);
        QTRY_VERIFY_WITH_TIMEOUT(
            words_of(*dialog, "problem")
                .contains(QStringLiteral("All runs of this sweep are in the file already")),
            patience);
        dialog->done(QDialog::Rejected);
    }

    void a_start_that_is_refused_is_told_once()
    {
        const QString there = folder_->filePath(QStringLiteral("there"));
        const QString away = folder_->filePath(QStringLiteral("away"));
        QVERIFY(QDir().mkpath(there));
        file_ = there + QStringLiteral("/far.loom");
        RunWriter(path_of(file_), samples::description()).set_state(RunState::finished);
        std::unique_ptr<MainWindow> window = opened();
        QPointer<NewRunDialog> dialog = asked(*window);
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(can_start(*dialog), patience);
        // A folder that nobody can write into, not even root: it is gone.
        QVERIFY(QDir().rename(there, away));
        find<QPushButton>(*dialog, "startRun").click();
        const auto said = [&] {
            int count = 0;
            for (const QLabel* label : window->findChildren<QLabel*>())
                count += label->text().contains(QStringLiteral("cannot be written")) ? 1 : 0;
            return count;
        };
        QTRY_COMPARE_WITH_TIMEOUT(said(), 1, patience);
        QVERIFY(words_of(*dialog, "warning").contains(QStringLiteral("cannot be written")));
        dialog->done(QDialog::Rejected);
    }

    void what_the_host_does_not_have_is_said_by_field()
    {
        std::unique_ptr<MainWindow> window = opened();
        QPointer<NewRunDialog> dialog = asked(*window);
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(can_start(*dialog), patience);
        write_into(*dialog, "hostTask", QStringLiteral("own.jsonl"));
        QVERIFY(!can_start(*dialog));
        QTRY_VERIFY_WITH_TIMEOUT(
            words_of(*dialog, "hostTaskProblem").contains(QStringLiteral("own.jsonl")), patience);
        QVERIFY(!can_start(*dialog));
        QVERIFY(words_of(*dialog, "problem").startsWith(QStringLiteral("server says: ")));
        QVERIFY(words_of(*dialog, "hostModelProblem").isEmpty());
        // Beside the file there.
        QFile task(folder_->filePath(QStringLiteral("own.jsonl")));
        QVERIFY(task.open(QIODevice::WriteOnly));
        task.write(R"({"text": "the dog runs",)"
                   R"( "spans": [{"start": 7, "end": 12, "alternative": " run"}]})"
                   "\n");
        task.close();
        write_into(*dialog, "hostModel", QStringLiteral("/none/model"));
        QTRY_VERIFY_WITH_TIMEOUT(
            words_of(*dialog, "hostModelProblem").contains(QStringLiteral("/none/model")),
            patience);
        write_into(*dialog, "hostModel", QStringLiteral("demo"));
        QTRY_VERIFY_WITH_TIMEOUT(can_start(*dialog), patience);
        QVERIFY(words_of(*dialog, "hostTaskProblem").isEmpty());
        QVERIFY(words_of(*dialog, "previewText").contains(QStringLiteral(": 1 that")));
        // A card that a processor is not.
        auto& device = find<QLineEdit>(*dialog, "device");
        QTRY_VERIFY_WITH_TIMEOUT(
            words_of(*dialog, "fitsEstimate").contains(QStringLiteral("free")), patience);
        device.selectAll();
        QTest::keyClicks(&device, QStringLiteral("cuda:77"));
        QVERIFY(words_of(*dialog, "problem").contains(QStringLiteral("cuda:77, which server")));
        dialog->done(QDialog::Rejected);
    }

    void a_line_that_fails_is_said_and_the_dialog_can_be_left()
    {
        std::unique_ptr<MainWindow> window = opened();
        QPointer<NewRunDialog> dialog = asked(*window);
        QVERIFY(dialog);
        make_endless(*dialog);
        QTRY_VERIFY_WITH_TIMEOUT(can_start(*dialog), patience);
        QFile cut(settings_.filePath(QStringLiteral("cut")));
        QVERIFY(cut.open(QIODevice::WriteOnly));
        cut.close();
        QFile process(settings_.filePath(QStringLiteral("process")));
        QVERIFY(process.open(QIODevice::ReadOnly));
        QVERIFY(::kill(process.readAll().trimmed().toInt(), SIGKILL) == 0);
        QTRY_VERIFY_WITH_TIMEOUT(
            words_of(*dialog, "problem").contains(QStringLiteral("line to server lost")), patience);
        QVERIFY(!can_start(*dialog));
        QVERIFY(cut.remove());
        QTRY_VERIFY_WITH_TIMEOUT(can_start(*dialog), patience);
        // What was sent and not answered yet keeps nobody.
        find<QPushButton>(*dialog, "startRun").click();
        dialog->reject();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog, patience);
        QTRY_COMPARE_WITH_TIMEOUT(window->session().runs().size(), std::size_t{ 2 }, patience);
        const RunId run = window->session().runs().back().summary.id;
        QTRY_VERIFY_WITH_TIMEOUT(window->session().trained_elsewhere(run), patience);
        give_order(path_of(file_), run, RunOrder::stop);
        QTRY_COMPARE_WITH_TIMEOUT(state_of(run), RunState::stopped, patience);
    }

    void a_run_of_this_computer_begins_a_file_of_its_own()
    {
        std::unique_ptr<MainWindow> window = opened();
        const QString mirror = window->session().file();
        QPointer<NewRunDialog> dialog = asked(*window);
        QVERIFY(dialog);
        find<QComboBox>(*dialog, "place").setCurrentIndex(1);
        QVERIFY(find<QWidget>(*dialog, "model").isVisibleTo(dialog));
        QVERIFY(!find<QWidget>(*dialog, "hostModel").isVisibleTo(dialog));
        QTRY_VERIFY_WITH_TIMEOUT(can_start(*dialog), patience);
        find<QPushButton>(*dialog, "startRun").click();
        ExperimentSession& session = window->session();
        // It may be over before it was looked at.
        QTRY_VERIFY_WITH_TIMEOUT(session.file() != mirror && session.runs().size() == 1, patience);
    }

private:
    std::unique_ptr<MainWindow> opened()
    {
        auto window
            = std::make_unique<MainWindow>(fake, folder_->filePath(QStringLiteral("experiments")));
        window->open_file(QStringLiteral("ssh://server") + file_);
        return QTest::qWaitFor([&] { return window->session().current() != nullptr; }, patience)
            ? std::move(window)
            : nullptr;
    }
    /// The dialog of Run > New run.
    static NewRunDialog* asked(MainWindow& window)
    {
        QAction* other = action(window, QStringLiteral("Choose everything…"));
        if (!other)
            return nullptr;
        other->trigger();
        return window.findChild<NewRunDialog*>();
    }
    static QAction* action(const MainWindow& window, const QString& text)
    {
        for (QAction* one : window.findChildren<QAction*>())
            if (QString(one->text()).remove(u'&') == text)
                return one;
        return nullptr;
    }
    RunState state_of(RunId run) const
    {
        for (const RunSummary& one : ExperimentReader(path_of(file_)).runs())
            if (one.id == run)
                return one.state;
        return RunState::failed;
    }

    QTemporaryDir settings_;
    std::optional<QTemporaryDir> folder_;
    QString file_;
};

CIRCUITLOOM_UI_TEST(TestRemoteRun, Application::widgets)
#include "tst_remote_run.moc"
