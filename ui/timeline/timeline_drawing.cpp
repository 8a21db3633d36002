#include "ui/timeline/timeline_drawing.h"

#include "ui/theme/scaled_font.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace circuitloom::ui {

namespace {

using namespace track_rows;

constexpr double beside_flag = 12; ///< pixels from a flag's pole to its label at the right
constexpr double beside_pole = 6; ///< … and at the left, where no flag is in the way
constexpr double from_bookmark = 16; ///< so that the label is not taken for the bookmark's
constexpr double between_labels = 8;
constexpr double least_label = 40; ///< less of a label says nothing
constexpr double margin = 10; ///< right of the scale

/// Leaves out marks of one kind that are closer than a distance: they would run together, and say
/// no more than their neighbours.
class Thinned
{
public:
    explicit Thinned(double distance)
        : distance_(distance)
    {
    }
    bool has_room(double x)
    {
        if (x - last_ < distance_)
            return false;
        last_ = x;
        return true;
    }

private:
    double distance_;
    double last_ = -1e9;
};

void draw_bars(
    QPainter& painter, const TimelineScale& track, const TimelineMarks& marks, const Theme& theme)
{
    // The first circuit enters as a whole; beside it no later change would be seen.
    if (marks.entered.size() < 2)
        return;
    constexpr double column = 3; // pixels
    const std::vector<ColumnPeak> peaks = column_peaks(marks.entered, track, column, 1);
    const int largest
        = peaks.empty() ? 0 : std::ranges::max(peaks, {}, &ColumnPeak::value).value;
    if (largest == 0)
        return;
    QColor color = theme.dimText;
    color.setAlphaF(0.75F);
    for (const ColumnPeak& peak : peaks) {
        if (peak.value == 0)
            continue;
        const double bar = std::max(1.5, (bars_bottom - bars_top) * peak.value / largest);
        const double x = track.x_of(peak.iteration);
        painter.fillRect(QRectF(x - 0.75, bars_bottom - bar, 1.5, bar), color);
    }
}

void draw_large_changes(
    QPainter& painter, const TimelineScale& track, const TimelineMarks& marks, const Theme& theme)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.weaker);
    for (const LargeChange& change : marks.large_changes) {
        const double x = track.x_of(change.iteration);
        painter.drawRect(QRectF(x - 0.75, bars_top, 1.5, bars_bottom - bars_top));
        painter.drawPolygon(
            QPolygonF({ { x, peaks }, { x + 4.5, peaks + 7 }, { x - 4.5, peaks + 7 } }));
    }
}

void draw_evaluations(
    QPainter& painter, const TimelineScale& track, const TimelineMarks& marks, const Theme& theme)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.dimText);
    const double y = evaluations;
    const double r = 3;
    Thinned thinned(7);
    for (const int step : marks.evaluations) {
        const double x = track.x_of(index_of_step(marks.steps, step));
        if (thinned.has_room(x))
            painter.drawPolygon(
                QPolygonF({ { x, y - r }, { x + r, y }, { x, y + r }, { x - r, y } }));
    }
}

void draw_checkpoints(
    QPainter& painter, const TimelineScale& track, const TimelineMarks& marks, const Theme& theme)
{
    painter.setPen(QPen(theme.dimText, 1.5));
    painter.setBrush(Qt::NoBrush);
    Thinned thinned(8);
    for (const CheckpointRecord& checkpoint : marks.checkpoints) {
        const double x = track.x_of(index_of_step(marks.steps, checkpoint.step));
        if (thinned.has_room(x))
            painter.drawRect(QRectF(x - 2.5, checkpoints - 2.5, 5, 5));
    }
}

