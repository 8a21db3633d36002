// A file on another machine in the window: a shell stands in for ssh.
#include "core/base/error.h"
#include "core/store/run_writer.h"
#include "tests/support/fake_engine.h"
#include "tests/support/fake_line.h"
#include "tests/support/own_settings.h"
#include "tests/support/store_samples.h"
#include "tests/support/ui_test.h"
#include "ui/base/file_path.h"
#include "ui/window/header_bar.h"
#include "ui/window/main_window.h"
#include "ui/window/remote_dialog.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>
#include <optional>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;

namespace {

constexpr int patience = 120'000; ///< milliseconds, for a busy machine

std::unique_ptr<TuningEngine> fake()
{
    return std::make_unique<FakeEngine>();
}

void add_steps(RunWriter& writer, int from, int to)
{
    for (int i = from; i < to; ++i) {
        writer.add_iteration(samples::iteration(i), samples::circuit(i));
        writer.add_step({ i + 1, 1.0, 0.5, 0.1 });
    }
}

bool header_says(const MainWindow& window, const QString& words)
{
    const auto labels = window.findChild<HeaderBar*>()->findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
        [&](const QLabel* label) { return label->text().contains(words); });
}

} // namespace

class TestRemoteFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(settings_.path());
        QVERIFY(circuitloom::testing::use_fake_line(settings_.path()));
    }

    void init()
    {
        folder_.emplace();
        file_ = folder_->filePath(QStringLiteral("far.loom"));
        writer_ = std::make_unique<RunWriter>(path_of(file_), samples::description());
        add_steps(*writer_, 0, 5);
    }
    void cleanup()
    {
        writer_.reset();
        folder_.reset();
    }

    void a_remote_file_is_shown_as_it_grows()
    {
        MainWindow window(fake, folder_->filePath(QStringLiteral("experiments")));
        QVERIFY(window.open_file(QStringLiteral("ssh://server") + file_));
        ExperimentSession& session = window.session();
        QVERIFY(QTest::qWaitFor([&] { return session.current() != nullptr; }, patience));
        QVERIFY(session.file() != file_);
        QVERIFY(session.file().contains(QStringLiteral("/mirrors/server/")));
        QTRY_VERIFY_WITH_TIMEOUT(
            header_says(window, QStringLiteral("live from server")), patience);
        QTRY_VERIFY_WITH_TIMEOUT(session.trained_elsewhere({ 1 }), patience);
        add_steps(*writer_, 5, 9);
        QTRY_COMPARE_WITH_TIMEOUT(session.current()->iterations.size(), std::size_t{ 9 }, patience);
        writer_->set_state(RunState::finished);
        QTRY_COMPARE_WITH_TIMEOUT(
            session.current()->summary.state, RunState::finished, patience);
        QCOMPARE(QSettings().value(QStringLiteral("recentRemotes")).toStringList().size(), 1);
        // Another file is opened: nothing is followed any more.
        QVERIFY(window.open_file(file_));
        QTRY_VERIFY_WITH_TIMEOUT(session.file() == file_, patience);
        QTRY_VERIFY(!header_says(window, QStringLiteral("server")));
    }

    void a_mirror_opened_as_a_file_is_followed_again_and_waits_for_its_line()
    {
        QString mirror;
        {
            MainWindow window(fake, folder_->filePath(QStringLiteral("experiments")));
            window.open_file(QStringLiteral("ssh://server") + file_);
            QVERIFY(QTest::qWaitFor(
                [&] { return window.session().current() != nullptr; }, patience));
            mirror = window.session().file();
        }
        QFile cut(settings_.filePath(QStringLiteral("cut")));
        QVERIFY(cut.open(QIODevice::WriteOnly));
        add_steps(*writer_, 5, 7);
        MainWindow window(fake, folder_->filePath(QStringLiteral("experiments")));
        QVERIFY(window.open_file(mirror));
        QTRY_VERIFY_WITH_TIMEOUT(
            header_says(window, QStringLiteral("line to server lost, trying again in")), patience);
        QCOMPARE(window.session().current()->iterations.size(), std::size_t{ 5 });
        QVERIFY(cut.remove());
        QTRY_COMPARE_WITH_TIMEOUT(
            window.session().current()->iterations.size(), std::size_t{ 7 }, patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            header_says(window, QStringLiteral("live from server")), patience);
    }

    void what_cannot_be_opened_is_said()
    {
        MainWindow window(fake, folder_->filePath(QStringLiteral("experiments")));
        window.open_file(QStringLiteral("ssh://server/no/such/folder/run.loom"));
        const auto says = [&](const QString& words) {
            const auto labels = window.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                [&](const QLabel* label) { return label->text().contains(words); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("no such file on server yet")), patience);
        window.open_file(QStringLiteral("ssh://-oProxyCommand=x/run.loom"));
        QTRY_VERIFY(says(QStringLiteral("is no address")));
    }

    void a_mirror_that_its_host_refuses_is_not_asked_for_again()
    {
        const QString experiments = folder_->filePath(QStringLiteral("experiments"));
        QString mirror;
        const QString near_file = folder_->filePath(QStringLiteral("near.loom"));
        {
            MainWindow window(fake, experiments);
            QVERIFY(window.open_file(QStringLiteral("ssh://server") + file_));
            QVERIFY(
                QTest::qWaitFor([&] { return window.session().current() != nullptr; }, patience));
            mirror = window.session().file();
        }
        QVERIFY(QFile::copy(mirror, near_file)); // whole, as nobody has it open
        writer_.reset();
        // Opened as a file it is followed; what is there now is no file at all.
        QVERIFY(QFile::remove(file_));
        QVERIFY(QDir().mkpath(file_));
        QFile count(settings_.filePath(QStringLiteral("connections")));
        QVERIFY(count.open(QIODevice::WriteOnly));
        count.close();
        MainWindow window(fake, experiments);
        QVERIFY(window.open_file(near_file));
        const auto connections = [&] { return QFileInfo(count.fileName()).size(); };
        QTRY_VERIFY_WITH_TIMEOUT(connections() > 0, patience);
        QTest::qWait(3000); // in which a line that is begun at once would begin again and again
        QVERIFY2(connections() <= 2, qPrintable(QString::number(connections())));
        QVERIFY(QFile::remove(count.fileName()));
    }

    void the_dialog_takes_whole_addresses_only()
    {
        RemoteDialog dialog({});
        auto* host = dialog.findChild<QLineEdit*>(QStringLiteral("remoteHost"));
        auto* path = dialog.findChild<QLineEdit*>(QStringLiteral("remotePath"));
        const auto opens = [&] {
            const auto buttons = dialog.findChildren<QPushButton*>();
            return std::any_of(buttons.begin(), buttons.end(), [](const QPushButton* button) {
                return button->isDefault() && button->isEnabled();
            });
        };
        QVERIFY(!opens());
        host->setText(QStringLiteral("me@host"));
        path->setText(QStringLiteral("run.loom"));
        QVERIFY(!opens());
        path->setText(QStringLiteral("~/50% run.loom"));
        QVERIFY(opens());
        QCOMPARE(dialog.address(), QStringLiteral("ssh://me@host/~/50%25 run.loom"));
        RemoteDialog again({ QStringLiteral("ssh://me@host:22/data/a%20b.loom") });
        QCOMPARE(again.findChild<QLineEdit*>(QStringLiteral("remoteHost"))->text(),
            QStringLiteral("me@host:22"));
        QCOMPARE(again.findChild<QLineEdit*>(QStringLiteral("remotePath"))->text(),
            QStringLiteral("/data/a b.loom"));
    }

private:
    QTemporaryDir settings_;
    std::optional<QTemporaryDir> folder_;
    QString file_;
    std::unique_ptr<RunWriter> writer_;
};

CIRCUITLOOM_UI_TEST(TestRemoteFile, Application::widgets)
#include "tst_remote_file.moc"
