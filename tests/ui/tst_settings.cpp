// The user's preferences, their page, and the size of texts.
#include "tests/support/fake_engine.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/settings/preference_store.h"
#include "ui/settings/settings_dialog.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/text_scale.h"
#include "ui/timeline/timeline_track.h"
#include "ui/window/error_banner.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;

namespace {

Preferences remembered()
{
    return read_preferences(QSettings()).preferences;
}

template <class Widget>
Widget& field(const QWidget& parent, const char* name)
{
    auto* found = parent.findChild<Widget*>(QString::fromLatin1(name));
    if (!found)
        qFatal("no %s", name);
    return *found;
}

QAction& action(const MainWindow& window, const QKeySequence& keys)
{
    for (QAction* one : window.actions())
        if (one->shortcuts().contains(keys))
            return *one;
    qFatal("no action has the key");
}

} // namespace

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { circuitloom::testing::keep_settings_in(folder_.path()); }
    void init()
    {
        QSettings().clear();
        set_text_scale(1);
    }

    void what_was_never_chosen_is_as_usual()
    {
        const RememberedPreferences found = read_preferences(QSettings());
        QVERIFY(found.preferences == Preferences());
        QVERIFY(found.problems.isEmpty());
    }

    void every_choice_is_remembered()
    {
        const Preferences wanted{ ThemeChoice::dark, Motion::reduced, true, 150, 3, 512, folder_.path() };
        {
            PreferenceStore store;
            QSignalSpy told(&store, &PreferenceStore::changed);
            store.set(wanted);
            store.set(wanted);
            QCOMPARE(told.size(), 1);
            QVERIFY(store.at_start() == Preferences());
        }
        QVERIFY(remembered() == wanted);
        PreferenceStore store;
        QVERIFY(store.at_start() == wanted);
        store.set({});
        QVERIFY(remembered() == Preferences());
        QVERIFY(QSettings().allKeys().isEmpty()); // as usual, whatever that will be
    }

    void another_windows_choices_stay()
    {
        PreferenceStore one;
        PreferenceStore other;
        one.set_theme(ThemeChoice::dark);
        other.change([](Preferences& wanted) { wanted.threads = 2; });
        QVERIFY(remembered().theme == ThemeChoice::dark);
        QCOMPARE(remembered().threads, 2);
    }

    void what_cannot_be_is_as_usual_and_is_said_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        for (const char* value : { "31", "201", "-100", "abc", "1e2", "" })
            QTest::addRow("text size %s", value)
                << QStringLiteral("textPercent") << QString::fromLatin1(value);
        QTest::newRow("theme") << QStringLiteral("theme") << QStringLiteral("pink");
        QTest::newRow("motion") << QStringLiteral("motion") << QStringLiteral("1");
        QTest::newRow("edges") << QStringLiteral("edges") << QStringLiteral("true");
        QTest::newRow("threads") << QStringLiteral("threads") << QStringLiteral("-1");
        QTest::newRow("kept models") << QStringLiteral("modelCacheMb") << QStringLiteral("3");
        QTest::newRow("a part of a path")
            << QStringLiteral("experimentsFolder") << QStringLiteral("here");
        QTest::newRow("no folder")
            << QStringLiteral("experimentsFolder") << QStringLiteral("/dev/null/experiments");
    }

    void what_cannot_be_is_as_usual_and_is_said()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QSettings().setValue(key, value);
        const RememberedPreferences found = read_preferences(QSettings());
        QVERIFY(found.preferences == Preferences());
        QCOMPARE(found.problems.size(), 1);
        MainWindow window([] { return std::make_unique<FakeEngine>(); },
            folder_.filePath(QStringLiteral("usual")));
        QVERIFY(field<QWidget>(window, "banner").isVisibleTo(&window));
        QVERIFY2(window.findChild<ErrorBanner*>()->text().contains(found.problems.front()),
            qPrintable(window.findChild<ErrorBanner*>()->text()));
    }

    void motion_that_an_older_version_remembered_counts()
    {
        QSettings().setValue(QStringLiteral("reduceMotion"), true);
        QVERIFY(remembered().motion == Motion::reduced);
        QSettings().setValue(QStringLiteral("reduceMotion"), false);
        QVERIFY(remembered().motion == Motion::full);
        PreferenceStore store;
        store.set({});
        QVERIFY(remembered().motion == Motion::system);
    }

    void a_number_out_of_range_becomes_the_nearest()
    {
        PreferenceStore store;
        store.change([](Preferences& wanted) {
            wanted.text_percent = 1000;
            wanted.threads = -4;
            wanted.model_cache_mb = 0;
        });
        QCOMPARE(store.now().text_percent, most_text_percent);
        QCOMPARE(store.now().threads, 0);
        QCOMPARE(store.now().model_cache_mb, least_model_cache_mb);
    }

    void the_page_takes_each_choice_at_once()
    {
        PreferenceStore store;
        SettingsDialog page(store, folder_.path());
        page.show();
        auto& theme = field<QComboBox>(page, "settingsTheme");
        theme.setCurrentIndex(theme.findText(QStringLiteral("Dark")));
        Q_EMIT theme.activated(theme.currentIndex());
        QVERIFY(store.now().theme == ThemeChoice::dark);
        field<QSpinBox>(page, "settingsText").setValue(125);
        QCOMPARE(store.now().text_percent, 125);
        auto& restart = field<QLabel>(page, "settingsRestart");
        QVERIFY(!restart.isVisible()); // all of that counts now
        field<QSpinBox>(page, "settingsThreads").setValue(2);
        QCOMPARE(remembered().threads, 2);
        QVERIFY(restart.isVisible());
        // What is changed elsewhere meanwhile is shown.
        store.change([](Preferences& wanted) { wanted.text_percent = 90; });
        QCOMPARE(field<QSpinBox>(page, "settingsText").value(), 90);
        field<QPushButton>(page, "settingsDefaults").click();
        QVERIFY(store.now() == Preferences());
        QCOMPARE(theme.currentText(), QStringLiteral("As the system"));
        QVERIFY(!restart.isVisible());
        QVERIFY(!field<QPushButton>(page, "settingsDefaults").isEnabled());
    }

    void a_folder_that_cannot_be_is_said_and_not_taken()
    {
        PreferenceStore store;
        SettingsDialog page(store, folder_.path());
        auto& folder = field<QLineEdit>(page, "settingsFolder");
        const auto type = [&folder](const QString& text) {
            folder.clear();
            QTest::keyClicks(&folder, text);
        };
        type(QStringLiteral("/dev/null/x"));
        QVERIFY(field<QLabel>(page, "settingsFolderProblem")
                    .text()
                    .contains(QStringLiteral("/dev/null")));
        QVERIFY(folder.property("invalid").toBool());
        QVERIFY(!store.now().experiments_folder.contains(QStringLiteral("null")));
        field<QPushButton>(page, "settingsDefaults").click();
        QVERIFY(folder.text().isEmpty() && !folder.property("invalid").toBool());
        type(folder_.filePath(QStringLiteral("mine/experiments")));
        QVERIFY(field<QLabel>(page, "settingsFolderProblem").text().isEmpty());
        QCOMPARE(
            store.now().experiments_folder, folder_.filePath(QStringLiteral("mine/experiments")));
    }

    void experiments_are_kept_where_the_user_wants_them()
    {
        const QString mine = folder_.filePath(QStringLiteral("mine"));
        PreferenceStore().change([&](Preferences& wanted) { wanted.experiments_folder = mine; });
        MainWindow window([] { return std::make_unique<FakeEngine>(); },
            folder_.filePath(QStringLiteral("usual")));
        QCOMPARE(window.session().folder(), mine);
    }

    void dashes_of_edges_are_chosen_for_every_picture_at_once()
    {
        MainWindow window([] { return std::make_unique<FakeEngine>(); },
            folder_.filePath(QStringLiteral("usual")));
        QVERIFY(!window.findChild<ThemeSwitch*>()->theme().dashes);
        QSignalSpy drawn(window.findChild<ThemeSwitch*>(), &ThemeSwitch::changed);
        SettingsDialog page(window.preferences(), folder_.path());
        auto& edges = field<QComboBox>(page, "settingsEdges");
        QTest::keyClick(&edges, Qt::Key_Down);
        QVERIFY(window.findChild<ThemeSwitch*>()->theme().dashes);
        QCOMPARE(drawn.size(), 1);
        QTest::keyClick(&edges, Qt::Key_Up);
        QVERIFY(!window.findChild<ThemeSwitch*>()->theme().dashes);
    }

    void keys_change_the_size_of_all_texts()
    {
        MainWindow window([] { return std::make_unique<FakeEngine>(); },
            folder_.filePath(QStringLiteral("usual")));
        window.resize(1300, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto* track = window.findChild<TimelineTrack*>();
        const int height = track->sizeHint().height();
        const double before = QFontMetricsF(window.font()).height();
        QAction& larger = action(window, Qt::CTRL | Qt::Key_Plus);
        QVERIFY(&larger == &action(window, Qt::CTRL | Qt::Key_Equal));
        QAction& smaller = action(window, Qt::CTRL | Qt::Key_Minus);
        for (int i = 0; i < 20 && larger.isEnabled(); ++i)
            larger.trigger();
        QCOMPARE(window.preferences().now().text_percent, 200);
        QVERIFY(!larger.isEnabled());
        QCOMPARE(text_scale(), 2.0);
        QCOMPARE(window.findChild<ThemeSwitch*>()->theme().scale, 2.0);
        QVERIFY(QFontMetricsF(window.font()).height() > 1.8 * before);
        QCOMPARE(track->sizeHint().height(), 2 * height);
        // A label of a panel that was there before, and one that comes now.
        for (const QLabel* label : window.findChildren<QLabel*>())
            if (label->property("dim").toBool())
                QVERIFY2(QFontMetricsF(label->font()).height() > 1.5 * before,
                    qPrintable(label->text()));
        QVERIFY(QFontMetricsF(QLabel().font()).height() > 1.8 * before);
        for (int i = 0; i < 20 && smaller.isEnabled(); ++i)
            smaller.trigger();
        QCOMPARE(window.preferences().now().text_percent, 80);
        QVERIFY(QFontMetricsF(window.font()).height() < before);
        action(window, Qt::CTRL | Qt::Key_0).trigger();
        QCOMPARE(QFontMetricsF(window.font()).height(), before);
        QCOMPARE(track->sizeHint().height(), height);
    }

    void a_style_sheet_grows_with_the_texts()
    {
        const QString sheet
            = QStringLiteral("A { font-size: 10px; padding: 4px 0; border: 1px solid "
                             "#123456; border-radius: 6px; margin: -5px 0; }");
        QCOMPARE(scaled_sheet(sheet, 1), sheet);
        QCOMPARE(scaled_sheet(sheet, 2),
            QStringLiteral("A { font-size: 20px; padding: 8px 0; border: 1px solid "
                           "#123456; border-radius: 10px; margin: -10px 0; }"));
        QCOMPARE(scaled_sheet(style_sheet(theme(true)), 1), style_sheet(theme(true)));
    }

    void motion_is_reduced_by_menu_and_page()
    {
        MainWindow window([] { return std::make_unique<FakeEngine>(); },
            folder_.filePath(QStringLiteral("usual")));
        QAction& reduce = action(window, Qt::CTRL | Qt::SHIFT | Qt::Key_M);
        const bool before = reduce.isChecked();
        reduce.trigger();
        QVERIFY(remembered().motion == (before ? Motion::full : Motion::reduced));
        window.preferences().change([](Preferences& wanted) { wanted.motion = Motion::reduced; });
        QVERIFY(reduce.isChecked());
        window.preferences().change([](Preferences& wanted) { wanted.motion = Motion::full; });
        QVERIFY(!reduce.isChecked());
    }

private:
    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestSettings, Application::widgets)
#include "tst_settings.moc"
