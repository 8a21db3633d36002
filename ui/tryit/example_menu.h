#pragma once

#include "ui/panels/panel_context.h"
#include "ui/tryit/task_sentences.h"

#include <QToolButton>

#include <optional>
#include <vector>

namespace circuitloom::ui {

/// A button with the first examples of the shown run's task as a menu. They are read in the
/// background, once for each task.
class ExampleMenu : public QToolButton
{
    Q_OBJECT

public:
    explicit ExampleMenu(PanelContext& context, QWidget* parent = nullptr);

    /// Reads the examples of the run that is shown, where they are not read yet.
    void refresh();
    /// The example whose text that is; nothing where none is, or they are not read yet.
    std::optional<TaskSentence> find(const QString& text) const;

Q_SIGNALS:
    void chosen(const TaskSentence& sentence);
    /// Others are there than before.
    void changed();

private:
    void show_sentences(const std::vector<TaskSentence>& sentences);

    PanelContext& context_;
    std::vector<TaskSentence> sentences_;
    QString of_; ///< the model and the task that they are of
};

} // namespace circuitloom::ui
