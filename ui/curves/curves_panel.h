#pragma once

#include "ui/curves/curve_plots.h"

#include <QTimer>
#include <QWidget>

#include <array>

class QHBoxLayout;
class QLabel;
class QScrollArea;

namespace circuitloom::ui {

class PlotWidget;
class RunLegend;

/// The plots of the chosen runs side by side, in two rows where one is too narrow and there is the
/// height for it, with one cursor and one zoom for all.
class CurvesPanel : public QWidget
{
    Q_OBJECT

public:
    explicit CurvesPanel(QWidget* parent = nullptr);

    void set_theme(const Theme& theme);
    /// The first run is the current one.
    void set_runs(const std::vector<PlottedRun>& runs);
    /// The data of the runs grew. Redraws soon, at most some ten times a second.
    void refresh();
    void set_cursor(double step);
    void reset_zoom();

    const std::vector<PlottedRun>& runs() const { return runs_; }
    double cursor() const { return cursor_; }
    const std::vector<PlotWidget*>& plots() const { return plots_; }

    QSize sizeHint() const override { return { 900, 250 }; }
    bool eventFilter(QObject* object, QEvent* event) override;

Q_SIGNALS:
    void step_requested(double step);
    /// The curves of a run beside the current one's are not wanted any more.
    void hide_requested(RunId run);

private:
    void redraw();
    void add_plot();
    void lay_out();
    void move_cursor(int direction);
    void zoom(double first, double last);

    Theme theme_;
    std::vector<PlottedRun> runs_;
    std::vector<PlotWidget*> plots_;
    RunLegend* legend_;
    QScrollArea* scrolled_;
    std::array<QHBoxLayout*, 2> rows_{};
    QLabel* empty_;
    QTimer redraw_soon_;
    double cursor_ = -1;
    double last_step_ = 1;
    double first_seen_ = 0;
    double last_seen_ = 1;
    bool zoomed_ = false;
};

} // namespace circuitloom::ui
