#pragma once

#include "ui/compare/run_scatter.h"
#include "ui/curves/axis_text.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

namespace circuitloom::ui {

/// Runs by two of their measures: each run a faint point, the mean of its group a strong one with
/// the group's name, the Pareto front a stepped line. A click on a run's point chooses it; with the
/// keyboard the arrows walk from run to run and Return chooses.
class ScatterPlot : public QWidget
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
    QSize minimumSizeHint() const override { return { 320, 200 }; }

Q_SIGNALS:
    void run_chosen(RunId run);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QRectF area() const;
    QPointF place(double x, double y) const;
    const ScatterRun* run_at(const QPointF& point) const;
    std::vector<const ScatterRun*> in_order() const;
    QString words_of(const ScatterRun& run) const;
    void walk(int by);
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
    std::optional<RunId> walked_to_; ///< by the keyboard
};

} // namespace circuitloom::ui
