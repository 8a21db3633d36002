#include "ui/runs/runs_panel.h"

#include "ui/runs/preset_menu.h"
#include "ui/runs/run_delegate.h"
#include "ui/runs/runs_model.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace circuitloom::ui {

RunsPanel::RunsPanel(RunsModel& model, QWidget* parent)
    : QWidget(parent)
    , model_(model)
    , delegate_(new RunDelegate(this))
    , new_run_(new QPushButton(this))
    , list_(new QListView(this))
    , empty_(new QLabel(tr("No runs yet."), this))
    , buttons_(new QWidget(this))
{
    setObjectName(QStringLiteral("runs"));
    setAttribute(Qt::WA_StyledBackground);
    auto* heading = new QLabel(tr("RUNS"), this);
    heading->setProperty("heading", true);
    new_run_->setObjectName(QStringLiteral("newRun"));
    new_run_->setText(tr("New run"));
    new_run_->setProperty("primary", true);
    new_run_->setFocusPolicy(Qt::TabFocus); // a click leaves Space to the timeline
    auto* presets = new PresetMenu(new_run_);
    new_run_->setMenu(presets);
    connect(presets, &PresetMenu::chosen, this, &RunsPanel::run_requested);
    connect(presets, &PresetMenu::other_requested, this, &RunsPanel::other_run_requested);
    empty_->setProperty("dim", true);
    empty_->setContentsMargins(16, 4, 16, 4);

    list_->setObjectName(QStringLiteral("runsList"));
    list_->setModel(&model_);
    list_->setItemDelegate(delegate_);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setMouseTracking(true);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setResizeMode(QListView::Adjust);
    list_->setAccessibleName(tr("Runs"));

    auto* top = new QHBoxLayout;
    top->setContentsMargins(16, 10, 12, 6);
    top->addWidget(heading);
    top->addStretch();
    top->addWidget(new_run_);
    auto* bottom = new QHBoxLayout(buttons_);
    bottom->setContentsMargins(12, 4, 12, 8);
    bottom->setSpacing(6);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(empty_);
    column->addWidget(list_, 1);
    column->addWidget(buttons_);

    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& index) {
            if (index.isValid())
                Q_EMIT run_selected(
                    model_.rows()[static_cast<std::size_t>(index.row())].summary.id);
        });
    connect(&model_, &QAbstractItemModel::modelReset, this, &RunsPanel::show_emptiness);
    connect(&model_, &QAbstractItemModel::rowsInserted, this, &RunsPanel::show_emptiness);
    show_emptiness();
}

void RunsPanel::set_theme(const Theme& theme)
{
    delegate_->set_theme(theme);
    list_->viewport()->update();
}

void RunsPanel::set_actions(const QList<QAction*>& actions)
{
    for (QAction* action : actions) {
        auto* button = new QToolButton(buttons_);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
        buttons_->layout()->addWidget(button);
    }
    static_cast<QHBoxLayout*>(buttons_->layout())->addStretch();
}

void RunsPanel::select(std::optional<RunId> run)
{
    const int row = run ? model_.row_of(*run) : -1;
    const QSignalBlocker quiet(list_->selectionModel());
    list_->setCurrentIndex(row < 0 ? QModelIndex() : model_.index(row));
    list_->viewport()->update();
}

void RunsPanel::show_emptiness()
{
    const bool empty = model_.rowCount() == 0;
    empty_->setVisible(empty);
    buttons_->setVisible(!empty);
}

} // namespace circuitloom::ui
