// Windows and dialogs on small screens: 1024 × 700, and 1366 × 768 at 144 dots per inch, which is
// 910 × 512 of the widgets' pixels.
#include "tests/support/dock_gestures.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/base/screen_fit.h"
#include "ui/base/scrolling.h"
#include "ui/window/header_bar.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QVBoxLayout>

#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::drag;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::in_front;
using circuitloom::testing::open_in_window;
using circuitloom::testing::write_run;

namespace {

std::unique_ptr<TuningEngine> fake()
{
    return std::make_unique<FakeEngine>();
}

constexpr QSize frame{ 12, 44 }; // of a window, at least
const QList<QSize> screens{ { 1024, 700 }, { 910, 512 } };

QList<QDialog*> open_dialogs()
{
    QList<QDialog*> dialogs;
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (auto* dialog = qobject_cast<QDialog*>(widget); dialog && dialog->isVisible())
            dialogs << dialog;
    return dialogs;
}

/// Those that would not let the window become as narrow as the smallest screen.
QByteArray wide_ones(const QWidget& window)
{
    QByteArray names;
    for (const QWidget* widget : window.findChildren<QWidget*>())
        if (const int width = widget->minimumSizeHint().width(); width > screens.last().width() / 3)
            names += "; " + QByteArray(widget->metaObject()->className()) + ' '
                + widget->objectName().toUtf8() + ": " + QByteArray::number(width);
    return names;
}

/// Small enough for the screen, with every button of its own in sight.
void check_fits(QDialog& dialog, const QSize& screen)
{
    const QByteArray name = dialog.windowTitle().toUtf8() + " on a screen of "
        + QByteArray::number(screen.width()) + " x " + QByteArray::number(screen.height());
    dialog.resize(fitted(dialog.size(), QRect(QPoint(), screen)));
    QCoreApplication::processEvents();
    QVERIFY2(dialog.width() <= screen.width() - frame.width(),
        QByteArray(name + ": " + QByteArray::number(dialog.width()) + " wide").constData());
    QVERIFY2(dialog.height() <= screen.height() - frame.height(),
        QByteArray(name + ": " + QByteArray::number(dialog.height()) + " high").constData());
    for (const QPushButton* button : dialog.findChildren<QPushButton*>()) {
        // What stands in something that scrolls need not be in sight.
        if (!button->isVisible() || button->parentWidget() != &dialog)
            continue;
        const QRect place(button->mapTo(&dialog, QPoint()), button->size());
        QVERIFY2(dialog.rect().contains(place),
            QByteArray(name + ": " + button->text().toUtf8()).constData());
    }
}

} // namespace

namespace {

/// Counts how often a panel that is a window is hidden.
class HideCount : public QObject
{
public:
    explicit HideCount(QWidget& widget) { widget.installEventFilter(this); }
    int as_window() const { return count_; }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Hide && static_cast<QWidget*>(watched)->isWindow())
            ++count_;
        return false;
    }

private:
    int count_ = 0;
};

} // namespace

