#include "core/store/experiment_reader.h"
#include "tests/support/fake_engine.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/bookmarks/bookmark_dialog.h"
#include "ui/bookmarks/bookmarks_panel.h"
#include "ui/timeline/timeline_track.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

std::vector<Bookmark> stored(MainWindow& window)
{
    const ExperimentReader reader(std::filesystem::path(window.session().file().toStdU16String()));
    return reader.bookmarks(reader.runs().at(0).id);
}

} // namespace

class TestBookmarks : public QObject
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
        folder_ = std::make_unique<QTemporaryDir>();
        window_ = std::make_unique<MainWindow>([] { return std::make_unique<FakeEngine>(); },
            folder_->filePath(QStringLiteral("experiments")));
        window_->resize(1280, 800);
        window_->show();
        window_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
        window_->start_preset("sv-disagreement");
        QTRY_VERIFY_WITH_TIMEOUT(
            window_->session().runs().size() == 1 && !window_->session().live_run(), patience);
    }

    void cleanup() { window_.reset(); }

    void by_keyboard_alone()
    {
        add(40, "turning point", "the verb heads\nchange sides");
        add(12, "early", "");
        QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 2, patience);
        QCOMPARE(stored(*window_).size(), std::size_t{ 2 });
        QCOMPARE(stored(*window_)[1].name, "turning point");
        QCOMPARE(stored(*window_)[1].note, "the verb heads\nchange sides");
        QCOMPARE(list()->item(0)->text(), QStringLiteral("early")); // by iteration

        list()->setFocus();
        QTest::keyClick(list(), Qt::Key_Down);
        list()->setCurrentRow(1);
        QTest::keyClick(list(), Qt::Key_Return);
        QCOMPARE(window_->playback().current(), 40);

        QTest::keyClick(list(), Qt::Key_F2);
        fill("renamed", "");
        QTRY_COMPARE_WITH_TIMEOUT(list()->item(1)->text(), QStringLiteral("renamed"), patience);
        QCOMPARE(stored(*window_)[1].name, "renamed");
        QCOMPARE(stored(*window_)[1].iteration.value, 40);

        list()->setFocus();
        list()->setCurrentRow(1);
        const Bookmark removed = stored(*window_)[1];
        QTest::keyClick(list(), Qt::Key_Delete);
        QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 1, patience);
        QCOMPARE(stored(*window_).size(), std::size_t{ 1 });
        QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 2, patience);
        QVERIFY(stored(*window_)[1] == removed);
    }

    void its_keys_are_its_own_only_alone()
    {
        window_.reset(); // which has uses of its own for some of them
        QAction action;
        BookmarksPanel panel(action);
        panel.set_bookmarks({ { 1, { 1 }, { 7 }, "here", "", 0 } }, 20);
        auto* rows = panel.findChild<QListWidget*>();
        rows->setCurrentRow(0);
        QSignalSpy removed(&panel, &BookmarksPanel::remove_requested);
        QSignalSpy edited(&panel, &BookmarksPanel::edit_requested);
        QSignalSpy visited(&panel, &BookmarksPanel::iteration_requested);
        const auto takes = [rows](QEvent::Type type, Qt::Key key, Qt::KeyboardModifiers with) {
            QKeyEvent event(type, key, with);
            event.ignore();
            QCoreApplication::sendEvent(rows, &event);
            return event.isAccepted();
        };
        for (const Qt::Key key : { Qt::Key_Delete, Qt::Key_F2, Qt::Key_Return, Qt::Key_Enter }) {
            for (const auto with : { Qt::ControlModifier, Qt::ShiftModifier, Qt::AltModifier }) {
                QVERIFY(!takes(QEvent::ShortcutOverride, key, with));
                takes(QEvent::KeyPress, key, with);
            }
            QCOMPARE(removed.size() + edited.size() + visited.size(), 0);
        }
        for (const Qt::Key key : { Qt::Key_Delete, Qt::Key_F2, Qt::Key_Return, Qt::Key_Enter })
            for (const auto with : { Qt::NoModifier, Qt::KeypadModifier })
                QVERIFY(takes(QEvent::ShortcutOverride, key, with)
                    && takes(QEvent::KeyPress, key, with));
        QCOMPARE(removed.size(), 2);
        QCOMPARE(edited.size(), 2);
        QCOMPARE(visited.size(), 4);
    }

    void by_mouse_alone()
    {
        window_->playback().go_to(25);
        QTest::mouseClick(
            window_->findChild<QToolButton*>(QStringLiteral("addBookmark")), Qt::LeftButton);
        fill("here", "seen");
        QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 1, patience);
        window_->playback().first();
        click_row(0);
        QCOMPARE(window_->playback().current(), 25);
        auto* track = window_->findChild<TimelineTrack*>();
        QVERIFY(track->description_at(track->scale().x_of(25)).contains(QStringLiteral("seen")));

        list()->actions().last()->trigger(); // Delete, in its menu
        QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 0, patience);
        QVERIFY(!track->description_at(track->scale().x_of(25)).contains(QStringLiteral("seen")));
        auto* undo = window_->findChild<QToolButton*>(QStringLiteral("bannerAction"));
        QVERIFY(undo->isVisible());
        QTest::mouseClick(undo, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 1, patience);
    }

    void what_is_deleted_comes_back_in_turn()
    {
        add(3, "a", "");
        add(5, "b", "");
        QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 2, patience);
        const std::vector<Bookmark> before = stored(*window_);
        ExperimentSession& session = window_->session();
        session.remove_bookmark(before[0]);
        session.remove_bookmark(before[1]);
        QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 0, patience);
        session.remove(session.runs().front().summary.id);
        QVERIFY(session.runs().empty());
        session.undo_remove();
        QCOMPARE(session.runs().size(), std::size_t{ 1 });
        QCOMPARE(list()->count(), 0);
        session.undo_remove();
        session.undo_remove();
        QVERIFY(!session.can_undo_remove());
        QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 2, patience);
        QVERIFY(stored(*window_) == before);
    }

    void a_name_is_needed_and_neither_text_is_too_long()
    {
        BookmarkDialog dialog({ 0, { 1 }, { 7 }, "Iteration 7", "", 0 });
        auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("bookmarkName"));
        auto* note = dialog.findChild<QPlainTextEdit*>(QStringLiteral("bookmarkNote"));
        const auto may_save = [&] {
            for (const auto* button : dialog.findChildren<QPushButton*>())
                if (button->isDefault())
                    return button->isEnabled();
            return false;
        };
        QVERIFY(may_save());
        name->setText(QStringLiteral("  "));
        QVERIFY(!may_save());
        name->setText(QString(150, QChar(0x4e00))); // 450 bytes
        QVERIFY(!may_save());
        name->setText(QStringLiteral(" fine "));
        QVERIFY(may_save());
        note->setPlainText(QString(30'000, u'x'));
        QVERIFY(!may_save());
        note->setPlainText(QStringLiteral("short"));
        QVERIFY(may_save());
        QVERIFY((dialog.bookmark() == Bookmark{ 0, { 1 }, { 7 }, "fine", "short", 0 }));
    }

    void what_cannot_be_stored_is_said()
    {
        const RunId run = window_->session().current()->summary.id;
        window_->session().add_bookmark({ 0, run, { 100'000 }, "nowhere", "", 0 });
        const auto* banner = window_->findChild<QFrame*>(QStringLiteral("banner"));
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
        QVERIFY(banner->findChild<QLabel*>()->text().contains(QStringLiteral("100000")));
        QCOMPARE(list()->count(), 0);
    }

    void keys_of_the_timeline()
    {
        Playback& playback = window_->playback();
        playback.go_to(10);
        QTest::keyClick(window_.get(), Qt::Key_I);
        playback.go_to(20);
        QTest::keyClick(window_.get(), Qt::Key_O);
        QVERIFY(playback.loop_range() == (LoopRange{ 10, 20 }));
        QTest::keyClick(window_.get(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!playback.loop_range());

        playback.first();
        QTest::keyClick(window_.get(), Qt::Key_Right, Qt::ControlModifier);
        const int marked = playback.current();
        QVERIFY(marked > 1); // the presets evaluate every few steps
        QTest::keyClick(window_.get(), Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(window_.get(), Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(playback.current(), marked);

        QTest::keyClick(window_.get(), Qt::Key_G, Qt::ControlModifier);
        QTest::keyClicks(window_->focusWidget(), QStringLiteral("37"));
        QTest::keyClick(window_->focusWidget(), Qt::Key_Return);
        QCOMPARE(playback.current(), 37);
        QTest::keyClick(window_.get(), Qt::Key_Right); // the field is left
        QCOMPARE(playback.current(), 38);
    }

    void reduced_motion_is_remembered()
    {
        const auto action = [](MainWindow& window) {
            for (QAction* one : window.actions())
                if (one->text().contains(QStringLiteral("educe motion")))
                    return one;
            return static_cast<QAction*>(nullptr);
        };
        QVERIFY(action(*window_));
        const bool before = action(*window_)->isChecked();
        action(*window_)->trigger();
        MainWindow again([] { return std::make_unique<FakeEngine>(); },
            folder_->filePath(QStringLiteral("experiments")));
        QCOMPARE(action(again)->isChecked(), !before);
    }

private:
    QListWidget* list() const
    {
        return window_->findChild<QListWidget*>(QStringLiteral("bookmarksList"));
    }

    // In the dialog that is open, as somebody types, and saves it.
    void fill(const char* name, const char* note)
    {
        auto* dialog = window_->findChild<BookmarkDialog*>();
        QVERIFY(dialog);
        auto* field = dialog->findChild<QLineEdit*>(QStringLiteral("bookmarkName"));
        field->selectAll();
        QTest::keyClicks(field, QString::fromUtf8(name));
        dialog->findChild<QPlainTextEdit*>(QStringLiteral("bookmarkNote"))
            ->setPlainText(QString::fromUtf8(note));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(!window_->findChild<BookmarkDialog*>());
        window_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    }

    void add(int iteration, const char* name, const char* note)
    {
        window_->playback().go_to(iteration);
        QTest::keyClick(window_.get(), Qt::Key_B);
        fill(name, note);
    }

    void click_row(int row)
    {
        const QRect place = list()->visualItemRect(list()->item(row));
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, place.center());
    }

    QTemporaryDir settings_;
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<MainWindow> window_;
};

CIRCUITLOOM_UI_TEST(TestBookmarks, Application::widgets)
#include "tst_bookmarks.moc"
