#pragma once

#include "ui/compare/scatter_plot.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;

namespace circuitloom::ui {

/// The plot of two measures with what chooses them: at first what the task gained and what the
/// capabilities kept. Runs are compared at their ends, or when each first reached so much of the
/// task.
class ScatterPage : public QWidget
{
    Q_OBJECT

public:
    explicit ScatterPage(QWidget* parent = nullptr);

    void show_runs(const std::vector<ComparedRun>& runs, Grouping grouping);
    void set_theme(const Theme& theme) { plot_->set_theme(theme); }

Q_SIGNALS:
    void run_chosen(RunId run);

private:
    void list_columns();
    void refresh();
    /// Null where nothing is chosen.
    const RunColumn* chosen(const QComboBox& box) const;

    std::vector<ComparedRun> runs_;
    Grouping grouping_ = Grouping::none;
    std::vector<RunColumn> columns_; ///< what can be an axis
    QComboBox* x_;
    QComboBox* y_;
    QCheckBox* matched_;
    QDoubleSpinBox* reached_;
    QComboBox* match_;
    ScatterPlot* plot_;
    QLabel* remark_;
};

} // namespace circuitloom::ui
