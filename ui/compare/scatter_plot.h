#pragma once

#include "ui/compare/run_scatter.h"
#include "ui/compare/walked_plot.h"
#include "ui/curves/axis_text.h"

#include <optional>

namespace circuitloom::ui {

/// Runs by two of their measures: each run a faint point, the mean of its group a strong one with
/// the group's name, the Pareto front a stepped line. Its marks are the runs, and to open one chooses
/// it.
class ScatterPlot : public WalkedPlot
{
    Q_OBJECT

public:
    explicit ScatterPlot(QWidget* parent = nullptr);

    void set_theme(const Theme& theme);
    void set_scatter(RunScatter scatter);
    const RunScatter& scatter() const { return scatter_; }
    /// Where a run's own point is painted; empty where there is none.
    std::optional<QPointF> place_of(RunId run) const;

    QSize sizeHint() const override { return { 640, 360 }; }

Q_SIGNALS:
    void run_chosen(RunId run);

protected:
    std::vector<Mark> marks() const override;
    bool opens() const override { return true; }
    void open(std::int64_t run) override { Q_EMIT run_chosen(RunId{ run }); }
    void paintEvent(QPaintEvent* event) override;

private:
    QRectF area() const;
    QPointF place(double x, double y) const;
    std::vector<const ScatterRun*> in_order() const;
    QString words_of(const ScatterRun& run) const;
    void paint_axes(QPainter& painter) const;
    void paint_front(QPainter& painter) const;
    void paint_groups(QPainter& painter) const;
    void paint_names(QPainter& painter) const;

    RunScatter scatter_;
    Theme theme_;
    AxisScale x_scale_;
    AxisScale y_scale_;
    AxisText x_text_;
    AxisText y_text_;
};

} // namespace circuitloom::ui
