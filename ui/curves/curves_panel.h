#pragma once

#include "ui/curves/curve_plots.h"

#include <QTimer>
#include <QWidget>

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

class QHBoxLayout;
class QLabel;
class QScrollArea;

namespace circuitloom::ui {

class CurvesBar;
class PlotWidget;
struct PlotGroup;

/// The plots of the chosen runs side by side, in two rows where one is too narrow and there is the
/// height for it, with one cursor, one zoom and one horizontal axis for all; and what the user
/// chooses to see in them. All steps are optimizer steps, whatever the axis tells.
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
    /// The first and the last step of what is played; nothing where that is the whole run.
    void set_play_range(const std::optional<std::pair<double, double>>& steps);
    void reset_zoom();
    /// Opens a window with the table of the curves as they are now.
    void show_table();
    void set_view(const CurvesView& view);
    const CurvesView& view() const { return view_; }
    /// A plot needs PlottedRun::circuits.
    bool wants_circuits() const;
    /// The edges and nodes whose scores are plotted, each once.
    std::vector<std::string> wanted_items() const;
    /// Says which edges and nodes have scores that the user may want as plots; it is asked whenever
    /// a menu offers plots.
    void offer_items(std::function<std::vector<std::string>()> items) { items_ = std::move(items); }

    const std::vector<PlottedRun>& runs() const { return runs_; }
    double cursor() const { return cursor_; }
    const std::vector<PlotWidget*>& plots() const { return plots_; }

    QSize sizeHint() const override { return { 900, 250 }; }
    bool eventFilter(QObject* object, QEvent* event) override;

Q_SIGNALS:
    void step_requested(double step);
    /// The first and the last step of what is to be played.
    void play_range_requested(double first, double last);
    /// The curves of a run beside the current one's are not wanted any more.
    void hide_requested(RunId run);
    void view_changed();

private:
    void redraw();
    void show_contents(const std::vector<PlotContent>& contents);
    PlotWidget* new_plot();
    void connect_editing(PlotWidget* plot);
    void lay_out();
    void place(PlotWidget* plot, std::size_t row, int index);
    void move_cursor(int direction);
    void extend_play_range(int direction);
    void zoom(double first, double last);
    void show_cursor(PlotWidget* plot) const;
    /// The step of the iteration after `step`, or for −1 of the one before; nothing at an end.
    std::optional<double> next_iteration(double step, int direction) const;
    StepPlaces places() const;

    void change(const std::function<void(CurvesView&)>& how);
    /// As change(), of the plots, which are the usual ones until the user has chosen others.
    void change_plots(const std::function<void(std::vector<PlotChoice>&)>& how);
    /// As change_plots(), of the choice that this widget shows; nothing where it is gone.
    void change_plot(const PlotWidget& plot,
        const std::function<void(std::vector<PlotChoice>&, std::size_t at)>& how);
    /// Where that choice stands among `plots`, which may be newer than what is drawn.
    std::optional<std::size_t> place_of(
        const PlotWidget& plot, const std::vector<PlotChoice>& plots) const;
    /// One place to the right, or for −1 to the left.
    void reorder(const PlotWidget& plot, int direction);
    std::vector<PlotGroup> offered_plots() const;
    void show_add_menu(const QPoint& global);
    void show_plot_menu(const PlotWidget& plot, const QPoint& global);
    void move_to(const PlotWidget& plot, const QPoint& global);

    Theme theme_;
    CurvesView view_;
    std::vector<PlottedRun> runs_;
    std::function<std::vector<std::string>()> items_;
    std::vector<PlotWidget*> plots_;
    /// What each shows: a choice, and which of its plots, so that widgets move with their plots.
    std::map<PlotWidget*, std::pair<PlotChoice, int>> shown_;
    CurvesBar* bar_;
    QScrollArea* scrolled_;
    std::array<QHBoxLayout*, 2> rows_{};
    QLabel* empty_;
    QTimer redraw_soon_;
    double cursor_ = -1;
    std::optional<std::pair<double, double>> play_range_; ///< steps
    std::optional<double> anchor_; ///< where the keyboard began to choose what is played
    double far_end_ = 0; ///< the other end then
    double last_step_ = 1; ///< these are places on the axis
    double first_seen_ = 0;
    double last_seen_ = 1;
    bool zoomed_ = false;
};

} // namespace circuitloom::ui
