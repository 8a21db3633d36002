#pragma once

// QCustomPlot's header uses Qt's keywords; nothing else of the project may. Include this one first.
#undef QT_NO_KEYWORDS
#undef QT_NO_FOREACH
#include <qcustomplot.h>

#include "ui/curves/plot_content.h"
#include "ui/theme/theme.h"

#include <QSet>

#include <algorithm>
#include <vector>

namespace circuitloom::ui {

class PlotWidget;

/// The room around the lines in pixels, for title, values and steps.
namespace plot_margin {
inline constexpr int left = 50;
inline constexpr int top = 34;
inline constexpr int bottom = 24;
} // namespace plot_margin

/// Draws the lines of a plot with QCustomPlot. Title, labels and cursor are a layer of their own,
/// so that a moving cursor repaints only them.
class PlotCanvas : public QCustomPlot
{
public:
    explicit PlotCanvas(PlotWidget& owner);

    void apply_theme();
    void apply_content();
    void apply_range();
    void paint_overlay(QCPPainter& painter);
    QString label_at(const QPointF& point) const;
    double step_at(double x) const { return std::max(0.0, xAxis->pixelToCoord(x)); }

    Theme theme;
    PlotContent content;
    QSet<QString> hidden;
    double cursor_step = -1;
    double first = 0;
    double last = 1;

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    struct Label
    {
        const PlotLine* line = nullptr;
        double y = 0;
        QString value;
    };
    std::vector<Label> labels() const;
    QRectF label_box(const Label& label) const;
    QString elided(const QString& name) const;
    int label_width() const;
    void apply_scale();
    void paint_title(QCPPainter& painter) const;
    void paint_cursor(QCPPainter& painter) const;
    void paint_labels(QCPPainter& painter) const;
    void paint_step_axis(QCPPainter& painter) const;

    PlotWidget& owner_;
    QCPLayerable* overlay_ = nullptr;
    int decimals_ = 1;
};

} // namespace circuitloom::ui
