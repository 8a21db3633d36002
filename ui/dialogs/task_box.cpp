#include "ui/dialogs/task_box.h"

#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/recent_choices.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace circuitloom::ui {

TaskBox::TaskBox(const char* name, std::vector<TaskChoice> choices, QWidget* parent)
    : QWidget(parent)
    , tasks_(std::move(choices))
    , box_(choice_box(name, this))
    , sentence_(dim_label(this))
{
    for (const QString& path : recent_choices(RecentKind::task))
        tasks_.push_back(task_choice(path.toStdString()));
    for (const TaskChoice& choice : tasks_)
        box_->addItem(choice.title);
    QPushButton* file = choice_button(tr("File…"), tr("Choose a task file"), this);
    connect(file, &QPushButton::clicked, this, &TaskBox::ask_file);
    connect(box_, &QComboBox::activated, this,
        [this](int row) { Q_EMIT task_chosen(tasks_[static_cast<std::size_t>(row)].source); });
    lay_out_choice(*this, box_, { file }, sentence_);
}

void TaskBox::choose(const std::string& source)
{
    auto found = std::find_if(
        tasks_.begin(), tasks_.end(), [&](const TaskChoice& one) { return one.source == source; });
    if (found == tasks_.end()) {
        found = tasks_.insert(tasks_.end(), task_choice(source));
        box_->addItem(found->title);
    }
    box_->setCurrentIndex(static_cast<int>(found - tasks_.begin()));
    sentence_->setText(found->sentence);
    sentence_->setVisible(!found->sentence.isEmpty());
}

void TaskBox::ask_file()
{
    const QString file
        = QFileDialog::getOpenFileName(this, tr("Task"), recent_folder(RecentKind::task),
            tr("Tasks, one JSON object a line (*.jsonl);;All files (*)"));
    if (file.isEmpty())
        return;
    remember_choice(RecentKind::task, file);
    Q_EMIT task_chosen(file.toStdString());
}

} // namespace circuitloom::ui
