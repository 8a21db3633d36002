#include "ui/runs/runs_panel.h"

#include "ui/base/flow_layout.h"
#include "ui/runs/preset_menu.h"
#include "ui/runs/run_delegate.h"
#include "ui/runs/runs_model.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
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
    , empty_(new QLabel(tr("No runs yet: “New run” begins one."), this))
    , queue_(new QWidget(this))
    , waiting_(new QLabel(queue_))
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
    empty_->setWordWrap(true);

    list_->setObjectName(QStringLiteral("runsList"));
    list_->setModel(&model_);
    list_->setItemDelegate(delegate_);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setMouseTracking(true);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setResizeMode(QListView::Adjust);
    list_->setAccessibleName(tr("Runs"));
    list_->setEditTriggers(QAbstractItemView::EditKeyPressed);
    list_->setContextMenuPolicy(Qt::ActionsContextMenu);
    list_->installEventFilter(this);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(16, 10, 12, 6);
    top->addWidget(heading);
    top->addStretch();
    top->addWidget(new_run_);
    auto* bottom = new FlowLayout(buttons_);
    bottom->setContentsMargins(12, 4, 12, 8);
    bottom->setSpacing(6);
    waiting_->setObjectName(QStringLiteral("queue"));
    waiting_->setProperty("dim", true);
    waiting_->setWordWrap(true);
    auto* queue = new QHBoxLayout(queue_);
    queue->setContentsMargins(16, 4, 12, 0);
    queue->setSpacing(6);
    queue->addWidget(waiting_, 1);
    queue_->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(empty_);
    column->addWidget(list_, 1);
    column->addWidget(queue_);
    column->addWidget(buttons_);

    connect(
        list_->selectionModel(), &QItemSelectionModel::currentChanged, this, &RunsPanel::choose);
    // A click beside the runs chooses no other, so it must not look as if none were chosen.
    connect(list_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!quiet_ && list_->currentIndex().isValid() && !list_->selectionModel()->hasSelection())
            list_->selectionModel()->select(list_->currentIndex(), QItemSelectionModel::Select);
    });
    connect(list_, &QAbstractItemView::doubleClicked, this, &RunsPanel::details_requested);
    show_emptiness();
}

void RunsPanel::set_theme(const Theme& theme)
{
    delegate_->set_theme(theme);
    list_->viewport()->update();
}

void RunsPanel::add_buttons(QWidget& parent, const QList<QAction*>& actions)
{
    QWidget* before = list_;
    for (QAction* action : actions) {
        auto* button = new QToolButton(&parent);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
        button->setVisible(action->isEnabled());
        connect(action, &QAction::enabledChanged, button, &QWidget::setVisible);
        parent.layout()->addWidget(button);
        setTabOrder(before, button);
        before = button;
    }
}

void RunsPanel::set_actions(const QList<QAction*>& actions)
{
    add_buttons(*buttons_, actions);
}

void RunsPanel::set_queue_actions(const QList<QAction*>& actions)
{
    add_buttons(*queue_, actions);
}

void RunsPanel::set_queue(const QString& text)
{
    waiting_->setText(text);
    queue_->setVisible(!text.isEmpty());
}

void RunsPanel::set_menu(const QList<QAction*>& actions)
{
    list_->addActions(actions);
}

void RunsPanel::show_rows(std::vector<RunRow> rows, std::optional<RunId> current)
{
    quiet_ = true;
    model_.set_rows(std::move(rows));
    quiet_ = false;
    if (!chosen_ || chosen_->ticket == 0 || model_.row_of(*chosen_) < 0)
        chosen_ = current ? std::optional(RunKey{ *current, 0 }) : std::nullopt;
    show_chosen();
    show_emptiness();
}

void RunsPanel::select(std::optional<RunId> run)
{
    chosen_ = run ? std::optional(RunKey{ *run, 0 }) : std::nullopt;
    show_chosen();
}

void RunsPanel::show_chosen()
{
    const int row = chosen_ ? model_.row_of(*chosen_) : -1;
    if (list_->currentIndex().row() == row)
        return;
    quiet_ = true;
    list_->setCurrentIndex(row < 0 ? QModelIndex() : model_.index(row));
    quiet_ = false;
    Q_EMIT choice_changed();
}

void RunsPanel::choose(const QModelIndex& index)
{
    if (quiet_ || !index.isValid())
        return;
    const RunRow& row = model_.rows()[static_cast<std::size_t>(index.row())];
    chosen_ = row.key();
    if (row.ticket == 0)
        Q_EMIT run_selected(row.summary.id);
    Q_EMIT choice_changed();
}

const RunRow* RunsPanel::chosen() const
{
    const int row = chosen_ ? model_.row_of(*chosen_) : -1;
    return row < 0 ? nullptr : &model_.rows()[static_cast<std::size_t>(row)];
}

const std::vector<RunRow>& RunsPanel::rows() const
{
    return model_.rows();
}

void RunsPanel::rename_chosen()
{
    const int row = chosen_ ? model_.row_of(*chosen_) : -1;
    if (row < 0)
        return;
    list_->setFocus();
    list_->scrollTo(model_.index(row));
    list_->edit(model_.index(row));
}

bool RunsPanel::eventFilter(QObject* object, QEvent* event)
{
    // What the field for another name leaves over comes here as well.
    if (event->type() == QEvent::KeyPress && list_->hasFocus()) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        if ((key.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
            return QWidget::eventFilter(object, event);
        switch (key.key()) {
        case Qt::Key_Delete:
            Q_EMIT remove_requested();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            Q_EMIT details_requested();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(object, event);
}

void RunsPanel::show_emptiness()
{
    const bool empty = model_.rowCount() == 0;
    empty_->setVisible(empty);
    buttons_->setVisible(!empty);
    list_->setEnabled(!empty); // nothing in it would show the focus
}

} // namespace circuitloom::ui
