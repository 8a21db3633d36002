// What a plot's canvas paints over the lines: title, steps, cursor, labels.
#include "ui/curves/plot_canvas.h"

#include "ui/base/measure_text.h"
#include "ui/curves/plot_scale.h"
#include "ui/theme/scaled_font.h"

#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr int right_margin = 16;
constexpr int longest_label = 150; ///< pixels

/// A font size relative to the theme's.
QFont sized(const Theme& theme, double factor, bool bold = false)
{
    return scaled_font(theme.font(), factor, bold);
}

bool emphasised(const PlotLine& line)
{
    return line.width > 2;
}

} // namespace

QString PlotCanvas::elided(const QString& name) const
{
    return QFontMetrics(sized(theme, 0.88)).elidedText(name, Qt::ElideRight, longest_label - 46);
}

int PlotCanvas::label_width() const
{
    const QFontMetrics metrics(sized(theme, 0.88));
    const QFontMetrics bold(sized(theme, 0.88, true));
    int width = 0;
    for (const PlotLine& line : content.lines) {
        if (line.labelled)
            width = std::max(
                width, (emphasised(line) ? bold : metrics).horizontalAdvance(elided(line.name)));
    }
    if (width == 0)
        return right_margin;
    return width + metrics.horizontalAdvance(QStringLiteral(" 100 %")) + 18;
}

std::vector<PlotCanvas::Label> PlotCanvas::labels() const
{
    std::vector<Label> found;
    std::vector<double> wanted;
    const QRect area = axisRect()->rect();
    for (const PlotLine& line : content.lines) {
        if (!line.labelled || line.points.empty())
            continue;
        const double at = cursor_step < 0 ? last : cursor_step;
        const int decimals = content.notation == Notation::percent ? 0 : decimals_ + 1;
        found.push_back(
            { &line, 0, shown_value(content.notation, value_at(line.points, at), decimals) });
        wanted.push_back(std::clamp(yAxis->coordToPixel(line.points.back().value),
            static_cast<double>(area.top()), static_cast<double>(area.bottom())));
    }
    const double height = QFontMetrics(sized(theme, 0.88)).height();
    const std::vector<double> placed = spread_labels(wanted, height, area.top(), area.bottom());
    for (std::size_t i = 0; i < found.size(); ++i)
        found[i].y = placed[i];
    return found;
}

QRectF PlotCanvas::label_box(const Label& label) const
{
    const double height = QFontMetrics(sized(theme, 0.88)).height();
    const double left = axisRect()->right() + 8;
    return { left, label.y - height / 2, viewport().right() - left - 6, height };
}

QString PlotCanvas::label_at(const QPointF& point) const
{
    for (const Label& label : labels()) {
        if (label_box(label).contains(point))
            return label.line->name;
    }
    return {};
}

void PlotCanvas::paint_overlay(QCPPainter& painter)
{
    painter.setAntialiasing(true);
    paint_title(painter);
    paint_step_axis(painter);
    paint_cursor(painter);
    paint_labels(painter);
}

void PlotCanvas::paint_title(QCPPainter& painter) const
{
    const QRectF line(
        plot_margin::left, 6, viewport().width() - plot_margin::left - 4, plot_margin::top - 12);
    const QFont plain = sized(theme, 1);
    const QFont bold = sized(theme, 1, true);
    QString value;
    QColor color;
    for (const PlotLine& headline : content.lines) {
        if (!headline.headline || cursor_step < 0 || headline.points.empty())
            continue;
        const int decimals = content.notation == Notation::percent ? 1 : decimals_ + 1;
        value = shown_value(content.notation, value_at(headline.points, cursor_step), decimals);
        color = headline.color;
    }
    // Where there is no room for all, the title tells most, the unit least.
    const double title_width = QFontMetrics(bold).horizontalAdvance(content.title) + 10;
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

void PlotCanvas::paint_step_axis(QCPPainter& painter) const
{
    painter.setFont(sized(theme, 0.88));
    painter.setPen(theme.dimText);
    const QRectF line(
        plot_margin::left, axisRect()->bottom() + 4, axisRect()->width(), plot_margin::bottom - 4);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
        QCoreApplication::translate("PlotWidget", "step %1").arg(std::lround(first)));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, QString::number(std::lround(last)));
}

void PlotCanvas::paint_cursor(QCPPainter& painter) const
{
    if (cursor_step < first || cursor_step > last)
        return;
    const double x = xAxis->coordToPixel(cursor_step);
    const QRect area = axisRect()->rect();
    QColor line = theme.text;
    line.setAlphaF(0.7F);
    painter.setPen(QPen(line, 1));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    for (const PlotLine& plotted : content.lines) {
        if (plotted.points.empty() || hidden.contains(plotted.name)
            || !(plotted.headline || plotted.labelled) || plotted.points.back().step < cursor_step)
            continue;
        const double y = yAxis->coordToPixel(value_at(plotted.points, cursor_step));
        if (!std::isfinite(y))
            continue;
        painter.setPen(QPen(theme.panel, 1));
        painter.setBrush(plotted.color);
        painter.drawEllipse(QPointF(x, y), 3, 3);
    }
}

void PlotCanvas::paint_labels(QCPPainter& painter) const
{
    for (const Label& label : labels()) {
        const bool off = hidden.contains(label.line->name);
        QFont font = sized(theme, 0.88, emphasised(*label.line));
        font.setStrikeOut(off);
        painter.setFont(font);
        painter.setPen(off ? theme.dimText : label.line->color);
        const QRectF box = label_box(label);
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, elided(label.line->name));
        painter.setFont(sized(theme, 0.88));
        painter.setPen(theme.dimText);
        if (!off)
            painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, label.value);
    }
}

} // namespace circuitloom::ui
