#include "ui/compare/sweep_drawing.h"

#include "core/base/written_factor.h"
#include "ui/base/measure_text.h"
#include "ui/curves/share_scale.h"
#include "ui/theme/color_mix.h"
#include "ui/theme/scaled_font.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <limits>

namespace circuitloom::ui {

namespace {

constexpr double least_width = 240; // of a plot, in pixels
constexpr double gap = 12; ///< between plots
constexpr double title_height = 22;
constexpr double title_gap = 10; ///< below it, for the highest value's text
// Of what holds text, at the usual size of texts:
constexpr double least_left_room = 52; ///< for the values
constexpr double value_gap = 7; ///< between them and the axis
constexpr double bottom_room = 44; ///< for the ticks and the setting's name
constexpr double tick_line = 18;
constexpr double legend_line = 20;
constexpr double tick_size = 0.88; // of the theme's font
constexpr double mean_radius = 4;
constexpr double run_radius = 2;
constexpr double edge = 0.06; ///< of the axis, free at both ends
constexpr double series_gap = 10; ///< between bars at one place

/// Round numbers around all means with their deviations, and all runs.
AxisScale scale_of(const SweepMeasure& measure)
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    bool shares = measure.column.notation == Notation::percent;
    const auto see = [&](double value) {
        low = std::min(low, value * written_factor(measure.column.notation));
        high = std::max(high, value * written_factor(measure.column.notation));
    };
    for (const SweepSeries& series : measure.series)
        for (const SweepPoint& point : series.points) {
            see(point.y.mean - point.y.deviation);
            see(point.y.mean + point.y.deviation);
            for (const std::size_t run : point.runs) {
                see(measure.values[run]);
                shares = shares && measure.values[run] >= 0 && measure.values[run] <= 1;
            }
        }
    if (!(low <= high))
        return { 0, 1, { 0, 1 }, 0 };
    // A deviation may reach beyond what a share can be.
    return shares ? round_scale_within(low, high, 0, written_factor(measure.column.notation))
                  : round_scale(low, high);
}

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SweepDrawing)
};

} // namespace

SweepDrawing::SweepDrawing(const SweepChart& chart, const Theme& theme, const QSizeF& size)
    : chart_(chart)
    , theme_(theme)
{
    QRectF area(QPointF(), size);
    const std::size_t series = chart_.measures.empty() ? 0 : chart_.measures.front().series.size();
    if (series > 1) {
        const auto a_line = std::max(1.0, std::floor(area.width() / (2 * least_width)));
        const double lines = std::ceil(static_cast<double>(series) / a_line);
        const double height = std::min(lines * theme_.scaled(legend_line), area.height() / 3);
        legend_ = QRectF(area.left(), area.bottom() - height, area.width(), height);
        area.setBottom(legend_.top() - 4);
    }
    place_plots(area);
    find_marks();
}

void SweepDrawing::place_plots(const QRectF& area)
{
    const auto all = static_cast<int>(chart_.measures.size());
    if (all == 0)
        return;
    const int in_a_row = std::clamp(static_cast<int>(area.width() / least_width), 1, all);
    const int rows = (all + in_a_row - 1) / in_a_row;
    const double width = (area.width() - gap * (in_a_row - 1)) / in_a_row;
    const double height = area.height() / rows;
    for (int i = 0; i < all; ++i) {
        Plot plot;
        plot.measure = static_cast<std::size_t>(i);
        const int row = i / in_a_row;
        plot.whole = QRectF(
            area.left() + (i % in_a_row) * (width + gap), area.top() + row * height, width, height);
        plot.scale = scale_of(measure_of(plot));
        plot.text = AxisText(measure_of(plot).column.notation, plot.scale);
        plot.inside = plot.whole.adjusted(room_of_values(plot),
            theme_.scaled(title_height) + title_gap, -6, -theme_.scaled(bottom_room));
        plots_.push_back(plot);
    }
}

double SweepDrawing::room_of_values(const Plot& plot) const
{
    const QFontMetricsF metrics(scaled_font(theme_.font(), tick_size));
    double room = theme_.scaled(least_left_room);
    for (const double tick : plot.scale.ticks)
        room = std::max(room, metrics.horizontalAdvance(value_text(plot, tick)) + value_gap + 2);
    return room;
}

