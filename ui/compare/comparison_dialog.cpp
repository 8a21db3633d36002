#include "ui/compare/comparison_dialog.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace circuitloom::ui {

ComparisonDialog::ComparisonDialog(QWidget* parent)
    : QDialog(parent)
    , table_(new QTableView(this))
{
    setObjectName(QStringLiteral("comparison"));
    setWindowTitle(tr("Runs compared"));
    sorted_.setSourceModel(&comparison_);
    sorted_.setSortRole(RunComparison::sort_role);
    sorted_.setSortCaseSensitivity(Qt::CaseInsensitive);
    table_->setObjectName(QStringLiteral("comparisonTable"));
    table_->setAccessibleName(tr("Runs compared"));
    table_->setModel(&sorted_);
    table_->setSortingEnabled(true);
    table_->sortByColumn(-1, Qt::AscendingOrder); // in the order of the file until asked
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setShowGrid(false);
    table_->setIconSize({ 10, 10 }); // the runs' colours
    table_->setTabKeyNavigation(false);
    table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table_->verticalHeader()->hide();
    table_->horizontalHeader()->setHighlightSections(false);
    connect(table_, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT run_chosen(comparison_.run(sorted_.mapToSource(index).row()));
    });

    auto* hint = new QLabel(
        tr("A click on a heading sorts; Return or a double click shows the run."), this);
    hint->setProperty("dim", true);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(hint, 1);
    const auto add_button = [&](const QString& text, const char* name) {
        auto* button = new QPushButton(text, this);
        button->setObjectName(QString::fromLatin1(name));
        button->setAutoDefault(false);
        bottom->addWidget(button);
        return button;
    };
    connect(add_button(tr("Copy as &CSV"), "copyCsv"), &QPushButton::clicked, this,
        [this] { copy(u','); });
    connect(add_button(tr("Copy as &TSV"), "copyTsv"), &QPushButton::clicked, this,
        [this] { copy(u'\t'); });
    connect(
        add_button(tr("Close"), "closeComparison"), &QPushButton::clicked, this, &QDialog::close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 12);
    column->addWidget(table_, 1);
    column->addLayout(bottom);
    resize(1180, 340);
}

void ComparisonDialog::show_runs(const std::vector<ComparedRun>& runs)
{
    const int columns = comparison_.columnCount();
    const int rows = comparison_.rowCount();
    comparison_.set_runs(runs);
    if (comparison_.columnCount() != columns || comparison_.rowCount() != rows)
        table_->resizeColumnsToContents();
    // Return shows the chosen row, so one is always chosen, and seen to be.
    if (!table_->selectionModel()->hasSelection())
        table_->selectRow(0);
}

void ComparisonDialog::copy(QChar separator)
{
    QGuiApplication::clipboard()->setText(table_text(sorted_, separator));
}

} // namespace circuitloom::ui
