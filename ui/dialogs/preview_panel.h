#pragma once

#include "core/run/run_estimate.h"
#include "ui/dialogs/source_preview.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;

namespace circuitloom::ui {

/// Shows how the first examples of a run's task, held-out task or suites are tokenised, and what is
/// scored where. Reads them in the background.
class PreviewPanel : public QWidget
{
    Q_OBJECT

public:
    explicit PreviewPanel(QWidget* parent = nullptr);

    /// Reads again where something changed that it depends on.
    void show_run(const RunConfig& config);
    /// Reads nothing, and says `sentence`, until show_run() is called again: the files are on
    /// another machine.
    void show_elsewhere(const QString& sentence);
    /// The size of the task for training, as far as it was read.
    const TaskSize& task_size() const { return size_; }
    /// Why the task for training cannot be used; empty while it is not known.
    const QString& task_problem() const { return task_problem_; }

Q_SIGNALS:
    /// task_size() or task_problem() changed.
    void task_read();

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill_choices();
    void read();
    void read_task();
    void show_preview(const SourcePreview& preview);
    QString html(const SourcePreview& preview) const;

    RunConfig run_;
    TaskSize size_;
    QString task_problem_;
    bool elsewhere_ = false;
    int reading_ = 0; ///< which result is awaited
    int task_reading_ = 0;
    SourcePreview shown_;
    QTimer read_soon_;
    QComboBox* box_;
    QLabel* text_;
};

} // namespace circuitloom::ui
