#include "ui/window/shortcuts_page.h"

#include "ui/theme/text_scale.h"

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

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Shortcuts)
};

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
        { Words::tr("Everywhere"),
            { { Words::tr("F6, Shift+F6"), Words::tr("Next part of the window, the one before") },
                { Words::tr("Tab, Shift+Tab"), Words::tr("Next control, the one before") },
                { Words::tr("Alt and an underlined letter"), Words::tr("Open that menu") } } },
        { Words::tr("In the runs"),
            { { Words::tr("Up, Down"), Words::tr("Choose a run") },
                { Words::tr("Return or double click"), Words::tr("Details and notes") },
                { Words::tr("Delete"), Words::tr("Delete, or take out of the queue") },
                { Words::tr("Click on a square"),
                    Words::tr("Overlay the run's curves, or not") } } },
        { Words::tr("In the circuit"),
            { { Words::tr("Up, Down, then all arrows"), Words::tr("Walk from node to node") },
                { Words::tr("Click, Esc"), Words::tr("Select, nothing") },
                { Words::tr("Shift and click, Shift and drag"), Words::tr("Select more") },
                { Words::tr("Return or double click"), Words::tr("Isolate its paths") },
                { Words::tr("P, H, Shift+H"), Words::tr("Pin, hide, show all") },
                { Words::tr("Delete"), Words::tr("Switch off, or on again") },
                { Words::tr("G, menu key or right click"), Words::tr("Group, everything else") },
                { Words::tr("Drag, or Shift and arrows"), Words::tr("Pan") },
                { Words::tr("Wheel, + and −"), Words::tr("Zoom") },
                { Words::tr("F, Z"), Words::tr("Fit, zoom to the selection") },
                { Words::tr("Ctrl+Z, Ctrl+Shift+Z"),
                    Words::tr("Undo and redo view changes; elsewhere, undo deleting") } } },
        { Words::tr("In the timeline"),
            { { Words::tr("Drag, wheel"), Words::tr("Go through the iterations") },
                { Words::tr("Drag a tab on the line"), Words::tr("Where the loop begins or ends") },
                { Words::tr("Right click"), Words::tr("Loop or bookmark there") } } },
        { Words::tr("In the curves"),
            { { Words::tr("Left, Right"), Words::tr("Previous and next iteration") },
                { Words::tr("Click or drag"), Words::tr("Go to that step") },
                { Words::tr("Wheel, + and −"), Words::tr("Zoom the steps") },
                { Words::tr("Double click, 0"), Words::tr("Show all steps") },
                { Words::tr("Up, Down, then Return"),
                    Words::tr("Choose a label, hide or show its line") },
                { Words::tr("Click a label"), Words::tr("Hide or show its line") },
                { Words::tr("Shift and Left, Right, or drag"), Words::tr("Choose what is played") },
                { Words::tr("L"), Words::tr("Logarithmic vertical axis, or not") },
                { Words::tr("Ctrl+Shift and Left, Right"), Words::tr("Move the plot") },
                { Words::tr("Delete, menu key or right click"),
                    Words::tr("Take the plot away, change it") } } },
        { Words::tr("In the dynamics"),
            { { Words::tr("Click"), Words::tr("Go to that iteration, select its edges") },
                { Words::tr("Drag over rows"), Words::tr("Select them") },
                { Words::tr("Wheel, + and −, 0"), Words::tr("Zoom the rows, show all") },
                { Words::tr("Up, Down, then Return"),
                    Words::tr("Walk through what is shown, go there") } } },
        { Words::tr("In the bookmarks"),
            { { Words::tr("Click or Return"), Words::tr("Go there") },
                { Words::tr("F2, Delete"), Words::tr("Name and note, delete") } } },
        { Words::tr("In the documents"),
            { { Words::tr("Ctrl+F"), Words::tr("Find, on the page or in all of them") },
                { Words::tr("F3, Shift+F3"), Words::tr("Next place, the one before") } } },
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
    dialog.setWindowTitle(Words::tr("Keyboard and mouse"));
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
    dialog.resize(scaled(QSize(600, 620)));
    scroll->setFocus(); // the arrows scroll
    dialog.exec();
}

} // namespace circuitloom::ui
