#pragma once

#include "ui/curves/plot_content.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <span>

class QPaintDevice;

namespace circuitloom::ui {

class PlotCanvas;

/// One plot: title, lines over the steps, labels at their ends with the values at the cursor that
/// all plots share, and the values at the pointer beside it.
///
/// Click or drag goes to a step, the wheel zooms around the pointer, a double click shows all
/// again, a click on a label hides and shows its line. With the keyboard: left and right move the
/// cursor, plus and minus zoom around it, 0 shows all steps, up and down choose a label and Return
/// hides or shows its line.
class PlotWidget : public QWidget
{
    Q_OBJECT

public:
    explicit PlotWidget(QWidget* parent = nullptr);
    ~PlotWidget() override;

    void set_theme(const Theme& theme);
    void set_content(const PlotContent& content);
    const PlotContent& content() const;
    /// Whether the line of that name is hidden.
    bool hides(const QString& name) const;
    /// The names of the lines whose labels are shown, from top to bottom: as many as have room. The
    /// wheel over them, and choosing with the keyboard, shows others.
    QStringList label_names() const;
    /// A step; negative for none.
    void set_cursor(double step);
    /// The room around the lines, in pixels: title, axes, labels.
    QMargins line_margins() const;
    /// The steps seen from the left end to the right.
    void set_range(double first, double last);

    QSize sizeHint() const override { return { 260, 220 }; }
    QSize minimumSizeHint() const override { return { 150, 130 }; }

Q_SIGNALS:
    void step_requested(double step);
    /// The cursor is to go to the next iteration, or for −1 to the one before.
    void move_requested(int direction);
    /// The user zoomed; to be handed to the other plots.
    void range_requested(double first, double last);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void choose_label(int direction);
    void repaint_overlay();

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
