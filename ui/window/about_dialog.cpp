#include "ui/window/about_dialog.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QMessageBox>
#include <QScrollArea>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("About", text);
}

void add_row(QGridLayout& grid, const QString& keys, const QString& meaning)
{
    const int row = grid.rowCount();
    auto* left = new QLabel(keys);
    QFont bold = left->font();
    bold.setBold(true);
    left->setFont(bold);
    grid.addWidget(left, row, 0);
    grid.addWidget(new QLabel(meaning), row, 1);
}

} // namespace

void show_about(QWidget* parent)
{
    QMessageBox box(parent);
    box.setWindowTitle(tr("About Circuitloom"));
    box.setTextFormat(Qt::RichText);
    box.setText(tr("<h3>Circuitloom %1</h3><p>Watch a language model learn, edge by edge.</p>")
                    .arg(QCoreApplication::applicationVersion()));
    box.setInformativeText(
        tr("<p>Qt %1 · QCustomPlot 2.1 · SQLite · LibTorch</p>"
           "<p>Free software under the GNU General Public License, version 3 or later. It comes "
           "without any warranty.</p>"
           "<p>Method: “Fine-Tuning is Subgraph Search”, arXiv 2502.06106.</p>")
            .arg(QString::fromLatin1(qVersion())));
    box.exec();
}

void show_shortcuts(QWidget* parent)
{
    QDialog dialog(parent);
    dialog.setWindowTitle(tr("Keyboard and mouse"));
    auto* content = new QWidget;
    auto* grid = new QGridLayout(content);
    grid->setHorizontalSpacing(24);
    for (const QAction* action : parent->actions()) {
        if (action->shortcut().isEmpty())
            continue;
        QString meaning = action->text();
        meaning.remove(u'&').remove(QChar(0x2026));
        add_row(*grid, action->shortcut().toString(QKeySequence::NativeText), meaning);
    }
    add_row(*grid, tr("Runs: Return or double click"), tr("Details and notes"));
    add_row(*grid, tr("Runs: Delete"), tr("Delete, or take out of the queue"));
    add_row(*grid, tr("Runs: click a square"), tr("Overlay the run's curves, or not"));
    add_row(*grid, tr("Timeline: drag, wheel"), tr("Go through the iterations"));
    add_row(*grid, tr("Timeline: drag a tab on the line"), tr("Where the loop begins or ends"));
    add_row(*grid, tr("Timeline: right click"), tr("Loop or bookmark there"));
    add_row(*grid, tr("Bookmarks: click or Return"), tr("Go there"));
    add_row(*grid, tr("Bookmarks: F2, Delete"), tr("Name and note, delete"));
    add_row(*grid, tr("Circuit: drag or Shift and arrows"), tr("Pan"));
    add_row(*grid, tr("Circuit: wheel, + and -"), tr("Zoom"));
    add_row(*grid, tr("Circuit: F, Z"), tr("Fit, zoom to the selection"));
    add_row(*grid, tr("Circuit: click, Tab, Esc"), tr("Select, next node, nothing"));
    add_row(*grid, tr("Circuit: Shift and click, Shift and drag"), tr("Select more"));
    add_row(*grid, tr("Circuit: double click or Return"), tr("Isolate its paths"));
    add_row(*grid, tr("Circuit: P, H, Shift+H"), tr("Pin, hide, show all"));
    add_row(*grid, tr("Circuit: G, menu key or right click"), tr("Group, everything else"));
    add_row(*grid, tr("Circuit: Ctrl+Z, Ctrl+Shift+Z"), tr("Undo and redo view changes"));
    add_row(*grid, tr("Curves: click or drag"), tr("Go to that step"));
    add_row(*grid, tr("Curves: wheel, double click"), tr("Zoom the steps, show all"));
    add_row(*grid, tr("Curves: click a label"), tr("Hide or show its line"));

    auto* scroll = new QScrollArea(&dialog);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto* column = new QVBoxLayout(&dialog);
    column->addWidget(scroll);
    column->addWidget(buttons);
    dialog.resize(660, 620);
    dialog.exec();
}

} // namespace circuitloom::ui
