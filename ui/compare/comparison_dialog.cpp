#include "ui/compare/comparison_dialog.h"

#include "ui/base/whole_file.h"
#include "ui/compare/frozen_column.h"
#include "ui/compare/scatter_page.h"
#include "ui/compare/sweep_page.h"
#include "ui/theme/text_scale.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <array>

namespace circuitloom::ui {

namespace {

struct LayoutChoiceOf
{
    TableLayout layout;
    const char* name; ///< of the action
    const char* title;
    const char* ending;
};

constexpr std::array layouts{
    LayoutChoiceOf{ TableLayout::csv, "copyCsv", QT_TRANSLATE_NOOP("ComparisonDialog", "&CSV"), "csv" },
    LayoutChoiceOf{ TableLayout::tsv, "copyTsv", QT_TRANSLATE_NOOP("ComparisonDialog", "&TSV"), "tsv" },
    LayoutChoiceOf{ TableLayout::markdown, "copyMarkdown",
        QT_TRANSLATE_NOOP("ComparisonDialog", "&Markdown"), "md" },
    LayoutChoiceOf{
        TableLayout::latex, "copyLatex", QT_TRANSLATE_NOOP("ComparisonDialog", "&LaTeX"), "tex" },
};

} // namespace

ComparisonDialog::ComparisonDialog(QWidget* parent)
    : QDialog(parent)
    , grouping_(new QComboBox(this))
    , table_(new QTableView(this))
    , scatter_(new ScatterPage(this))
    , sweep_(new SweepPage(this))
    , hint_(new QLabel(this))
{
    setObjectName(QStringLiteral("comparison"));
    setWindowTitle(tr("Runs compared"));
    sorted_.setSourceModel(&comparison_);
    sorted_.setSortRole(RunComparison::sort_role);
    sorted_.setSortCaseSensitivity(Qt::CaseInsensitive);
    grouping_->setObjectName(QStringLiteral("comparisonGrouping"));
    grouping_->addItem(tr("every run"), static_cast<int>(Grouping::none));
    grouping_->addItem(tr("by method"), static_cast<int>(Grouping::method));
    grouping_->addItem(tr("by settings, over seeds"), static_cast<int>(Grouping::settings));
    grouping_->setToolTip(tr("Groups have the mean ± standard deviation over their runs"));
    connect(grouping_, &QComboBox::currentIndexChanged, this, &ComparisonDialog::refresh);
    connect(scatter_, &ScatterPage::run_chosen, this, &ComparisonDialog::run_chosen);

    auto* tabs = new QTabWidget(this);
    tabs->setObjectName(QStringLiteral("comparisonTabs"));
    tabs->setDocumentMode(true);
    tabs->addTab(table_page(), tr("Ta&ble"));
    tabs->addTab(scatter_, tr("Two m&easures"));
    tabs->addTab(sweep_, tr("S&weep"));
    connect(sweep_, &SweepPage::picture_requested, this, &ComparisonDialog::sweep_picture_requested);
    auto* label = new QLabel(tr("&Rows and points:"), this);
    label->setBuddy(grouping_);
    auto* top = new QHBoxLayout;
    top->addWidget(label);
    top->addWidget(grouping_);
    top->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 12);
    column->addLayout(top);
    column->addWidget(tabs, 1);
    column->addWidget(bottom_row());
    connect(tabs, &QTabWidget::currentChanged, this, &ComparisonDialog::show_hint);
    show_hint(tabs->currentIndex());
    resize(scaled(QSize(1180, 460)));
}

QWidget* ComparisonDialog::table_page()
{
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
    new FrozenColumn(*table_);
    connect(table_, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT run_chosen(comparison_.run(sorted_.mapToSource(index).row()));
    });
    return table_;
}

QWidget* ComparisonDialog::bottom_row()
{
    auto* row = new QWidget(this);
    auto* bottom = new QHBoxLayout(row);
    bottom->setContentsMargins(0, 0, 0, 0);
    hint_->setObjectName(QStringLiteral("comparisonHint"));
    hint_->setProperty("dim", true);
    hint_->setWordWrap(true);
    hint_->setTextFormat(Qt::PlainText); // names of files come through it
    bottom->addWidget(hint_, 1);
    const auto add_button = [&](const QString& text, const char* name) {
        auto* button = new QPushButton(text, row);
        button->setObjectName(QString::fromLatin1(name));
        button->setAutoDefault(false);
        bottom->addWidget(button);
        return button;
    };
    auto* copies = new QMenu(this);
    for (const LayoutChoiceOf& choice : layouts) {
        QAction* copy = copies->addAction(tr(choice.title));
        copy->setObjectName(QString::fromLatin1(choice.name));
        connect(copy, &QAction::triggered, this, [this, layout = choice.layout] {
            QGuiApplication::clipboard()->setText(text(layout));
        });
    }
    add_button(tr("&Copy table as"), "copyTable")->setMenu(copies);
    connect(add_button(tr("&Save table…"), "saveTable"), &QPushButton::clicked, this,
        &ComparisonDialog::ask_file);
    connect(
        add_button(tr("Close"), "closeComparison"), &QPushButton::clicked, this, &QDialog::close);
    return row;
}

void ComparisonDialog::show_hint(int tab)
{
    const QStringList hints{
        tr("The bold row is the run in the window; Return or a double click shows another."),
        tr("The ringed point is the run in the window; a click on another shows that."), QString() };
    hint_->setText(hints[tab]);
}

void ComparisonDialog::show_runs(const std::vector<ComparedRun>& runs)
{
    runs_ = runs;
    refresh();
}

void ComparisonDialog::set_theme(const Theme& theme)
{
    scatter_->set_theme(theme);
    sweep_->set_theme(theme);
}

void ComparisonDialog::refresh()
{
    const auto grouping = static_cast<Grouping>(grouping_->currentData().toInt());
    const int columns = comparison_.columnCount();
    const int rows = comparison_.rowCount();
    comparison_.set_runs(runs_, grouping);
    scatter_->show_runs(runs_, grouping);
    sweep_->show_runs(runs_);
    if (comparison_.columnCount() != columns || comparison_.rowCount() != rows)
        table_->resizeColumnsToContents();
    // Return shows the chosen row, so one is always chosen, and seen to be.
    if (!table_->selectionModel()->hasSelection())
        table_->selectRow(0);
}

QString ComparisonDialog::text(TableLayout layout) const
{
    return table_text(sorted_, layout);
}

void ComparisonDialog::save(const QString& file)
{
    TableLayout layout = TableLayout::csv;
    for (const LayoutChoiceOf& choice : layouts)
        if (QFileInfo(file).suffix().compare(QLatin1String(choice.ending), Qt::CaseInsensitive) == 0)
            layout = choice.layout;
    saving_.run(
        this,
        [file, content = text(layout).toUtf8()] { write_whole_file(file, content); },
        [this, file] { hint_->setText(tr("Saved as %1.").arg(QFileInfo(file).fileName())); },
        [this](const QString& sentence) { hint_->setText(sentence); });
}

void ComparisonDialog::ask_file()
{
    QFileDialog dialog(this, tr("Save table"), {},
        tr("CSV (*.csv);;TSV (*.tsv);;Markdown (*.md);;LaTeX (*.tex)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("csv"));
    connect(&dialog, &QFileDialog::filterSelected, &dialog, [&dialog](const QString& filter) {
        dialog.setDefaultSuffix(filter.section(QStringLiteral("(*."), 1).chopped(1));
    });
    if (dialog.exec() == QDialog::Accepted)
        save(dialog.selectedFiles().constFirst());
}

} // namespace circuitloom::ui
