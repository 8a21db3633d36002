#include "tests/support/fake_engine.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/curves/curves_panel.h"
#include "ui/curves/plot_widget.h"
#include "ui/runs/run_delegate.h"
#include "ui/runs/runs_model.h"
#include "ui/runs/runs_panel.h"
#include "ui/timeline/playback.h"
#include "ui/timeline/timeline_bar.h"
#include "ui/timeline/timeline_track.h"
#include "ui/window/main_window.h"
#include "ui/window/shortcuts_page.h"

#include <QAction>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QListView>
#include <QMenuBar>
#include <QPushButton>
#include <QTabBar>
#include <QSet>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <tuple>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

/// The part of the window that has the focus.
QString region_of(const QWidget* focused)
{
    for (const QWidget* widget = focused; widget; widget = widget->parentWidget()) {
        if (qobject_cast<const QDockWidget*>(widget) || qobject_cast<const TimelineBar*>(widget))
            return widget->objectName();
        if (qobject_cast<const CircuitPanel*>(widget))
            return QStringLiteral("circuit");
    }
    return {};
}

} // namespace

class TestKeyboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(folder_.path());
        window_ = std::make_unique<MainWindow>([] { return std::make_unique<FakeEngine>(); },
            folder_.filePath(QStringLiteral("experiments")));
        window_->resize(1400, 900);
        window_->show();
        window_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
        window_->start_preset("sv-disagreement");
        QTRY_VERIFY_WITH_TIMEOUT(
            window_->session().runs().size() == 1 && !window_->session().live_run(), patience);
    }

    void cleanupTestCase() { window_.reset(); }

    void f6_goes_from_part_to_part()
    {
        QStringList forwards;
        for (int i = 0; i < 8 && (forwards.isEmpty() || forwards.count(forwards.front()) < 2);
             ++i) {
            QTest::keyClick(focus(), Qt::Key_F6);
            forwards << region_of(QApplication::focusWidget());
        }
        QVERIFY(forwards.size() > 4);
        QCOMPARE(forwards.takeLast(), forwards.front());
        for (const char* part :
            { "runsDock", "bookmarksDock", "circuit", "timeline", "curvesDock" })
            QVERIFY2(forwards.contains(QLatin1String(part)), part);
        QCOMPARE(QSet<QString>(forwards.begin(), forwards.end()).size(), forwards.size());

        QStringList backwards;
        for (qsizetype i = 0; i < forwards.size(); ++i) {
            QTest::keyClick(focus(), Qt::Key_F6, Qt::ShiftModifier);
            backwards.prepend(region_of(QApplication::focusWidget()));
        }
        QCOMPARE(backwards, forwards);
    }

    void f6_goes_to_panels_that_are_detached()
    {
        for (QDockWidget* dock : window_->findChildren<QDockWidget*>()) {
            const bool shown = dock->isVisible();
            detaching(dock->windowTitle())->trigger();
            QTRY_VERIFY(dock->isFloating() && dock->isActiveWindow());
            QTRY_COMPARE(region_of(QApplication::focusWidget()), dock->objectName());
            for (const auto modifiers : { Qt::NoModifier, Qt::ShiftModifier }) {
                QStringList passed;
                for (int i = 0; i < 10 && !passed.contains(dock->objectName()); ++i) {
                    QTest::keyClick(focus(), Qt::Key_F6, modifiers);
                    QTest::qWait(50); // another window becomes the active one
                    passed << region_of(QApplication::focusWidget());
                }
                QVERIFY2(passed.contains(dock->objectName()),
                    qPrintable(QString(dock->objectName() + u": " + passed.join(u' '))));
                QVERIFY2(passed.size() > 4, qPrintable(passed.join(u' ')));
                QVERIFY(passed.contains(QStringLiteral("circuit")));
            }
            detaching(dock->windowTitle())->trigger();
            QTRY_VERIFY(!dock->isFloating() && window_->isActiveWindow());
            dock->setVisible(shown);
        }
    }

    void a_part_begins_with_its_first_control()
    {
        // What was looked at before is not known yet in a new window.
        MainWindow fresh([] { return std::make_unique<FakeEngine>(); },
            folder_.filePath(QStringLiteral("others")));
        fresh.resize(1400, 900);
        fresh.show();
        fresh.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&fresh));
        fresh.start_preset("sv-disagreement");
        QTRY_VERIFY_WITH_TIMEOUT(
            fresh.session().runs().size() == 1 && !fresh.session().live_run(), patience);
        for (int i = 0; i < 8; ++i) {
            QWidget* focused = QApplication::focusWidget();
            QTest::keyClick(focused ? focused : &fresh, Qt::Key_F6);
            if (region_of(QApplication::focusWidget()) == QLatin1String("runsDock"))
                break;
        }
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("newRun"));
        QTest::keyClick(focus(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("runsList"));
        QTest::keyClick(focus(), Qt::Key_Tab);
        QVERIFY(qobject_cast<QToolButton*>(QApplication::focusWidget()));
        QCOMPARE(region_of(QApplication::focusWidget()), QStringLiteral("runsDock"));
        fresh.hide();
        window_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    }

    void return_presses_a_focused_button()
    {
        auto* next = window_->findChild<QToolButton*>(QStringLiteral("timelineNext"));
        window_->playback().first();
        for (const int key : { Qt::Key_Return, Qt::Key_Enter }) {
            const int before = window_->playback().current();
            next->setFocus(Qt::TabFocusReason);
            QTest::keyClick(next, static_cast<Qt::Key>(key));
            QCOMPARE(window_->playback().current(), before + 1);
        }
    }

    void a_panel_that_is_opened_has_the_focus_until_esc()
    {
        CircuitView* view = window_->findChild<CircuitPanel*>()->view();
        for (const auto& [key, keys, name] :
            { std::tuple{ Qt::Key_F8, Qt::NoModifier, "edgesDock" },
                std::tuple{ Qt::Key_F12, Qt::NoModifier, "compareDock" } }) {
            view->setFocus(Qt::TabFocusReason);
            QTest::keyClick(view, key, keys);
            QTRY_COMPARE(region_of(QApplication::focusWidget()), QString::fromLatin1(name));
            QTest::keyClick(focus(), Qt::Key_Escape);
            QTRY_COMPARE(QApplication::focusWidget(), view);
            window_->findChild<QDockWidget*>(QString::fromLatin1(name))->hide();
        }
    }

    void a_part_remembers_its_control()
    {
        auto& curves = *window_->findChild<CurvesPanel*>();
        PlotWidget* plot = curves.plots().at(2);
        plot->setFocus(Qt::TabFocusReason);
        QTest::keyClick(focus(), Qt::Key_F6);
        QVERIFY(QApplication::focusWidget() != plot);
        QTest::keyClick(focus(), Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), plot);
    }

    void tab_passes_the_circuit_and_reaches_every_part()
    {
        CircuitView* view = window_->findChild<CircuitPanel*>()->view();
        view->setFocus(Qt::TabFocusReason);
        QTest::keyClick(view, Qt::Key_Tab);
        QVERIFY(QApplication::focusWidget() != view);
        QSet<QString> reached;
        int presses = 0;
        for (; presses < 200 && QApplication::focusWidget() != view; ++presses) {
            reached.insert(region_of(QApplication::focusWidget()));
            QTest::keyClick(focus(), Qt::Key_Tab);
        }
        QVERIFY(presses < 60); // no part holds one up
        for (const char* part : { "runsDock", "circuit", "timeline", "curvesDock" })
            QVERIFY2(reached.contains(QLatin1String(part)), part);
    }

    void arrows_in_the_curves_move_the_cursor_of_all()
    {
        auto& curves = *window_->findChild<CurvesPanel*>();
        window_->playback().first();
        PlotWidget* plot = curves.plots().front();
        plot->setFocus(Qt::TabFocusReason);
        const double before = curves.cursor();
        QTest::keyClick(plot, Qt::Key_Right);
        QTRY_VERIFY(curves.cursor() > before);
        QCOMPARE(window_->playback().current(), 1);
        QTest::keyClick(plot, Qt::Key_Left);
        QCOMPARE(window_->playback().current(), 0);
    }

    void the_layout_is_chosen_by_keyboard()
    {
        CircuitView* view = window_->findChild<CircuitPanel*>()->view();
        const auto layout = [&] { return view->state().layout; };
        window_->playback().go_to(3);
        auto* lattice = window_->findChild<QPushButton*>(QStringLiteral("latticeLayout"));
        lattice->setFocus(Qt::TabFocusReason);
        QTest::keyClick(lattice, Qt::Key_Right);
        QVERIFY(layout() == LayoutChoice::dot);
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("dotLayout"));
        QTest::keyClick(focus(), Qt::Key_Right);
        QVERIFY(layout() == LayoutChoice::matrix);
        QTest::keyClick(focus(), Qt::Key_Left);
        QVERIFY(layout() == LayoutChoice::dot);
        QCOMPARE(window_->playback().current(), 3);
        for (const auto& [key, expected] : { std::pair{ Qt::Key_3, LayoutChoice::matrix },
                 std::pair{ Qt::Key_2, LayoutChoice::dot },
                 std::pair{ Qt::Key_1, LayoutChoice::lattice } }) {
            QTest::keyClick(view, key, Qt::AltModifier);
            QVERIFY(layout() == expected);
        }
    }

    void a_list_of_choices_keeps_its_keys()
    {
        auto* axis = window_->findChild<QComboBox*>(QStringLiteral("curvesAxis"));
        window_->playback().go_to(3);
        for (const Qt::Key key : { Qt::Key_Space, Qt::Key_Return, Qt::Key_Enter }) {
            axis->setFocus(Qt::TabFocusReason);
            QTest::keyClick(axis, key);
            QTRY_VERIFY2(axis->view()->isVisible(), QByteArray::number(key).constData());
            axis->hidePopup();
            QVERIFY(!window_->playback().playing());
        }
        axis->setFocus(Qt::TabFocusReason);
        QTest::keyClick(axis, Qt::Key_End);
        QCOMPARE(axis->currentIndex(), axis->count() - 1);
        QTest::keyClick(axis, Qt::Key_Home);
        QCOMPARE(axis->currentIndex(), 0);
        QCOMPARE(window_->playback().current(), 3);
        QTest::keyClick(axis, Qt::Key_Right); // of which it makes nothing
        QCOMPARE(window_->playback().current(), 4);
    }

    void the_lists_keys_are_shown_by_topic()
    {
        const std::vector<ShortcutGroup> groups = shortcut_groups(*window_);
        QStringList titles;
        QStringList meanings;
        for (const ShortcutGroup& group : groups) {
            QVERIFY(!group.rows.empty());
            titles << group.title;
            for (const auto& [keys, meaning] : group.rows) {
                QVERIFY(!keys.isEmpty() && !meaning.contains(u'&'));
                meanings << meaning;
            }
        }
        QCOMPARE(titles.mid(0, 3),
            (QStringList{ QStringLiteral("File"), QStringLiteral("Run"), QStringLiteral("View") }));
        QCOMPARE(titles.removeDuplicates(), 0);
        QVERIFY(titles.contains(QStringLiteral("In the circuit")));
        // Every action with a key is there.
        for (const QAction* action : window_->actions()) {
            QString meaning = action->text();
            meaning.remove(u'&').remove(QChar(0x2026));
            if (!action->shortcut().isEmpty())
                QVERIFY2(meanings.contains(meaning), qPrintable(meaning));
        }
    }

    void the_lists_show_their_focus()
    {
        for (const char* name : { "runsList" }) {
            auto* list = window_->findChild<QListView*>(QLatin1String(name));
            QVERIFY(list);
            window_->findChild<CircuitPanel*>()->view()->setFocus();
            QTRY_VERIFY(!list->hasFocus());
            const QImage without = list->grab().toImage();
            list->setFocus(Qt::TabFocusReason);
            QTRY_VERIFY(list->hasFocus());
            QVERIFY(list->grab().toImage() != without);
        }
    }

    void every_control_shows_its_focus()
    {
        MainWindow fresh([] { return std::make_unique<FakeEngine>(); },
            folder_.filePath(QStringLiteral("unused")));
        fresh.resize(1400, 900);
        for (const ThemeChoice choice : { ThemeChoice::dark, ThemeChoice::light }) {
            // Before there is a run: the first page.
            fresh.preferences().set_theme(choice);
            fresh.show();
            fresh.activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(&fresh));
            const QStringList at_first = without_a_sign(fresh);
            fresh.hide();
            QVERIFY2(at_first.isEmpty(), qPrintable(at_first.join(u'\n')));

            window_->preferences().set_theme(choice);
            window_->activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(window_.get()));
            CircuitView* view = window_->findChild<CircuitPanel*>()->view();
            view->setFocus();
            QTest::keyClick(view, Qt::Key_Down); // chooses a node, so that the Inspector has all it can
            QStringList all = without_a_sign(*window_);
            for (QDockWidget* dock : window_->findChildren<QDockWidget*>()) {
                const bool shown = dock->isVisible();
                dock->show();
                dock->raise();
                QTest::qWait(50);
                all += without_a_sign(*window_, dock);
                for (QTabBar* tabs : dock->findChildren<QTabBar*>())
                    for (int i = 0; i < tabs->count(); ++i) {
                        tabs->setCurrentIndex(i);
                        QTest::qWait(50);
                        all += without_a_sign(*window_, dock);
                    }
                dock->setVisible(shown);
            }
            all.removeDuplicates();
            QVERIFY2(all.isEmpty(), qPrintable(all.join(u'\n')));
        }
    }

    void the_slider_keeps_its_place_when_training_ends()
    {
        Playback playback;
        TimelineBar bar(playback);
        bar.set_theme(theme(true));
        bar.resize(1000, 60);
        bar.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        const auto* track = bar.findChild<TimelineTrack*>();
        const auto* follow = bar.findChild<QToolButton*>(QStringLiteral("timelineFollow"));
        playback.set_live(true);
        playback.append({ 0, 1, 2, 3, 4 });
        playback.first(); // looks back, and follows no more
        QTRY_VERIFY(follow->isVisible());
        const QRect before = track->geometry();
        playback.set_live(false);
        QTRY_VERIFY(!follow->isVisible());
        QCoreApplication::sendPostedEvents(); // what is to be laid out anew is
        QCOMPARE(track->geometry(), before);
    }