class TestSmallScreens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(folder_.path());
        write_run(file(), "first", 12);
    }

    void init() { QSettings().clear(); }

    void what_is_too_large_is_made_to_fit()
    {
        const QRect available(0, 30, 1024, 670);
        QCOMPARE(fitted({ 500, 400 }, available), QSize(500, 400));
        const QSize largest = fitted({ 5000, 4000 }, available);
        QVERIFY(largest.width() < 1024 && largest.height() < 670);
        for (const QRect& wanted : { QRect(-300, -300, 200, 100), QRect(900, 600, 400, 300),
                 QRect(0, 0, 3000, 3000), QRect(100, 200, 300, 200) }) {
            const QRect moved = moved_into(wanted, available);
            QVERIFY(available.contains(moved));
        }
        QCOMPARE(moved_into({ 100, 200, 300, 200 }, available), QRect(100, 200, 300, 200));
    }

    void the_window_fits()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        // No larger than the screen, or than it has to be on one that is smaller still.
        const QSize room = window.screen()->availableSize().expandedTo(window.minimumSizeHint());
        QVERIFY(window.width() <= room.width() && window.height() <= room.height());
        for (const QSize& screen : screens) {
            const QSize least = window.minimumSizeHint();
            QVERIFY2(least.width() <= screen.width() - frame.width(),
                QByteArray(QByteArray::number(least.width()) + wide_ones(window)).constData());
            QVERIFY2(least.height() <= screen.height() - frame.height(),
                QByteArray::number(least.height()).constData());
        }
        QVERIFY(open_in_window(window, file()));
        QVERIFY(window.minimumSizeHint().width() <= 910 - frame.width());
        QVERIFY(window.minimumSizeHint().height() <= 512 - frame.height());
    }

    void a_panel_behind_another_comes_to_the_front()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(1300, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto dock = [&](const char* name) {
            return window.findChild<QDockWidget*>(QString::fromLatin1(name));
        };
        QDockWidget* edges = dock("edgesDock");
        QDockWidget* dynamics = dock("dynamicsDock");
        edges->toggleViewAction()->trigger();
        QTRY_VERIFY(in_front(*edges));
        dynamics->toggleViewAction()->trigger();
        QTRY_VERIFY(in_front(*dynamics) && !in_front(*edges));
        QCoreApplication::processEvents(); // what is in front is noted
        edges->toggleViewAction()->trigger();
        QTRY_VERIFY(in_front(*edges) && !in_front(*dynamics));
        QCoreApplication::processEvents(); // what is in front is noted
        edges->toggleViewAction()->trigger(); // the one in front is hidden
        QTRY_VERIFY(!edges->isVisible() && in_front(*dynamics));
    }

    void a_panel_that_is_opened_has_a_useful_height()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(1354, 724); // on a screen of 1366 × 768
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(open_in_window(window, file()));
        for (const char* name : { "dynamicsDock", "compareDock", "ablateDock" }) {
            auto* dock = window.findChild<QDockWidget*>(QString::fromLatin1(name));
            dock->toggleViewAction()->trigger();
            QTRY_VERIFY2(dock->height() >= 300,
                QByteArray(name + QByteArray(": ") + QByteArray::number(dock->height())).constData());
            QVERIFY(in_front(*dock));
        }
    }

    void a_panel_comes_back_at_its_old_size()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(1354, 724);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(open_in_window(window, file()));
        auto* inspector = window.findChild<QDockWidget*>(QStringLiteral("inspectorDock"));
        auto* try_it = window.findChild<QDockWidget*>(QStringLiteral("tryItDock"));
        auto* compare = window.findChild<QDockWidget*>(QStringLiteral("compareDock"));
        for (QDockWidget* dock : { inspector, try_it })
            if (!dock->isVisible()) // where the screen is too small for them at first
                dock->toggleViewAction()->trigger();
        QTRY_VERIFY(inspector->isVisible() && try_it->isVisible());
        QTest::qWait(50);
        drag(window, { inspector->geometry().center().x(), inspector->geometry().bottom() + 1 },
            { 0, 110 });
        QTest::qWait(50);
        const QSize size = inspector->size();
        QVERIFY(size.height() > try_it->height() + 100);
        for (QDockWidget* dock : { try_it, inspector }) {
            dock->toggleViewAction()->trigger();
            QTRY_VERIFY(!dock->isVisible());
            QTest::qWait(50);
            dock->toggleViewAction()->trigger();
            QTRY_COMPARE(inspector->size(), size);
        }
        // A circuit to compare with has room, and gives it back.
        compare->toggleViewAction()->trigger();
        QTRY_VERIFY2(compare->height() >= 450, QByteArray::number(compare->height()).constData());
        QVERIFY(try_it->isVisible());
        QTest::qWait(50);
        compare->toggleViewAction()->trigger();
        QTRY_VERIFY(!compare->isVisible());
        QTRY_COMPARE(inspector->size(), size);
    }

    void a_circuit_to_compare_with_is_as_wide_as_the_one_it_stands_beside()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(1400, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(open_in_window(window, file()));
        auto* inspector = window.findChild<QDockWidget*>(QStringLiteral("inspectorDock"));
        auto* compare = window.findChild<QDockWidget*>(QStringLiteral("compareDock"));
        if (!inspector->isVisible())
            inspector->toggleViewAction()->trigger();
        QTRY_VERIFY(inspector->isVisible());
        QTest::qWait(50);
        const int narrow = inspector->width();
        const QWidget& middle = *window.centralWidget();
        QVERIFY(middle.width() > narrow * 3 / 2);
        const auto as_wide = [&] { return std::abs(middle.width() - compare->width()) <= 40; };
        compare->toggleViewAction()->trigger();
        QTRY_VERIFY2(as_wide(),
            QByteArray::number(compare->width()).constData());
        // A width that was chosen for it is its own, and no other panel's.
        drag(window, { compare->x() - 2, compare->geometry().center().y() }, { 90, 0 });
        QTest::qWait(50);
        const int chosen = compare->width();
        QVERIFY(!as_wide() && chosen > narrow);
        compare->toggleViewAction()->trigger();
        QTRY_COMPARE(inspector->width(), narrow);
        compare->toggleViewAction()->trigger();
        QTRY_COMPARE(compare->width(), chosen);
    }

    void nothing_runs_under_a_scroll_bar()
    {
        QScrollArea area;
        area.setWidgetResizable(true);
        area.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        auto* content = new QWidget;
        auto* column = new QVBoxLayout(content);
        for (int i = 0; i < 40; ++i)
            column->addWidget(new QLabel(QStringLiteral("a text that would like more room")));
        area.setWidget(content);
        keep_within(area);
        area.resize(120, 200);
        area.show();
        QVERIFY(QTest::qWaitForWindowExposed(&area));
        QVERIFY(content->minimumSizeHint().width() > 120);
        QTRY_VERIFY(content->width() <= area.viewport()->width());
        area.resize(400, 200);
        QTRY_COMPARE(content->width(), area.viewport()->width());
    }

    void a_column_has_its_width_again_after_a_restart()
    {
        int width = 0;
        for (const bool again : { false, true }) {
            MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
            if (!again)
                window.resize(790, 724); // no larger than the screen of a test
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            auto* edges = window.findChild<QDockWidget*>(QStringLiteral("edgesDock"));
            if (!again) {
                // There is no room for columns on both sides.
                for (const char* left : { "runsDock", "bookmarksDock" })
                    window.findChild<QDockWidget*>(QLatin1String(left))->hide();
                edges->toggleViewAction()->trigger();
                QTest::qWait(50);
                const int before = edges->width();
                drag(window, { edges->geometry().left() - 2, edges->geometry().center().y() },
                    { edges->width() - 270, 0 });
                QVERIFY(std::abs(before - 270) > 20);
                QTRY_VERIFY(std::abs(edges->width() - 270) <= 3); // half a handle
                width = edges->width();
            }
            QTest::qWait(50);
            QVERIFY(edges->isVisible());
            QTRY_COMPARE(edges->width(), width);
            window.close();
        }
    }

    void panels_share_the_room_there_is()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        const QSize size(1024 - frame.width(), 700 - frame.height());
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(open_in_window(window, file()));
        for (QDockWidget* dock : window.findChildren<QDockWidget*>()) {
            if (!dock->isVisible())
                dock->toggleViewAction()->trigger();
            dock->raise();
            QTest::qWait(50);
            QVERIFY(dock->isVisible());
            QVERIFY(window.rect().contains(dock->geometry()));
            QVERIFY2(window.size() == size,
                QByteArray(dock->objectName().toUtf8() + ": "
                    + QByteArray::number(window.width()) + " x "
                    + QByteArray::number(window.height()) + ": " + wide_ones(window))
                    .constData());
            const QRect inside = window.rect();
            for (const QDockWidget* other : window.findChildren<QDockWidget*>())
                // Of panels that share a place as tabs those behind lie outside of the window.
                if (other->isVisible() && inside.intersects(other->geometry()))
                    QVERIFY2(inside.contains(other->geometry()),
                        other->objectName().toUtf8().constData());
            QVERIFY(inside.contains(window.centralWidget()->geometry()));
        }
        QVERIFY2(window.minimumSizeHint().width() <= 910 - frame.width(),
            wide_ones(window).constData());
    }

    void no_line_between_panels_stays_behind()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(1000, 650);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(open_in_window(window, file()));
        // The window's own colour does not show through its middle.
        window.setStyleSheet(window.styleSheet()
            + QStringLiteral("#mainWindow { background: magenta; }"));
        QTest::qWait(50);
        QWidget* centre = window.centralWidget();
        const QRect middle(centre->mapTo(&window, QPoint()), centre->size());
        const auto shows_through = [&] {
            const QImage seen = window.grab(middle).toImage();
            for (int y = 0; y < seen.height(); ++y)
                for (int x = 0; x < seen.width(); ++x)
                    if (seen.pixelColor(x, y) == QColor(Qt::magenta))
                        return true;
            return false;
        };
        QVERIFY(!shows_through());
        centre->hide(); // and would be seen
        QVERIFY(shows_through());
    }

    void the_circuit_keeps_a_useful_width()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(1400, 700);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(open_in_window(window, file()));
        const auto* runs = window.findChild<QDockWidget*>(QStringLiteral("runsDock"));
        QTRY_VERIFY(runs->isVisible());
        const int narrow = runs->width();
        drag(window, { runs->geometry().right() + 1, 300 }, { 700, 0 });
        QTRY_VERIFY(runs->width() > narrow + 200); // it moved, as far as it may
        QVERIFY(window.centralWidget()->width() >= 480);
        // What was chosen here is more than a narrower window has.
        window.resize(1000, 700);
        QTest::qWait(100);
        QVERIFY2(window.centralWidget()->width() >= 390,
            QByteArray::number(window.centralWidget()->width()));
        QCOMPARE(window.width(), 1000);
        window.resize(1400, 700);
        QTRY_VERIFY(runs->width() > narrow + 200);
    }

    void every_dialog_fits()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(780, 700);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(open_in_window(window, file()));
        QSet<QString> seen;
        for (QAction* action : window.actions()) {
            if (action->menu() || !action->isEnabled() || action->isCheckable()
                || !action->text().contains(QChar(0x2026)))
                if (!opens_a_dialog(action))
                    continue;
            if (asks_for_a_file(action))
                continue;
            // What blocks is looked at from within.
            QTimer::singleShot(50, qApp, [&] {
                for (QDialog* dialog : open_dialogs()) {
                    seen << dialog->windowTitle();
                    QVERIFY2(dialog->size().width() <= dialog->screen()->availableSize().width()
                            && dialog->size().height()
                                <= dialog->screen()->availableSize().height(),
                        qPrintable(dialog->windowTitle()));
                    for (const QSize& screen : screens)
                        check_fits(*dialog, screen);
                    dialog->close();
                }
            });
            action->trigger();
            QTRY_VERIFY(!QApplication::activeModalWidget());
            QTest::qWait(60);
            for (QDialog* dialog : open_dialogs())
                dialog->close();
        }
        for (const char* title : { "New run", "Export", "Keyboard and mouse", "Documents" })
            QVERIFY2(seen.contains(QString::fromLatin1(title)),
                qPrintable(QStringList(seen.values()).join(u',')));
        QVERIFY2(seen.size() >= 7, qPrintable(QStringList(seen.values()).join(u',')));
    }

    void the_curves_get_their_share_back()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(1300, 1000);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(open_in_window(window, file()));
        auto* curves = window.findChild<QDockWidget*>(QStringLiteral("curvesDock"));
        auto* runs = window.findChild<QDockWidget*>(QStringLiteral("runsDock"));
        QTest::qWait(50);
        // The user's own choice, by the lines between the panels.
        drag(window, { curves->geometry().center().x(), curves->y() - 1 },
            { 0, curves->height() - 330 });
        drag(window, { runs->geometry().right() + 1, runs->geometry().center().y() },
            { 290 - runs->width(), 0 });
        QTRY_COMPARE(curves->height(), 330);
        QTRY_COMPARE(runs->width(), 290);
        const int height = curves->height();
        const int width = runs->width();
        for (const QSize& small : { QSize(900, 500), QSize(1000, 620), QSize(1299, 560) }) {
            window.resize(small);
            QTest::qWait(50);
            window.resize(1300, 1000);
            QTRY_COMPARE(curves->height(), height);
            QTRY_COMPARE(runs->width(), width);
        }
        // What they choose afterwards counts.
        drag(window, { curves->geometry().center().x(), curves->y() - 1 }, { 0, 90 });
        QTRY_COMPARE(curves->height(), 240);
        const int lower = curves->height();
        window.resize(900, 500);
        QTest::qWait(50);
        window.resize(1300, 1000);
        QTRY_COMPARE(curves->height(), lower);
    }

    void a_detached_panel_stays_where_it_was()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.setGeometry(10, 60, 780, 720);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QRect available = window.screen()->availableGeometry();
        const auto* header = window.findChild<HeaderBar*>();
        const int below = header->mapToGlobal(QPoint(0, header->height())).y();
        int detached = 0;
        for (QAction* action : window.actions()) {
            if (!action->text().startsWith(QStringLiteral("Detach")))
                continue;
            action->trigger();
            QCoreApplication::processEvents();
            for (const QDockWidget* dock : window.findChildren<QDockWidget*>()) {
                if (!dock->isFloating())
                    continue;
                ++detached;
                const QByteArray name = dock->objectName().toUtf8();
                QVERIFY2(available.contains(dock->geometry()), name.constData());
                QVERIFY2(dock->geometry().top() >= below, name.constData());
            }
            action->trigger();
            QCoreApplication::processEvents();
        }
        QVERIFY(detached >= 4);
    }

    void a_detached_panel_of_tabs_is_a_window_of_its_own()
    {
        MainWindow window(fake, folder_.filePath(QStringLiteral("kept")));
        window.resize(1400, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QRect available = window.screen()->availableGeometry();
        for (const char* first : { "dynamicsDock", "ablateDock", "edgesDock" }) {
            auto* dock = window.findChild<QDockWidget*>(QLatin1String(first));
            for (const char* other : { "dynamicsDock", "ablateDock", "edgesDock", "compareDock" })
                window.findChild<QDockWidget*>(QLatin1String(other))->toggleViewAction()->trigger();
            QTest::qWait(50);
            QVERIFY(!window.tabifiedDockWidgets(dock).isEmpty());
            QAction* detach = detaching(window, dock->windowTitle());
            QVERIFY(detach);
            for (const bool was_in_front : { true, false }) {
                (was_in_front ? dock : window.tabifiedDockWidgets(dock).front())->raise();
                QTest::qWait(50);
                HideCount hidden(*dock);
                detach->trigger();
                QTest::qWait(50); // what the window lays out anew
                QVERIFY(dock->isFloating());
                // A window manager may miss that a window is shown again.
                QCOMPARE(hidden.as_window(), 0);
                QVERIFY2(dock->isVisible(), first);
                QVERIFY2(available.contains(dock->geometry()), first);
                QVERIFY2(dock->height() >= 200 && dock->width() >= 200, first);
                detach->trigger();
                QTest::qWait(50);
                QVERIFY(!dock->isFloating() && dock->isVisible());
                // In front of the others.
                QTRY_VERIFY2(in_front(*dock),
                    qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(first)).arg(was_in_front)));
            }
            for (const char* other : { "dynamicsDock", "ablateDock", "edgesDock", "compareDock" })
                window.findChild<QDockWidget*>(QLatin1String(other))->hide();
        }
    }

private:
    static QAction* detaching(const MainWindow& window, const QString& title)
    {
        for (QAction* action : window.actions())
            if (action->text() == QStringLiteral("Detach ") + title)
                return action;
        return nullptr;
    }

    QString file() const { return folder_.filePath(QStringLiteral("run.loom")); }

    static bool opens_a_dialog(const QAction* action)
    {
        return QStringList{ QStringLiteral("About"), QStringLiteral("Keyboard"),
            QStringLiteral("Documents"), QStringLiteral("Compare") }
            .contains(QString(action->text()).remove(u'&').section(u' ', 0, 0));
    }
    static bool asks_for_a_file(const QAction* action)
    {
        const QString text = QString(action->text()).remove(u'&');
        return text.startsWith(QStringLiteral("Open")) || text.startsWith(QStringLiteral("Save"))
            || text.startsWith(QStringLiteral("Go to"));
    }

    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestSmallScreens, Application::widgets)
#include "tst_small_screens.moc"
