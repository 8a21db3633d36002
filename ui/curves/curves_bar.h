#pragma once

#include "ui/curves/curves_view.h"
#include "ui/curves/plotted_run.h"

#include <QWidget>

#include <span>

class QAction;
class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace circuitloom::ui {

class RunLegend;

/// The line above the plots: which colour is which run, and what holds for all plots: smoothing, the
/// horizontal axis, runs of several seeds as one line, runs on one axis or apart; and the button that
/// adds a plot.
class CurvesBar : public QWidget
{
    Q_OBJECT

public:
    explicit CurvesBar(QWidget* parent = nullptr);

    void show_runs(std::span<const PlottedRun> runs);
    void show_view(const CurvesView& view);
    /// What is to be said of the axis; empty for nothing.
    void show_axis_note(const QString& note);

Q_SIGNALS:
    void smoothing_chosen(double weight);
    void axis_chosen(const HorizontalAxis& axis);
    void seeds_chosen(SeedBand band);
    void apart_chosen(bool apart);
    /// Of a plot to add, below that point.
    void menu_requested(const QPoint& global);
    void hide_requested(RunId run);

private:
    void show_smoothing(double weight);
    void make_seeds_menu();

    RunLegend* legend_;
    QLabel* smoothing_text_;
    QSlider* smoothing_;
    QComboBox* axis_;
    QToolButton* logarithmic_;
    QLabel* axis_note_;
    QToolButton* seeds_;
    QToolButton* apart_;
    QToolButton* add_;
    QList<QAction*> bands_; ///< in the order of SeedBand
};

} // namespace circuitloom::ui
