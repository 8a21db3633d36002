#pragma once

#include "ui/compare/sweep_chart.h"
#include "ui/curves/axis_text.h"
#include "ui/theme/theme.h"

#include <QRectF>
#include <QSizeF>

#include <cstddef>
#include <vector>

class QPainter;

namespace circuitloom::ui {

/// A sweep's chart laid out for a size: its plots side by side, or in several rows where they do
/// not fit, and under them what the colours mean. Every mean is a dot with a band of one standard
/// deviation to each side, or a bar where words stand on the axis; every run is a faint dot.
class SweepDrawing
{
public:
    SweepDrawing(const SweepChart& chart, const Theme& theme, const QSizeF& size);

    /// The background is left to what lies below.
    void paint(QPainter& painter) const;

    /// One mean, where it is painted and what is to be said of it.
    struct Mark
    {
        QPointF at;
        QString text; ///< as in "circuit.top_n 30: tunable 10.7 % ± 0.2 % of 3 runs"
    };
    const std::vector<Mark>& marks() const { return marks_; }

private:
    struct Plot
    {
        std::size_t measure = 0; ///< of the chart
        QRectF whole;
        QRectF inside; ///< between the axes
        AxisScale scale;
        AxisText text;
    };
    void place_plots(const QRectF& area);
    void find_marks();
    const SweepMeasure& measure_of(const Plot& plot) const { return chart_.measures[plot.measure]; }
    /// Left of a plot's axis.
    double room_of_values(const Plot& plot) const;
    QString value_text(const Plot& plot, double tick) const;
    double x_of(const Plot& plot, double value) const;
    double y_of(const Plot& plot, double value) const;
    /// Beside each other, where several series have bars.
    double shift_of(std::size_t series) const;
    QString tick_text(double x) const;
    QString words_of(
        const SweepMeasure& measure, const SweepSeries& series, const SweepPoint& point) const;
    QColor color_of(std::size_t series) const;
    void paint_axes(QPainter& painter, const Plot& plot) const;
    void paint_series(QPainter& painter, const Plot& plot, std::size_t number) const;
    void paint_legend(QPainter& painter) const;

    SweepChart chart_;
    Theme theme_;
    QRectF legend_; ///< empty where there is one series
    std::vector<Plot> plots_;
    std::vector<Mark> marks_;
};

} // namespace circuitloom::ui
