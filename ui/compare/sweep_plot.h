#pragma once

#include "ui/compare/sweep_drawing.h"

#include <QWidget>

#include <optional>

namespace circuitloom::ui {

/// Shows a sweep's chart and says what a mean is under the mouse, or to which the arrow keys walk.
class SweepPlot : public QWidget
{
    Q_OBJECT

public:
    explicit SweepPlot(QWidget* parent = nullptr);

    void set_theme(const Theme& theme);
    void set_chart(SweepChart chart);
    const SweepChart& chart() const { return chart_; }

    QSize sizeHint() const override { return { 760, 320 }; }
    QSize minimumSizeHint() const override { return { 320, 200 }; }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void lay_out();
    void walk(int by);

    SweepChart chart_;
    Theme theme_;
    SweepDrawing drawing_;
    std::optional<std::size_t> walked_to_; ///< of the drawing's marks, by the keyboard
};

} // namespace circuitloom::ui
