// The start page: which experiments it finds, what it tells of them, and what can be done there.
#include "core/store/experiment_reader.h"
#include "core/store/schema.h"
#include "core/store/stored_view.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/session/unsaved_experiments.h"
#include "ui/start/experiment_list.h"
#include "ui/start/experiment_row.h"
#include "ui/start/sample_experiment.h"
#include "ui/start/start_page.h"
#include "ui/window/main_window.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::open_in_window;
using circuitloom::testing::write_run;
using circuitloom::testing::write_stopped_run;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

std::unique_ptr<TuningEngine> fake()
{
    return std::make_unique<FakeEngine>();
}

CardPicture small_picture()
{
    return { card_picture_size, 1, theme(true) };
}

void answer(QMessageBox::StandardButton button)
{
    QTimer::singleShot(0, qApp, [button] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        QVERIFY(box);
        box->button(button)->click();
    });
}

/// Chooses a file in the next dialog that asks for one.
void choose_file(const QString& file)
{
    QTimer::singleShot(0, qApp, [file] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        QVERIFY(dialog);
        dialog->selectFile(file);
        QMetaObject::invokeMethod(dialog, "accept");
    });
}

QList<ExperimentRow*> rows_of(const MainWindow& window)
{
    QList<ExperimentRow*> rows;
    for (ExperimentRow* row : window.findChild<StartPage*>()->findChildren<ExperimentRow*>())
        if (!row->isHidden())
            rows << row;
    return rows;
}

QPushButton* button_of(const ExperimentRow& row, const char* name)
{
    return row.findChild<QPushButton*>(QString::fromLatin1(name));
}

} // namespace

class TestStartPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(settings_.path());
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    }

    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(folder_->isValid());
        QVERIFY(QDir().mkpath(kept()));
        QSettings().clear();
    }

    void a_card_tells_what_is_in_a_file()
    {
        write_run(kept("a.loom"), "first", 5);
        write_stopped_run(kept("a.loom"), "second", 3, 9);
        const ExperimentCard card = read_card(kept("a.loom"), true, small_picture());
        QCOMPARE(card.trouble, QString());
        QCOMPARE(card.runs, 2);
        QCOMPARE(card.run, QStringLiteral("second"));
        QVERIFY(card.state.contains(QStringLiteral("3 of 9")));
        QVERIFY(card.unfinished == RunId{ 2 });
        QVERIFY(!card.in_training);
        QCOMPARE(card.picture.size(), card_picture_size);
        // Something is drawn.
        QSet<QRgb> colors;
        for (int y = 0; y < card.picture.height(); ++y)
            for (int x = 0; x < card.picture.width(); ++x)
                colors << card.picture.pixel(x, y);
        QVERIFY(colors.size() > 50);

        write_run(kept("b.loom"), "done", 4);
        QVERIFY(!read_card(kept("b.loom"), true, small_picture()).unfinished);
    }

    void what_is_no_experiment_is_said_on_its_card()
    {
        QFile junk(kept("junk.loom"));
        QVERIFY(junk.open(QIODevice::WriteOnly));
        junk.write("this is no database");
        junk.close();
        const ExperimentCard card = read_card(kept("junk.loom"), true, small_picture());
        QVERIFY(card.trouble.contains(QStringLiteral("junk.loom")));
        QVERIFY(card.picture.isNull());
    }

    void the_list_has_the_unsaved_ones_first_and_each_file_once()
    {
        write_run(kept("old.loom"), "old", 2);
        QVERIFY(set_time(kept("old.loom"), -3600));
        write_run(kept("new.loom"), "new", 2);
        write_run(path("mine.loom"), "mine", 2);
        ExperimentList list;
        QSignalSpy told(&list, &ExperimentList::changed);
        list.read(kept(), { path("mine.loom"), kept("new.loom"), path("gone.loom") },
            small_picture());
        QCOMPARE(told.size(), 0); // nothing was read on this thread
        QTRY_VERIFY_WITH_TIMEOUT(list.complete() && told.size() >= 4, patience);
        QStringList names;
        for (const ExperimentCard& card : list.cards())
            names << card.run;
        QCOMPARE(names,
            QStringList({ QStringLiteral("new"), QStringLiteral("old"), QStringLiteral("mine") }));
        QVERIFY(list.cards()[1].unsaved && !list.cards()[2].unsaved);
    }

    void what_the_list_leaves_out_is_said()
    {
        write_run(kept("untitled-0.loom"), "one", 2);
        for (int i = 1; i < 33; ++i)
            QVERIFY(QFile::copy(kept("untitled-0.loom"),
                kept(qPrintable(QStringLiteral("untitled-%1.loom").arg(i)))));
        MainWindow window(fake, kept());
        show(window);
        auto* said = window.findChild<QLabel*>(QStringLiteral("unlistedExperiments"));
        QTRY_VERIFY_WITH_TIMEOUT(said->isVisible(), patience);
        QCOMPARE(static_cast<int>(rows_of(window).size()), 30);
        QCOMPARE(said->text(), QStringLiteral("3 older ones are in %1.").arg(kept()));
    }

    void the_next_start_finds_what_was_left()
    {
        write_stopped_run(kept("untitled-1.loom"), "left", 3, 6);
        MainWindow window(fake, kept());
        show(window);
        QTRY_COMPARE_WITH_TIMEOUT(rows_of(window).size(), 1, patience);
        ExperimentRow* row = rows_of(window).front();
        QTRY_COMPARE_WITH_TIMEOUT(row->card().run, QStringLiteral("left"), patience);
        QPushButton* go_on = button_of(*row, "goOnRow");
        QVERIFY(go_on->isVisible());
        QTest::mouseClick(go_on, Qt::LeftButton);
        // It is opened, and its run goes on to the end.
        QTRY_COMPARE_WITH_TIMEOUT(window.session().file(), kept("untitled-1.loom"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().training() && window.session().current()
                && window.session().current()->summary.state == RunState::finished,
            patience);
        QCOMPARE(window.session().runs().size(), std::size_t{ 1 });
        QCOMPARE(window.playback().count(), 7);
    }

    void a_click_opens_an_experiment()
    {
        write_run(path("mine.loom"), "mine", 3);
        QSettings().setValue(QStringLiteral("recent"), QStringList{ path("mine.loom") });
        MainWindow window(fake, kept());
        show(window);
        QTRY_COMPARE_WITH_TIMEOUT(rows_of(window).size(), 1, patience);
        ExperimentRow* row = rows_of(window).front();
        QTRY_COMPARE_WITH_TIMEOUT(row->card().runs, 1, patience);
        QVERIFY(button_of(*row, "nameRow")->isHidden());
        QVERIFY(button_of(*row, "deleteRow")->isHidden());
        QTest::mouseClick(button_of(*row, "openRow"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(window.session().file(), path("mine.loom"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(window.playback().count(), 4, patience);
    }

    void an_unsaved_experiment_is_named_there()
    {
        write_run(kept("untitled-1.loom"), "mine", 3);
        MainWindow window(fake, kept());
        show(window);
        QTRY_COMPARE_WITH_TIMEOUT(rows_of(window).size(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(rows_of(window).front()->card().runs, 1, patience);
        choose_file(path("named.loom"));
        QTest::mouseClick(button_of(*rows_of(window).front(), "nameRow"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(
            rows_of(window).size() == 1 && !rows_of(window).front()->card().unsaved, patience);
        QCOMPARE(rows_of(window).front()->card().file, path("named.loom"));
        QVERIFY(QDir(kept()).entryList({ QStringLiteral("*.loom*") }, QDir::Files).isEmpty());
        QCOMPARE(ExperimentReader(path_of(path("named.loom"))).runs().at(0).iterations, 4);
    }

    void an_unsaved_experiment_is_deleted_there_once_that_is_confirmed()
    {
        write_run(kept("untitled-1.loom"), "mine", 3);
        MainWindow window(fake, kept());
        show(window);
        QTRY_COMPARE_WITH_TIMEOUT(rows_of(window).size(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(rows_of(window).front()->card().runs, 1, patience);
        answer(QMessageBox::Cancel);
        QTest::mouseClick(button_of(*rows_of(window).front(), "deleteRow"), Qt::LeftButton);
        QVERIFY(QFile::exists(kept("untitled-1.loom")));
        answer(QMessageBox::Yes);
        QTest::mouseClick(button_of(*rows_of(window).front(), "deleteRow"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(rows_of(window).isEmpty(), patience);
        QVERIFY(!QFile::exists(kept("untitled-1.loom")));
    }

    void what_somebody_trains_into_is_neither_deleted_nor_named()
    {
        const RunDescription description = [] {
            RunDescription run;
            run.name = "held";
            run.method = "circuit";
            run.configuration = "{}";
            run.software = "{}";
            run.steps = 3;
            run.shape = { 2, 2, 2, 8 };
            return run;
        }();
        const RunWriter writer(path_of(kept("held.loom")), description);
        UnsavedExperiments unsaved(kept(), WaitingRuns(kept("waiting")));
        QSignalSpy failed(&unsaved, &UnsavedExperiments::failed);
        unsaved.remove(kept("held.loom"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        unsaved.name(kept("held.loom"), path("named.loom"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 2, patience);
        QVERIFY(QFile::exists(kept("held.loom")));
        QVERIFY(!QFile::exists(path("named.loom")));
        QVERIFY(read_card(kept("held.loom"), true, small_picture()).in_training);
    }

    void the_sample_is_a_finished_comparison_of_todays_schema()
    {
        QFile sample(sample_experiment());
        QVERIFY(sample.exists());
        QVERIFY(sample.size() <= 3 * 1024 * 1024);
        QVERIFY(sample.copy(path("sample.loom")));
        QVERIFY(QFile::setPermissions(
            path("sample.loom"), QFile::ReadOwner | QFile::WriteOwner));
        const auto file = path_of(path("sample.loom"));
        std::set<std::string> methods;
        for (const RunSummary& run : ExperimentReader(file).runs()) {
            QCOMPARE(run.state, RunState::finished);
            methods.insert(run.description.method);
        }
        QCOMPARE(methods,
            std::set<std::string>({ "circuit", "fixed", "full", "lora", "random" }));
        // Of an older schema it would have to be brought up to date; see resources/samples.
        QVERIFY(save_view(file, { RunId{ 1 }, "{}" }));
    }

    void the_sample_opens_with_one_click_as_a_copy()
    {
        MainWindow window(fake, kept());
        show(window);
        QTest::mouseClick(
            window.findChild<QPushButton*>(QStringLiteral("openSample")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().current(), patience);
        QVERIFY(window.session().unsaved());
        QVERIFY(QFileInfo(window.session().file()).isWritable());
        QTRY_VERIFY_WITH_TIMEOUT(!window.session().reading(), patience);
        // It is called what it is, not by the name of one of its runs.
        QVERIFY2(window.windowTitle().startsWith(QStringLiteral("Finished sample: ")),
            qPrintable(window.windowTitle()));
        window.session().rename(window.session().current()->summary.id, QStringLiteral("mine"));
        window.session().close();
        const auto* page = window.findChild<StartPage*>();
        QTRY_VERIFY_WITH_TIMEOUT(!page->findChildren<QPushButton*>(QStringLiteral("openRow")).isEmpty()
                && page->findChild<QPushButton*>(QStringLiteral("openRow"))
                       ->text()
                       .startsWith(QStringLiteral("Finished sample: ")),
            patience);
        // The copy is what opens the next time.
        QTest::mouseClick(
            window.findChild<QPushButton*>(QStringLiteral("openSample")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().current(), patience);
        const auto& runs = window.session().runs();
        QVERIFY(std::ranges::any_of(runs,
            [](const RunHistory& run) { return run.summary.description.name == "mine"; }));
    }

private:
    QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }
    QString kept(const char* name = "") const
    {
        return QDir::cleanPath(folder_->filePath(QStringLiteral("kept/"))
            + QString::fromLatin1(name));
    }

    static bool set_time(const QString& name, int seconds)
    {
        QFile file(name);
        return file.open(QIODevice::ReadWrite)
            && file.setFileTime(QDateTime::currentDateTime().addSecs(seconds),
                QFileDevice::FileModificationTime);
    }

    static void show(MainWindow& window)
    {
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }

    QTemporaryDir settings_;
    std::unique_ptr<QTemporaryDir> folder_;
};

CIRCUITLOOM_UI_TEST(TestStartPage, Application::widgets)
#include "tst_start_page.moc"
