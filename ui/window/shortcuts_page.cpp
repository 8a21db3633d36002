#include "ui/window/shortcuts_page.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace circuitloom::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Shortcuts", text);
}

/// Without the letter to press and the dots that announce a dialog.
QString plain(QString text)
{
    return text.remove(u'&').remove(QChar(0x2026));
}

void add_actions(ShortcutGroup& group, const QMenu& menu)
{
    for (const QAction* action : menu.actions()) {
        if (const QMenu* inner = action->menu())
            add_actions(group, *inner);
        else if (!action->shortcut().isEmpty())
            group.rows.emplace_back(
                action->shortcut().toString(QKeySequence::NativeText), plain(action->text()));
    }
}

std::vector<ShortcutGroup> groups_of_the_parts()
{
    return {
        { tr("Everywhere"),
            { { tr("F6, Shift+F6"), tr("Next part of the window, the one before") },
                { tr("Tab, Shift+Tab"), tr("Next control, the one before") },
                { tr("Alt and an underlined letter"), tr("Open that menu") } } },
        { tr("In the runs"),
            { { tr("Up, Down"), tr("Choose a run") },
                { tr("Return or double click"), tr("Details and notes") },
                { tr("Delete"), tr("Delete, or take out of the queue") },
                { tr("Click on a square"), tr("Overlay the run's curves, or not") } } },
        { tr("In the circuit"),
            { { tr("Up, Down, then all arrows"), tr("Walk from node to node") },
                { tr("Click, Esc"), tr("Select, nothing") },
                { tr("Shift and click, Shift and drag"), tr("Select more") },
                { tr("Return or double click"), tr("Isolate its paths") },
                { tr("P, H, Shift+H"), tr("Pin, hide, show all") },
                { tr("Delete"), tr("Switch off, or on again") },
                { tr("G, menu key or right click"), tr("Group, everything else") },
                { tr("Drag, or Shift and arrows"), tr("Pan") },
                { tr("Wheel, + and −"), tr("Zoom") },
                { tr("F, Z"), tr("Fit, zoom to the selection") },
                { tr("Ctrl+Z, Ctrl+Shift+Z"), tr("Undo and redo view changes; elsewhere, undo deleting") } } },
        { tr("In the timeline"),
            { { tr("Drag, wheel"), tr("Go through the iterations") },
                { tr("Drag a tab on the line"), tr("Where the loop begins or ends") },
                { tr("Right click"), tr("Loop or bookmark there") } } },
        { tr("In the curves"),
            { { tr("Left, Right"), tr("Previous and next iteration") },
                { tr("Click or drag"), tr("Go to that step") },
                { tr("Wheel, + and −"), tr("Zoom the steps") },
                { tr("Double click, 0"), tr("Show all steps") },
                { tr("Up, Down, then Return"), tr("Choose a label, hide or show its line") },
                { tr("Click a label"), tr("Hide or show its line") },
                { tr("Shift and Left, Right, or drag"), tr("Choose what is played") },
                { tr("L"), tr("Logarithmic vertical axis, or not") },
                { tr("Ctrl+Shift and Left, Right"), tr("Move the plot") },
                { tr("Delete, menu key or right click"), tr("Take the plot away, change it") } } },
        { tr("In the dynamics"),
            { { tr("Click"), tr("Go to that iteration, select its edges") },
                { tr("Drag over rows"), tr("Select them") },
                { tr("Wheel, + and −, 0"), tr("Zoom the rows, show all") },
                { tr("Up, Down, then Return"), tr("Walk through what is shown, go there") } } },
        { tr("In the bookmarks"),
            { { tr("Click or Return"), tr("Go there") },
                { tr("F2, Delete"), tr("Name and note, delete") } } },
    };
}

void add_group(QGridLayout& grid, const ShortcutGroup& group)
{
    auto* heading = new QLabel(group.title);
    heading->setProperty("strong", true);
    heading->setContentsMargins(0, grid.rowCount() > 1 ? 14 : 0, 0, 2);
    grid.addWidget(heading, grid.rowCount(), 0, 1, 2);
    for (const auto& [keys, meaning] : group.rows) {
        const int row = grid.rowCount();
        auto* left = new QLabel(keys);
        left->setProperty("dim", true);
        grid.addWidget(left, row, 0);
        grid.addWidget(new QLabel(meaning), row, 1);
    }
}

} // namespace

std::vector<ShortcutGroup> shortcut_groups(const QWidget& window)
{
    std::vector<ShortcutGroup> groups;
    if (const auto* bar = window.findChild<QMenuBar*>()) {
        for (const QAction* top : bar->actions()) {
            ShortcutGroup group{ plain(top->text()), {} };
            if (top->menu())
                add_actions(group, *top->menu());
            if (!group.rows.empty())
                groups.push_back(std::move(group));
        }
    }
    std::ranges::move(groups_of_the_parts(), std::back_inserter(groups));
    return groups;
}

void show_shortcuts(QWidget* window)
{
    QDialog dialog(window);
    dialog.setObjectName(QStringLiteral("shortcuts"));
    dialog.setWindowTitle(tr("Keyboard and mouse"));
    auto* content = new QWidget;
    auto* grid = new QGridLayout(content);
    grid->setHorizontalSpacing(24);
    grid->setColumnStretch(1, 1);
    for (const ShortcutGroup& group : shortcut_groups(*window))
        add_group(*grid, group);

    auto* scroll = new QScrollArea(&dialog);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto* column = new QVBoxLayout(&dialog);
    column->addWidget(scroll);
    column->addWidget(buttons);
    dialog.resize(600, 620);
    scroll->setFocus(); // the arrows scroll
    dialog.exec();
}

} // namespace circuitloom::ui