void draw_bookmarks(
    QPainter& painter, const TimelineScale& track, const TimelineMarks& marks, const Theme& theme)
{
    for (const Bookmark& bookmark : marks.bookmarks) {
        if (bookmark.iteration.value >= track.count)
            continue;
        const double x = track.x_of(bookmark.iteration.value);
        painter.setPen(QPen(theme.entered, 1));
        painter.drawLine(QPointF(x, top + 10), QPointF(x, line));
        painter.setPen(QPen(theme.panel, 1)); // apart from its neighbours
        painter.setBrush(theme.entered);
        painter.drawPolygon(QPolygonF({ { x - 4, top - 1 }, { x + 4, top - 1 }, { x + 4, top + 12 },
            { x, top + 8 }, { x - 4, top + 12 } }));
    }
}

void draw_flags(
    QPainter& painter, const TimelineScale& track, const TimelineMarks& marks, const Theme& theme)
{
    painter.setFont(scaled_font(theme.font(), 0.88));
    for (const MarkRecord& mark : marks.marks) {
        const double x = track.x_of(index_of_step(marks.steps, mark.step));
        painter.setPen(QPen(theme.accent, 1.5));
        painter.drawLine(QPointF(x, top), QPointF(x, line));
        painter.setBrush(theme.accent);
        painter.setPen(Qt::NoPen);
        painter.drawPolygon(QPolygonF({ { x, top }, { x + 8, top + 4 }, { x, top + 8 } }));
    }
    painter.setPen(theme.text);
    for (const FlagLabel& label : flag_labels(track, marks, QFontMetricsF(painter.font())))
        painter.drawText(QPointF(label.from, top + 9), label.text);
}

/// The room for a flag's label at one side of it.
struct Room
{
    double from;
    double to;
    double width() const { return to - from; }
};

} // namespace

std::vector<FlagLabel> flag_labels(
    const TimelineScale& track, const TimelineMarks& marks, const QFontMetricsF& metrics)
{
    std::vector<double> bookmarks;
    for (const Bookmark& bookmark : marks.bookmarks)
        if (bookmark.iteration.value < track.count)
            bookmarks.push_back(track.x_of(bookmark.iteration.value));
    std::vector<FlagLabel> labels;
    double free_from = 0;
    for (const MarkRecord& mark : marks.marks) {
        const double x = track.x_of(index_of_step(marks.steps, mark.step));
        Room left{ free_from, x - beside_pole };
        Room right{ std::max(x + beside_flag, free_from), track.right + margin };
        for (const double bookmark : bookmarks)
            if (bookmark <= x)
                left.from = std::max(left.from, bookmark + from_bookmark);
            else
                right.to = std::min(right.to, bookmark - from_bookmark);
        for (const double bookmark : bookmarks) // one at the flag itself stands left of its text
            if (bookmark <= x && bookmark > x - from_bookmark)
                right.from = std::max(right.from, bookmark + from_bookmark + beside_flag);
        const QString whole = QString::fromStdString(mark.label);
        const double wanted = metrics.horizontalAdvance(whole);
        const bool at_right = right.width() >= wanted
            || (left.width() < wanted && right.width() >= left.width());
        const Room& room = at_right ? right : left;
        if (room.width() < std::min(wanted, least_label))
            continue;
        const QString text = metrics.elidedText(whole, Qt::ElideRight, room.width());
        const double wide = metrics.horizontalAdvance(text);
        labels.push_back({ text, at_right ? room.from : room.to - wide });
        free_from = labels.back().from + wide + between_labels;
    }
    return labels;
}

void draw_marks(
    QPainter& painter, const TimelineScale& scale, const TimelineMarks& marks, const Theme& theme)
{
    painter.setPen(QPen(theme.border, line_width, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(scale.left, line), QPointF(scale.right, line));
    if (scale.count == 0)
        return;
    draw_bars(painter, scale, marks, theme);
    draw_large_changes(painter, scale, marks, theme);
    draw_checkpoints(painter, scale, marks, theme);
    draw_evaluations(painter, scale, marks, theme);
    draw_flags(painter, scale, marks, theme);
    draw_bookmarks(painter, scale, marks, theme);
}

QRectF loop_tab(double x, bool start)
{
    const double wide = 7;
    return { start ? x - wide : x, loop_top, wide, line - loop_top };
}

} // namespace circuitloom::ui
