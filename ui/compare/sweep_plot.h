#pragma once

#include "ui/compare/sweep_drawing.h"
#include "ui/compare/walked_plot.h"

namespace circuitloom::ui {

/// Shows a sweep's chart; its marks are the means.
class SweepPlot : public WalkedPlot
{
    Q_OBJECT

public:
    explicit SweepPlot(QWidget* parent = nullptr);

    void set_theme(const Theme& theme);
    void set_chart(SweepChart chart);
    const SweepChart& chart() const { return chart_; }

    QSize sizeHint() const override { return { 760, 320 }; }

protected:
    std::vector<Mark> marks() const override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void lay_out();

    SweepChart chart_;
    Theme theme_;
    SweepDrawing drawing_;
};

} // namespace circuitloom::ui