private:
    /// Which of the controls that Tab comes to look the same with the focus and without it, or so nearly
    /// the same that nobody sees it. In a part of the window, or in all of it.
    static QStringList without_a_sign(MainWindow& window, const QWidget* part = nullptr)
    {
        constexpr int seen = 40; // pixels
        std::vector<QWidget*> controls;
        for (auto* widget : window.findChildren<QWidget*>())
            if ((widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy()
                && widget->isEnabled() && !widget->visibleRegion().isEmpty())
                controls.push_back(widget);
        const auto middle = [&window](const QWidget* widget) {
            return widget->mapTo(&window, widget->rect().center());
        };
        QStringList found;
        for (QWidget* widget : controls) {
            if (part && !part->isAncestorOf(widget))
                continue;
            // What has the focus first is far away: its own sign is in no picture.
            QWidget* elsewhere = *std::ranges::max_element(controls, {}, [&](const QWidget* other) {
                return (middle(other) - middle(widget)).manhattanLength();
            });
            const auto picture = [&](QWidget* focused) {
                if (focused)
                    focused->setFocus(Qt::TabFocusReason);
                QCoreApplication::processEvents();
                // The sign may be painted around it.
                const QRect place(widget->mapTo(widget->window(), QPoint()), widget->size());
                return widget->window()->grab(place.adjusted(-3, -3, 3, 3)).toImage();
            };
            const QImage before = picture(elsewhere);
            const QImage after = picture(widget);
            int differing = 0;
            for (int y = 0; y < before.height(); ++y)
                for (int x = 0; x < before.width(); ++x)
                    differing += before.pixel(x, y) != after.pixel(x, y);
            if (differing < seen)
                found << QString(QLatin1String(widget->metaObject()->className()) + u' '
                    + widget->objectName() + u" in " + region_of(widget) + u": "
                    + QString::number(differing));
        }
        return found;
    }

    QAction* detaching(const QString& title) const
    {
        for (QAction* action : window_->actions())
            if (action->text() == QStringLiteral("Detach ") + title)
                return action;
        return nullptr;
    }


    QWidget* focus() const
    {
        return QApplication::focusWidget() ? QApplication::focusWidget() : window_.get();
    }

    QTemporaryDir folder_;
    std::unique_ptr<MainWindow> window_;
};

CIRCUITLOOM_UI_TEST(TestKeyboard, Application::widgets)
#include "tst_keyboard.moc"
