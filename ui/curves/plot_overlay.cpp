// What a plot's canvas paints over the lines: title, legend, steps.
#include "ui/curves/plot_canvas.h"

#include "ui/curves/place_text.h"
#include "ui/curves/plot_legend.h"
#include "ui/curves/plot_widget.h"
#include "ui/theme/scaled_font.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr int menu_button = 22; ///< pixels at the top right

/// A font size relative to the theme's.
QFont sized(const Theme& theme, double factor, bool bold = false)
{
    return scaled_font(theme.font(), factor, bold);
}

} // namespace

void PlotCanvas::paint_overlay(QCPPainter& painter)
{
    painter.setAntialiasing(true);
    paint_title(painter);
    paint_play_range(painter);
    const QRect area = axisRect()->rect();
    paint_plot_legend(painter,
        QRectF(viewport().left() + 8, area.top() - theme.scaled(plot_margin::legend) - 6,
            viewport().width() - 12, theme.scaled(plot_margin::legend)),
        area.left(), content, theme);
    paint_step_axis(painter);
    paint_absence(painter);
    paint_infinite(painter);
    paint_unplaced(painter);
    paint_cursor(painter);
    paint_labels(painter);
    if (owner_.hasFocus()) {
        painter.setPen(QPen(theme.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(viewport()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

void PlotCanvas::paint_title(QCPPainter& painter) const
{
    const QFont plain = sized(theme, 1);
    QFont bold = sized(theme, 1, true);
    const QFont small = sized(theme, 0.88);
    QRectF line(
        axisRect()->left(), 6, viewport().right() - axisRect()->left() - 4,
        theme.scaled(plot_margin::top) - 12);
    if (editable)
        line.setRight(line.right() - menu_button);
    // Where there is no room for all, the title tells most, the unit least.
    constexpr double behind_title = 10;
    const double title_width
        = QFontMetrics(bold).horizontalAdvance(content.title) + behind_title;
    // The values of the labels below are those at the cursor.
    if (shows_label_values() && !labelled_.empty()) {
        const QString at
            = QCoreApplication::translate("PlotWidget", "at %1")
                  .arg(place_text(content.axis.quantity, labelled_place()));
        const double room = line.width() - QFontMetrics(small).horizontalAdvance(at) - 12;
        if (title_width <= room) {
            painter.setFont(small);
            painter.setPen(theme.dimText);
            painter.drawText(line.adjusted(0, 0, -2, 0), Qt::AlignRight | Qt::AlignVCenter, at);
            line.setWidth(room);
        }
    }

    QString value;
    QColor color;
    for (const PlotLine& headline : content.lines) {
        if (!headline.headline || cursor_step < 0 || headline.points.empty())
            continue;
        value = text_.full(value_at(headline.points, cursor_step));
        color = headline.color;
    }
    if (title_width > line.width()) {
        line.setLeft(8);
        if (title_width - behind_title > line.width())
            bold = sized(theme, 0.88, true);
    }
    const auto fits = [&](const QString& text) {
        return title_width + QFontMetrics(plain).horizontalAdvance(text) <= line.width();
    };
    const QString with_unit = value + u' ' + content.unit;
    if (!value.isEmpty() && !content.unit.isEmpty() && fits(with_unit))
        value = with_unit;
    else if (!fits(value))
        value.clear();
    const QString title = QFontMetrics(bold).elidedText(
        content.title, Qt::ElideRight, static_cast<int>(line.width()));
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.setFont(plain);
    painter.setPen(color);
    painter.drawText(line.adjusted(title_width, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, value);
}

void PlotCanvas::paint_absence(QCPPainter& painter) const
{
    const auto is_empty = [](const PlotLine& line) { return line.points.empty(); };
    if (content.absent.isEmpty() || !std::ranges::all_of(content.lines, is_empty))
        return;
    painter.setFont(sized(theme, 0.88));
    painter.setPen(theme.dimText);
    painter.drawText(axisRect()->rect(), Qt::AlignCenter | Qt::TextWordWrap, content.absent);
}

void PlotCanvas::paint_step_axis(QCPPainter& painter) const
{
    const QFont font = sized(theme, 0.88);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    const QRectF line(
        axisRect()->left(), axisRect()->bottom() + 4, axisRect()->width(),
        theme.scaled(plot_margin::bottom) - 4);
    const auto named = [this](double step) { return place_text(content.axis.quantity, step); };
    const auto step_text
        = [this](double step) { return place_number(content.axis.quantity, step); };
    const bool with_cursor = cursor_step >= first && cursor_step <= last;
    const QString from = with_cursor ? step_text(first) : named(first);
    const QString to = step_text(last);
    double before = line.right(); // where the room of the first step ends
    double after = line.left(); // and that of the last one begins
    if (with_cursor) {
        QString at = named(cursor_step);
        if (metrics.horizontalAdvance(at) > line.width())
            at = step_text(cursor_step); // what stands to the right has its own room
        const double width = metrics.horizontalAdvance(at);
        const double left = std::clamp(x_of(cursor_step) - width / 2, line.left(),
            std::max(line.left(), line.right() - width));
        painter.setPen(theme.text);
        painter.drawText(QRectF(left, line.top(), width + 1, line.height()),
            Qt::AlignLeft | Qt::AlignVCenter, at);
        before = left - 6;
        after = left + width + 6;
    }
    painter.setPen(theme.dimText);
    if (line.left() + metrics.horizontalAdvance(from) <= before)
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, from);
    if (line.right() - metrics.horizontalAdvance(to) >= after)
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, to);
}

} // namespace circuitloom::ui
