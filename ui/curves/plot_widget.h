#pragma once

#include "ui/curves/plot_content.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <span>

class QPaintDevice;

namespace circuitloom::ui {

class PlotCanvas;

/// One plot: title, lines over the steps, labels at their ends, and the cursor all plots share.
///
/// Click or drag goes to a step, the wheel zooms around the pointer, a double click shows all
/// again, a click on a label hides and shows its line.
class PlotWidget : public QWidget
{
    Q_OBJECT

public:
    explicit PlotWidget(QWidget* parent = nullptr);
    ~PlotWidget() override;

    void set_theme(const Theme& theme);
    void set_content(const PlotContent& content);
    const PlotContent& content() const;
    /// A step; negative for none.
    void set_cursor(double step);
    /// The steps seen from the left end to the right.
    void set_range(double first, double last);

    QSize sizeHint() const override { return { 260, 220 }; }
    QSize minimumSizeHint() const override { return { 150, 130 }; }

Q_SIGNALS:
    void step_requested(double step);
    /// The user zoomed; to be handed to the other plots.
    void range_requested(double first, double last);

private:
    friend void paint_plots(QPaintDevice& device, std::span<const struct PlacedPlot> plots);

    std::unique_ptr<PlotCanvas> canvas_;
};

struct PlacedPlot
{
    PlotWidget* plot = nullptr;
    QRect where;
};

/// Paints plots as the screen shows them, as vectors and over what lies below.
void paint_plots(QPaintDevice& device, std::span<const PlacedPlot> plots);

} // namespace circuitloom::ui
