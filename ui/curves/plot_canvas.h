#pragma once

// QCustomPlot's header uses Qt's keywords; nothing else of the project may. Include this one first.
#undef QT_NO_KEYWORDS
#undef QT_NO_FOREACH
#include <qcustomplot.h>

#include "ui/curves/axis_text.h"
#include "ui/curves/plot_content.h"
#include "ui/theme/theme.h"

#include <QSet>
#include <QStringList>

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace circuitloom::ui {

class PlotWidget;

/// The room around the lines in pixels, for title, values and steps.
/// Around the lines, in pixels where texts have their usual size.
namespace plot_margin {
inline constexpr int left = 50; ///< at least
inline constexpr int top = 34;
inline constexpr int legend = 14; ///< more at the top, where lines are named there
inline constexpr int bottom = 24;
inline constexpr int right = 16; ///< where there are no labels
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
    /// Draws for a picture of that size, in pixels, as finely as `columns` to a pixel allow. The
    /// widget's own size counts again once it is called with that.
    void fit_to(const QSize& size, int columns);
    /// The size below which title, names and numbers would lie over each other.
    QSize least_size() const;
    /// That the lines are drawn through, all together.
    int painted_points() const;
    void paint_overlay(QCPPainter& painter);
    QString label_at(const QPointF& point) const;
    /// Hides the line of that name, or shows it again.
    void toggle(const QString& name);
    /// By the factor around a step, as far as there are steps.
    void zoom(double factor, double around);
    /// The names of the lines whose labels are shown, from top to bottom: as many as have room.
    QStringList label_names() const;
    /// What these labels say: a name that has too little room is shorter there.
    QStringList label_texts() const;
    /// The place that the labels' values are of: the cursor's, but none that no labelled line reached.
    double labelled_place() const;
    /// The next label below, or for -1 above, is `chosen_label`; it comes into sight.
    void choose_label(int direction);
    double step_at(double x) const;
    /// A value as it is written beside the pointer, without its unit.
    QString full_text(double value) const { return text_.full(value); }
    /// Where a place on the horizontal axis lies, in pixels.
    double x_of(double step) const { return xAxis->coordToPixel(content.axis.along(step)); }

    Theme theme;
    PlotContent content;
    QSet<QString> hidden;
    QString chosen_label; ///< of the keyboard; empty for none
    double cursor_step = -1;
    double pointer_step = -1; ///< where the mouse is; negative for nowhere
    double first = 0;
    double last = 1;
    std::optional<std::pair<double, double>> play_range; ///< places
    bool editable = false; ///< there is a button for its menu at the top

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Label
    {
        const PlotLine* line = nullptr;
        double y = 0;
        QString value;
    };
    enum class Dragged
    {
        nothing,
        cursor,
        range, ///< that is played
        plot
    };

    /// Those that are shown, at their places.
    std::vector<Label> labels() const;
    void sort_labels();
    int label_room() const;
    bool has_all_labels() const;
    /// Where not all have room, others do.
    void scroll_labels(int by);
    std::vector<const PlotLine*> shown_labels() const;
    /// Which of how many are shown, as in "1–17 of 200".
    QString shown_range() const;
    /// The line's height at a place, in pixels; not a number where it has none.
    double height_at(const Curve& points, double step) const;
    bool has_place(double value) const;
    bool is_shown(const PlotLine& line) const { return !hidden.contains(line.name); }
    bool shows_labels() const;
    /// Names alone take less room than with their values.
    bool shows_label_values() const;
    void measure_labels();
    double room_beside_lines() const;
    /// The height at which a line ends, within `area`.
    double end_of(const Curve& points, const QRect& area) const;
    QRectF label_box(const Label& label) const;
    /// The line's name, in the font that it has.
    QString elided(const PlotLine& line, int room) const;
    int name_room() const;
    /// What the labels have: the lines keep half of the plot's width.
    int label_width() const;
    /// Draws the lines anew, through as many points as the part that is seen needs.
    /// The labels of the vertical axis, as many as its height has room for.
    void apply_ticks();
    void apply_lines();
    void add_band(const PlotLine& line, const struct PixelColumns& pixels);
    void add_line(const PlotLine& line, const struct PixelColumns& pixels);
    void add_points(const Curve& points, const QPen& pen);
    void apply_scale();
    /// Counts what has no place on the axis, and finds what is infinite.
    void look_for_odd_values();
    Dragged dragged_by(const QMouseEvent& event) const;
    void apply_margins();
    void show_values_at(const QPoint& position);
    void paint_title(QCPPainter& painter) const;
    void paint_play_range(QCPPainter& painter) const;
    void paint_unplaced(QCPPainter& painter) const;
    void paint_absence(QCPPainter& painter) const;
    void paint_infinite(QCPPainter& painter) const;
    void paint_cursor(QCPPainter& painter) const;
    void paint_labels(QCPPainter& painter) const;
    void paint_step_axis(QCPPainter& painter) const;

    PlotWidget& owner_;
    QCPLayerable* overlay_ = nullptr;
    AxisScale scale_; ///< of the values, in percent where they are shown so
    AxisText text_;
    std::vector<const PlotLine*> labelled_; ///< of `content`, that which ends highest first
    std::vector<std::ptrdiff_t> emphasised_; ///< of `labelled_`
    int first_label_ = 0; ///< of `labelled_` that is shown
    double labels_width_ = 0; ///< pixels that whole labels take; 0 where there are none
    double values_width_ = 0; ///< of those, the values with what is between
    int left_ = 0; ///< pixels, for the axis
    QSize size_; ///< of what is drawn on
    int columns_ = 1; ///< of lines to a pixel
    int unplaced_ = 0; ///< values of 0 and less, on a logarithmic axis
    Dragged dragged_ = Dragged::nothing;
    bool moved_ = false; ///< since the button was pressed
    QPoint pressed_;
    /// Points without a place on the axis, of lines that are shown.
    std::vector<std::pair<CurvePoint, QColor>> infinite_;
};

} // namespace circuitloom::ui