QString SweepDrawing::value_text(const Plot& plot, double tick) const
{
    return plot.text.tick(tick / written_factor(measure_of(plot).column.notation));
}

double SweepDrawing::x_of(const Plot& plot, double x) const
{
    const auto along
        = [this](double value) { return chart_.logarithmic ? std::log10(value) : value; };
    const double low = along(chart_.ticks.front());
    const double high = along(chart_.ticks.back());
    const double share = high > low ? (along(x) - low) / (high - low) : 0.5;
    const double margin
        = chart_.words.isEmpty() ? edge : 0.5 / static_cast<double>(chart_.ticks.size());
    return plot.inside.left() + plot.inside.width() * (margin + (1 - 2 * margin) * share);
}

double SweepDrawing::y_of(const Plot& plot, double value) const
{
    double share = (value * written_factor(measure_of(plot).column.notation) - plot.scale.low)
        / (plot.scale.high - plot.scale.low);
    // Where the axis ends, a band does.
    share = std::clamp(share, 0.0, 1.0);
    return plot.inside.bottom() - plot.inside.height() * share;
}

double SweepDrawing::shift_of(std::size_t series) const
{
    if (chart_.words.isEmpty())
        return 0;
    const auto all = static_cast<double>(chart_.measures.front().series.size());
    return (static_cast<double>(series) - (all - 1) / 2) * series_gap;
}

QString SweepDrawing::tick_text(double x) const
{
    return chart_.words.isEmpty() ? QString::number(x, 'g', 6)
                                  : chart_.words.value(static_cast<qsizetype>(x));
}

QColor SweepDrawing::color_of(std::size_t series) const
{
    return series_color(static_cast<int>(series), theme_);
}

QString SweepDrawing::words_of(
    const SweepMeasure& measure, const SweepSeries& series, const SweepPoint& point) const
{
    const RunColumn& column = measure.column;
    QString value = shown_value(column.notation, point.y.mean, column.decimals);
    if (point.y.count > 1)
        value += QStringLiteral(" ± ")
            + shown_value(column.notation, point.y.deviation, column.decimals);
    const QString where = chart_.setting + u' ' + tick_text(point.x)
        + (series.name.isEmpty() ? QString() : QStringLiteral(", ") + series.name);
    return Words::tr("%1: %2 %3 of %n run(s)", nullptr, static_cast<int>(point.y.count))
        .arg(where, column.full_title, value);
}

void SweepDrawing::find_marks()
{
    for (const Plot& plot : plots_)
        for (std::size_t i = 0; i < measure_of(plot).series.size(); ++i)
            for (const SweepPoint& point : measure_of(plot).series[i].points)
                marks_.push_back({ { x_of(plot, point.x) + shift_of(i), y_of(plot, point.y.mean) },
                    words_of(measure_of(plot), measure_of(plot).series[i], point) });
}

void SweepDrawing::paint_axes(QPainter& painter, const Plot& plot) const
{
    const RunColumn& column = measure_of(plot).column;
    const QRectF& inside = plot.inside;
    painter.setFont(scaled_font(theme_.font(), 0.95, true));
    painter.setPen(theme_.text);
    const QRectF title(plot.whole.left() + 4, plot.whole.top(), plot.whole.width() - 8,
        theme_.scaled(title_height));
    painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetricsF(painter.font())
            .elidedText(column.full_title, Qt::ElideMiddle, title.width()));
    painter.setFont(scaled_font(theme_.font(), tick_size));
    const double line = std::max(tick_line, QFontMetricsF(painter.font()).height());
    const double room = inside.left() - plot.whole.left() - value_gap;
    for (const double tick : plot.scale.ticks) {
        const double y = y_of(plot, tick / written_factor(column.notation));
        painter.setPen(QPen(theme_.border, 1));
        painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y));
        painter.setPen(theme_.dimText);
        painter.drawText(QRectF(plot.whole.left(), y - line / 2, room, line),
            Qt::AlignRight | Qt::AlignVCenter, value_text(plot, tick));
    }
    // The values themselves, as many as have room.
    const QFontMetricsF metrics(painter.font());
    double free_from = -std::numeric_limits<double>::infinity();
    for (const double tick : chart_.ticks) {
        const double x = x_of(plot, tick);
        const QString text = metrics.elidedText(tick_text(tick), Qt::ElideRight,
            chart_.words.isEmpty() ? inside.width()
                                   : inside.width() / static_cast<double>(chart_.ticks.size()));
        const double half = metrics.horizontalAdvance(text) / 2;
        painter.setPen(QPen(theme_.dimText, 1));
        painter.drawLine(QPointF(x, inside.bottom()), QPointF(x, inside.bottom() + 3));
        if (x - half < free_from)
            continue;
        painter.drawText(QRectF(x - half - 1, inside.bottom() + 5, 2 * half + 2, line),
            Qt::AlignHCenter | Qt::AlignTop, text);
        free_from = x + half + 5;
    }
    painter.setPen(theme_.text);
    const QString setting
        = chart_.logarithmic ? Words::tr("%1 (logarithmic)").arg(chart_.setting) : chart_.setting;
    painter.drawText(QRectF(inside.left(), inside.bottom() + 5 + line, inside.width(), line),
        Qt::AlignHCenter | Qt::AlignTop,
        metrics.elidedText(setting, Qt::ElideRight, inside.width()));
}

