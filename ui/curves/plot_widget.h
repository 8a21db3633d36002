#pragma once

#include "ui/curves/plot_content.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <span>
#include <utility>

class QPaintDevice;
class QToolButton;

namespace circuitloom::ui {

class PlotCanvas;

/// One plot: title, lines over a horizontal axis, labels at their ends with the values at the cursor
/// that all plots share, and the values at the pointer beside it. Every "step" below is a place on
/// the content's axis.
///
/// Click or drag goes to a step, the wheel zooms around the pointer, a double click shows all
/// again, a click on a label hides and shows its line. Dragging with Shift, or over the numbers of
/// the axis, chooses what is played. With the keyboard: left and right move the cursor, with Shift
/// an end of what is played, plus and minus zoom around it, 0 shows all steps, up and down choose a
/// label and Return hides or shows its line.
///
/// One that is editable can also be dragged by its title, or moved by Ctrl+Shift with left and
/// right, taken away with Delete, made logarithmic with L, and has a menu.
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
    /// What these labels say: a name that has too little room is shorter there, and whole in a tip.
    QStringList label_texts() const;
    /// A step; negative for none.
    void set_cursor(double step);
    double cursor() const;
    /// A line's value at a step in words, with its unit; empty where the line has none there.
    QString value_text(const PlotLine& line, double step) const;
    /// The size below which title, names and numbers would lie over each other.
    QSize least_size() const;
    /// The room around the lines, in pixels: title, axes, labels.
    QMargins line_margins() const;
    /// The same as it is in a picture of that width in pixels, see paint_plots().
    QMargins line_margins(int width);
    /// The steps seen from the left end to the right.
    void set_range(double first, double last);
    /// What is played over and over; nothing where that is the whole run.
    void set_play_range(const std::optional<std::pair<double, double>>& range);
    void set_editable(bool editable);
    /// Through how many points all lines are painted, for the part that is seen.
    int painted_points() const;

    QSize sizeHint() const override { return { 260, 220 }; }
    QSize minimumSizeHint() const override { return { 150, 130 }; }

Q_SIGNALS:
    void step_requested(double step);
    /// The cursor is to go to the next iteration, or for −1 to the one before.
    void move_requested(int direction);
    /// The user zoomed; to be handed to the other plots.
    void range_requested(double first, double last);
    void play_range_requested(double first, double last);
    /// One end of what is played goes to the next iteration, or for −1 to the one before.
    void extend_requested(int direction);
    /// Its place among the others is where the pointer is.
    void dragged_to(const QPoint& global);
    /// One place to the right, or for −1 to the left.
    void reorder_requested(int direction);
    void menu_requested(const QPoint& global);
    void remove_requested();
    /// Its vertical axis is to be logarithmic, or no longer.
    void logarithmic_requested(bool logarithmic);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void choose_label(int direction);
    bool edit(const QKeyEvent& event);
    void repaint_overlay();

    friend void paint_plots(
        QPaintDevice& device, std::span<const struct PlacedPlot> plots, double scale);

    std::unique_ptr<PlotCanvas> canvas_;
    QToolButton* menu_;
};

struct PlacedPlot
{
    PlotWidget* plot = nullptr;
    QRect where;
};

/// Paints plots as the screen shows them, as vectors and over what lies below, at `scale` of their
/// size.
void paint_plots(QPaintDevice& device, std::span<const PlacedPlot> plots, double scale = 1);

} // namespace circuitloom::ui
