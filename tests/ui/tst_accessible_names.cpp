#include "tests/support/fake_engine.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/window/main_window.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDockWidget>
#include <QFileDialog>
#include <QMenuBar>
#include <QScrollBar>
#include <QSet>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

/// Whether a screen reader comes to the widget, and so has to have a name to say. Parts that Qt
/// makes of its own widgets are read as a part of those.
bool needs_name(const QWidget& widget)
{
    if (widget.focusPolicy() == Qt::NoFocus || widget.objectName().startsWith(QLatin1String("qt_")))
        return false;
    // Qt names each tab of a bar, each item of a menu bar.
    if (qobject_cast<const QTabBar*>(&widget) || qobject_cast<const QMenuBar*>(&widget))
        return false;
    // What is hidden until it has something to say gets its name with that.
    if (widget.isHidden())
        return false;
    // A label is read by its text, and not at all where it has none.
    if (qobject_cast<const QLabel*>(&widget))
        return false;
    // An area that only scrolls what has names; lists, tables and texts need one.
    if (widget.inherits("QScrollArea"))
        return false;
    for (const QWidget* parent = widget.parentWidget(); parent; parent = parent->parentWidget())
        if (parent->inherits("QComboBox") || parent->inherits("QFileDialog")
            || parent->inherits("QAbstractItemView") || parent->inherits("QAbstractSpinBox"))
            return false;
    return true;
}

/// Where a widget is found, as in "runsDock > QListView".
QString place_of(const QWidget& widget)
{
    QString place = QString::fromLatin1(widget.metaObject()->className()) % u' '
        % widget.objectName();
    for (const QWidget* parent = widget.parentWidget(); parent; parent = parent->parentWidget())
        if (!parent->objectName().isEmpty() || parent->isWindow())
            place.prepend((parent->objectName().isEmpty()
                    ? QString::fromLatin1(parent->metaObject()->className())
                    : parent->objectName())
                % QStringLiteral(" > "));
    return place;
}

QStringList nameless_in(const QWidget& top)
{
    QStringList nameless;
    for (QWidget* widget : top.findChildren<QWidget*>()) {
        if (!needs_name(*widget))
            continue;
        QAccessibleInterface* read = QAccessible::queryAccessibleInterface(widget);
        if (!read || read->text(QAccessible::Name).trimmed().isEmpty())
            nameless << place_of(*widget);
    }
    return nameless;
}

void require_names(const QStringList& nameless)
{
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
}

} // namespace

/// Every control of the window, of its panels and of the dialogs that its menus open has a name that
/// a screen reader can say. Panels and dialogs are found by the menus, so new ones are included.
class TestAccessibleNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(folder_.path());
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        window_ = std::make_unique<MainWindow>([] { return std::make_unique<FakeEngine>(); },
            folder_.filePath(QStringLiteral("experiments")));
        window_->resize(1400, 900);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }

    void cleanupTestCase() { window_.reset(); }

    void a_nameless_control_is_found()
    {
        QWidget top;
        auto* button = new QPushButton(&top);
        auto* edit = new QLineEdit(&top);
        QCOMPARE(nameless_in(top).size(), 2);
        button->setText(QStringLiteral("Go"));
        edit->setAccessibleName(QStringLiteral("Where to"));
        QVERIFY(nameless_in(top).isEmpty());
    }

    void the_start_page_and_every_panel()
    {
        require_names(nameless_in(*window_));
        window_->start_preset("sv-disagreement");
        QTRY_VERIFY_WITH_TIMEOUT(
            window_->session().runs().size() == 1 && !window_->session().live_run(), patience);
        const auto docks = window_->findChildren<QDockWidget*>();
        QVERIFY(docks.size() > 10);
        for (QDockWidget* dock : docks) {
            dock->show();
            dock->raise();
            QTest::qWait(1); // a panel fills itself when it is seen
        }
        require_names(nameless_in(*window_));
    }

    void every_dialog_of_the_menus()
    {
        QSet<QString> opened;
        QStringList nameless;
        QTimer look;
        look.setInterval(30);
        connect(&look, &QTimer::timeout, this, [&] {
            for (QWidget* top : QApplication::topLevelWidgets()) {
                if (!top->isVisible() || top == window_.get() || qobject_cast<QMenu*>(top)
                    || qobject_cast<QDockWidget*>(top))
                    continue;
                if (!qobject_cast<QFileDialog*>(top)) { // Qt's own
                    opened << QString::fromLatin1(top->metaObject()->className());
                    nameless << nameless_in(*top);
                }
                if (auto* dialog = qobject_cast<QDialog*>(top))
                    dialog->done(QDialog::Rejected);
                else
                    top->close();
            }
        });
        look.start();
        for (QAction* action : window_->findChildren<QAction*>()) {
            const QString text = action->text();
            const bool tells = text.endsWith(QChar(0x2026)) || text.contains(QLatin1String("About"))
                || text.contains(QLatin1String("Documents"))
                || text.contains(QLatin1String("Keyboard"));
            if (!tells || !action->isEnabled() || action->menu())
                continue;
            action->trigger();
            QTest::qWait(80);
        }
        QVERIFY2(opened.size() >= 5, qPrintable(QStringList(opened.values()).join(u' ')));
        nameless.removeDuplicates();
        require_names(nameless);
    }

private:
    QTemporaryDir folder_;
    std::unique_ptr<MainWindow> window_;
};

CIRCUITLOOM_UI_TEST(TestAccessibleNames, Application::widgets)
#include "tst_accessible_names.moc"