void SweepDrawing::paint_series(QPainter& painter, const Plot& plot, std::size_t number) const
{
    const std::vector<SweepPoint>& points = measure_of(plot).series[number].points;
    const QColor color = color_of(number);
    const double shift = shift_of(number);
    const bool line = chart_.words.isEmpty() && points.size() > 1;
    QPolygonF means, upper, lower;
    for (const SweepPoint& point : points) {
        const double x = x_of(plot, point.x) + shift;
        means << QPointF(x, y_of(plot, point.y.mean));
        upper << QPointF(x, y_of(plot, point.y.mean + point.y.deviation));
        lower << QPointF(x, y_of(plot, point.y.mean - point.y.deviation));
    }
    if (line) {
        QPolygonF band = upper;
        for (auto point = lower.crbegin(); point != lower.crend(); ++point)
            band << *point;
        painter.setPen(Qt::NoPen);
        painter.setBrush(faded(color, 0.22));
        painter.drawPolygon(band);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.8));
        painter.drawPolyline(means);
    } else {
        painter.setPen(QPen(color, 1.8));
        for (qsizetype i = 0; i < means.size(); ++i)
            painter.drawLine(upper[i], lower[i]);
    }
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < points.size(); ++i) {
        painter.setBrush(mixed(theme_.panel, color, 0.6));
        const double x = x_of(plot, points[i].x) + shift;
        if (points[i].runs.size() > 1)
            for (const std::size_t run : points[i].runs)
                painter.drawEllipse(
                    QPointF(x, y_of(plot, measure_of(plot).values[run])), run_radius, run_radius);
        painter.setBrush(color);
        painter.drawEllipse(means[static_cast<qsizetype>(i)], mean_radius, mean_radius);
    }
}

void SweepDrawing::paint_legend(QPainter& painter) const
{
    const std::vector<SweepSeries>& all = chart_.measures.front().series;
    painter.setFont(scaled_font(theme_.font(), 0.92));
    const QFontMetricsF metrics(painter.font());
    const int in_a_line = std::max(1, static_cast<int>(legend_.width() / (2 * least_width)));
    const double width = legend_.width() / in_a_line;
    const double line = theme_.scaled(legend_line);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const int column = static_cast<int>(i) % in_a_line;
        const int row = static_cast<int>(i) / in_a_line;
        const QRectF box(legend_.left() + column * width, legend_.top() + row * line, width, line);
        if (box.bottom() > legend_.bottom() + 1)
            break;
        painter.setPen(Qt::NoPen);
        painter.setBrush(color_of(i));
        painter.drawEllipse(QPointF(box.left() + 10, box.center().y()), mean_radius, mean_radius);
        painter.setPen(theme_.text);
        painter.drawText(box.adjusted(20, 0, -4, 0), Qt::AlignLeft | Qt::AlignVCenter,
            metrics.elidedText(all[i].name, Qt::ElideRight, box.width() - 24));
    }
}

void SweepDrawing::paint(QPainter& painter) const
{
    if (chart_.ticks.empty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Plot& plot : plots_) {
        paint_axes(painter, plot);
        for (std::size_t i = 0; i < measure_of(plot).series.size(); ++i)
            paint_series(painter, plot, i);
    }
    if (!legend_.isEmpty())
        paint_legend(painter);
}

} // namespace circuitloom::ui
