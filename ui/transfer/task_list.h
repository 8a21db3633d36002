#pragma once

#include <QWidget>

#include <string>
#include <vector>

class QListWidget;
class QPushButton;

namespace circuitloom::ui {

/// Tasks in an order: built-in ones and files, each as load_task() takes it.
class TaskList : public QWidget
{
    Q_OBJECT

public:
    explicit TaskList(QWidget* parent);

    const std::vector<std::string>& tasks() const { return tasks_; }
    void set_tasks(const std::vector<std::string>& tasks);
    /// Adds one that is not there yet.
    void add(const std::string& task);

Q_SIGNALS:
    void edited();

private:
    void add_files();
    void remove_chosen();
    void show_tasks();

    std::vector<std::string> tasks_;
    QListWidget* list_;
    QPushButton* remove_;
};

} // namespace circuitloom::ui
