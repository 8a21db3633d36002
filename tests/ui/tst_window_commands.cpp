// What the main window is made of, each part alone.
#include "core/run/engine.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/session/experiment_session.h"
#include "ui/timeline/playback.h"
#include "ui/timeline/timeline_bar.h"
#include "ui/window/circuit_pages.h"
#include "ui/window/error_banner.h"
#include "ui/window/export_commands.h"
#include "ui/window/recent_files.h"
#include "ui/window/run_names.h"
#include "ui/window/theme_choice.h"
#include "ui/window/timeline_commands.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QActionGroup>
#include <QFile>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

/// A window with actions, and nothing that they do.
struct Shell
{
    QWidget window;
    QMenuBar bar;
    WindowActions actions{ window, bar };
};

} // namespace

class TestWindowCommands : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir settings_;

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(settings_.path());
    }

    void init() { QSettings().clear(); }

    void recent_files_are_those_that_are_there_the_newest_first()
    {
        const QTemporaryDir folder;
        QMenu menu;
        RecentFiles recent(menu);
        QVERIFY(!menu.isEnabled());
        QStringList files;
        for (int i = 0; i < 12; ++i) {
            files << folder.filePath(QStringLiteral("%1.loom").arg(i));
            QFile file(files.back());
            QVERIFY(file.open(QIODevice::WriteOnly));
            recent.remember(files.back());
        }
        recent.remember(files[5]);
        QVERIFY(menu.isEnabled());
        QCOMPARE(menu.actions().size(), 10);
        QCOMPARE(menu.actions()[0]->text(), QStringLiteral("5.loom"));
        QCOMPARE(menu.actions()[1]->text(), QStringLiteral("11.loom"));
        QSignalSpy chosen(&recent, &RecentFiles::chosen);
        menu.actions()[1]->trigger();
        QCOMPARE(chosen.last()[0].toString(), files[11]);

        QVERIFY(QFile::remove(files[11]));
        QMenu later;
        const RecentFiles again(later);
        QCOMPARE(later.actions().size(), 9);
        QCOMPARE(later.actions()[1]->text(), QStringLiteral("10.loom"));
    }

    void a_runs_copy_has_the_next_free_name()
    {
        const QString run = QStringLiteral("run");
        QCOMPARE(next_name(run, {}), QStringLiteral("run 2"));
        QCOMPARE(next_name(QStringLiteral("run 2"), {}), QStringLiteral("run 3"));
        QCOMPARE(next_name(run, { QStringLiteral("run 2"), QStringLiteral("run 3") }),
            QStringLiteral("run 4"));
        QCOMPARE(next_name(QStringLiteral("big run 12345"), {}), QStringLiteral("big run 12345 2"));
        // Its seed is the same.
        const QString of_seed = QStringLiteral("method circuit, seed 3");
        QCOMPARE(next_name(of_seed, {}), QStringLiteral("method circuit, seed 3 (2)"));
        QCOMPARE(next_name(of_seed + QStringLiteral(" (2)"), {}),
            QStringLiteral("method circuit, seed 3 (3)"));
    }

    void the_timelines_actions_steer_a_playback()
    {
        Shell shell;
        Playback playback;
        TimelineBar timeline(playback);
        const TimelineCommands commands(shell.window, playback, timeline, shell.actions);
        QVERIFY(!shell.actions.start_loop->isEnabled());
        playback.reset({ 0, 5, 10, 15, 20 }, false);
        QVERIFY(shell.actions.start_loop->isEnabled());
        QVERIFY(!shell.actions.clear_loop->isEnabled());
        shell.actions.first->trigger();
        shell.actions.next->trigger();
        QCOMPARE(playback.current(), 1);
        shell.actions.start_loop->trigger();
        QVERIFY(shell.actions.clear_loop->isEnabled());
        QCOMPARE(playback.loop_range()->first, 1);
        shell.actions.clear_loop->trigger();
        QVERIFY(!shell.actions.clear_loop->isEnabled());
        // It has the clock that a playback has not.
        playback.set_speed(50);
        shell.actions.play->trigger();
        QTRY_COMPARE(playback.current(), 4);
        QTRY_VERIFY(!playback.playing());
    }

    void without_a_run_there_is_nothing_to_export()
    {
        Shell shell;
        Playback playback;
        ErrorBanner banner;
        const QTemporaryDir folder;
        ExperimentSession session([] { return std::unique_ptr<TuningEngine>(); }, folder.path());
        ExportCommands commands(
            shell.window, session, [] { return std::optional<ExportSource>(); }, playback,
            shell.actions, banner);
        for (const QAction* action : { shell.actions.export_circuit, shell.actions.export_film,
                 shell.actions.export_curves, shell.actions.copy_circuit })
            QVERIFY(!action->isEnabled());
        QVERIFY(!commands.export_circuit(folder.filePath(QStringLiteral("c.png"))));
        QVERIFY(banner.text().contains(QStringLiteral("no circuit to export")));
        QVERIFY(!commands.export_curves(folder.filePath(QStringLiteral("c.csv"))));
        QVERIFY(banner.text().contains(QStringLiteral("no run")));
        // A run without circuits has curves, one of a single circuit is no film.
        commands.show_state(true);
        QVERIFY(shell.actions.export_curves->isEnabled());
        QVERIFY(!shell.actions.export_circuit->isEnabled());
        playback.reset({ 0 }, false);
        commands.show_state(true);
        QVERIFY(shell.actions.export_circuit->isEnabled());
        QVERIFY(!shell.actions.export_film->isEnabled());
    }

    void a_theme_is_chosen_told_and_remembered()
    {
        Shell shell;
        PreferenceStore preferences;
        ThemeSwitch themes(*shell.actions.themes, preferences);
        QSignalSpy told(&themes, &ThemeSwitch::changed);
        for (QAction* action : shell.actions.themes->actions())
            if (action->data().toInt() == static_cast<int>(ThemeChoice::light))
                action->trigger();
        QVERIFY(!themes.theme().dark);
        preferences.set_theme(ThemeChoice::dark);
        QVERIFY(themes.theme().dark);
        QCOMPARE(told.size(), 2);
        QVERIFY(read_preferences(QSettings()).preferences.theme == ThemeChoice::dark);
        QCOMPARE(shell.actions.themes->checkedAction()->data().toInt(),
            static_cast<int>(ThemeChoice::dark));
        QCOMPARE(qApp->palette().color(QPalette::Window),
            palette(themes.theme()).color(QPalette::Window));
    }

    void the_circuit_has_the_focus_once_it_comes()
    {
        CircuitPages pages;
        pages.show();
        QVERIFY(QTest::qWaitForWindowExposed(&pages));
        pages.show_circuit();
        QCOMPARE(pages.focusWidget(), pages.circuit()->view());
        pages.show_start();
        QVERIFY(pages.currentWidget() != pages.circuit());
    }
};

CIRCUITLOOM_UI_TEST(TestWindowCommands, Application::widgets)
#include "tst_window_commands.moc"
