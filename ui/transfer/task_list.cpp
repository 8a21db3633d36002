#include "ui/transfer/task_list.h"

#include "ui/base/tip_text.h"
#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/recent_choices.h"
#include "ui/dialogs/task_choices.h"
#include "ui/theme/text_scale.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int shown_lines = 3;

void offer(QMenu& menu, TaskList& list, const std::vector<TaskChoice>& choices)
{
    for (const TaskChoice& choice : choices)
        if (!choice.source.empty()) {
            QAction* one = menu.addAction(
                choice.title, &list, [&list, source = choice.source] { list.add(source); });
            one->setToolTip(tip_text(choice.sentence));
        }
}

} // namespace

TaskList::TaskList(QWidget* parent)
    : QWidget(parent)
    , list_(new QListWidget(this))
    , remove_(choice_button(tr("Remove"), tr("Leave the chosen tasks out"), this))
{
    setObjectName(QStringLiteral("crossTaskList"));
    list_->setObjectName(QStringLiteral("crossTasks"));
    list_->setAccessibleName(tr("Tasks"));
    list_->setProperty("boxed", true);
    list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    follow_text_scale(*list_,
        [this] { list_->setFixedHeight(shown_lines * (list_->fontMetrics().height() + 7) + 6); });
    auto* add_button = choice_button(tr("Add task"), tr("Add a task"), this);
    add_button->setObjectName(QStringLiteral("crossAddTask"));
    remove_->setObjectName(QStringLiteral("crossRemoveTask"));
    auto* menu = new QMenu(add_button);
    menu->setToolTipsVisible(true);
    menu->addAction(tr("Files…"), this, &TaskList::add_files);
    for (const QString& path : recent_choices(RecentKind::task))
        offer(*menu, *this, { task_choice(path.toStdString()) });
    menu->addSeparator();
    offer(*menu, *this, built_in_task_choices());
    auto* held_out = menu->addMenu(tr("Held-out examples"));
    offer(*held_out, *this, held_out_task_choices());
    add_button->setMenu(menu);
    auto* key = new QAction(this);
    key->setShortcut(QKeySequence::Delete);
    key->setShortcutContext(Qt::WidgetShortcut);
    list_->addAction(key);
    connect(key, &QAction::triggered, this, &TaskList::remove_chosen);
    connect(remove_, &QPushButton::clicked, this, &TaskList::remove_chosen);
    connect(list_, &QListWidget::itemSelectionChanged, this,
        [this] { remove_->setEnabled(!list_->selectedItems().isEmpty()); });
    remove_->setEnabled(false);

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(add_button);
    buttons->addWidget(remove_);
    buttons->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(list_);
    column->addLayout(buttons);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFocusProxy(list_);
}

void TaskList::set_tasks(const std::vector<std::string>& tasks)
{
    if (tasks == tasks_)
        return;
    tasks_ = tasks;
    show_tasks();
    Q_EMIT edited();
}

void TaskList::add(const std::string& task)
{
    if (std::ranges::find(tasks_, task) != tasks_.end())
        return;
    std::vector<std::string> more = tasks_;
    more.push_back(task);
    set_tasks(more);
}

void TaskList::add_files()
{
    const QStringList files
        = QFileDialog::getOpenFileNames(this, tr("Tasks"), recent_folder(RecentKind::task),
            tr("Tasks, one JSON object a line (*.jsonl);;All files (*)"));
    for (const QString& file : files) {
        remember_choice(RecentKind::task, file);
        add(file.toStdString());
    }
}

void TaskList::remove_chosen()
{
    std::vector<std::string> kept;
    for (int i = 0; i < list_->count(); ++i)
        if (!list_->item(i)->isSelected())
            kept.push_back(tasks_[static_cast<std::size_t>(i)]);
    set_tasks(kept);
}

void TaskList::show_tasks()
{
    list_->clear();
    for (const std::string& task : tasks_) {
        const TaskChoice choice = task_choice(task);
        const bool file = task.starts_with('/');
        auto* item = new QListWidgetItem(file ? choice.title : QString::fromStdString(task), list_);
        item->setToolTip(tip_text(choice.sentence));
    }
    remove_->setEnabled(false);
}

} // namespace circuitloom::ui
