#pragma once

#include "ui/compare/sweep_plot.h"

#include <QWidget>

#include <array>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace circuitloom::ui {

/// The chart of a sweep with what chooses it: the setting to the right, and up to three measures. At
/// first the setting with most values, the tunable share, the task's metric and a perplexity.
class SweepPage : public QWidget
{
    Q_OBJECT

public:
    explicit SweepPage(QWidget* parent = nullptr);

    void show_runs(const std::vector<ComparedRun>& runs);
    void set_theme(const Theme& theme) { plot_->set_theme(theme); }

Q_SIGNALS:
    void picture_requested(const SweepChart& chart);

private:
    void list_settings();
    void list_columns();
    void choose_scale();
    void refresh();

    std::vector<ComparedRun> runs_;
    std::vector<RunColumn> columns_; ///< what can be measured
    QComboBox* setting_;
    QCheckBox* logarithmic_;
    std::array<QComboBox*, 3> measures_;
    QPushButton* save_;
    SweepPlot* plot_;
    QLabel* remark_;
};

} // namespace circuitloom::ui
