#pragma once

#include "ui/base/painted_parts.h"
#include "ui/faithfulness/faithfulness_curve.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

namespace circuitloom::ui {

/// f over the number of edges kept, on a logarithmic axis: the ranking's circuits as a line, random
/// ones of as many edges as their mean and a band of one standard deviation, and the stored
/// circuit's size as an upright line. Up and Down walk through the points.
class FaithfulnessChart : public QWidget, public PaintedParts
{
    Q_OBJECT

public:
    explicit FaithfulnessChart(QWidget* parent = nullptr);

    void set_curve(const FaithfulnessCurveData& curve);
    void set_theme(const Theme& theme);

    /// Where a point lies, in pixels of this widget.
    QPointF place_of(int edges, double f) const;

    /// Its parts are the numbers of edges, each with what was measured there.
    int part_count() const override;
    QString part_text(int part) const override;
    QRectF part_rect(int part) const override;

    QSize sizeHint() const override { return { 380, 190 }; }
    QSize minimumSizeHint() const override { return { 180, 120 }; }

Q_SIGNALS:
    /// What the pointer or the keyboard is at; empty for nothing.
    void pointed_at(const QString& sentence);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF area() const;
    void paint_axes(QPainter& painter) const;
    void paint_random(QPainter& painter) const;
    void paint_curve(QPainter& painter) const;
    void point_at(std::optional<std::size_t> point);

    FaithfulnessCurveData curve_;
    Theme theme_;
    double least_ = 0; ///< of the vertical axis
    double greatest_ = 1;
    std::optional<std::size_t> current_; ///< the point that the pointer or the keyboard is at
};

} // namespace circuitloom::ui
