// What a plot's canvas paints over the lines: title, legend, steps, labels.
#include "ui/curves/plot_canvas.h"

#include "ui/curves/place_text.h"
#include "ui/curves/plot_legend.h"
#include "ui/curves/plot_scale.h"
#include "ui/curves/plot_widget.h"
#include "ui/theme/scaled_font.h"

#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr int right_margin = 16;
constexpr int longest_label = 150; ///< pixels
constexpr double most_of_labels = 0.4; ///< of a plot's width, where they may be left out
constexpr int menu_button = 22; ///< pixels at the top right

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

double PlotCanvas::room_for_labels() const
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
        return 0;
    int value = metrics.horizontalAdvance(QStringLiteral("100 %"));
    for (const QString& text : text_.widest())
        value = std::max(value, metrics.horizontalAdvance(text));
    return width + value + 24;
}

bool PlotCanvas::shows_labels() const
{
    const double room = room_for_labels();
    return room > 0 && (!content.labels_give_way || room <= width_ * most_of_labels);
}

int PlotCanvas::label_width() const
{
    return shows_labels() ? static_cast<int>(room_for_labels()) : right_margin;
}

double PlotCanvas::end_of(const Curve& points, const QRect& area) const
{
    const double value = points.back().value;
    if (!has_place(value))
        return std::isinf(value) && value > 0 ? area.top() : area.bottom();
    return std::clamp(yAxis->coordToPixel(value), static_cast<double>(area.top()),
        static_cast<double>(area.bottom()));
}

QStringList PlotCanvas::label_names() const
{
    std::vector<Label> sorted = labels();
    std::stable_sort(
        sorted.begin(), sorted.end(), [](const Label& a, const Label& b) { return a.y < b.y; });
    QStringList names;
    for (const Label& label : sorted)
        names << label.line->name;
    return names;
}

std::vector<PlotCanvas::Label> PlotCanvas::labels() const
{
    std::vector<Label> found;
    std::vector<double> wanted;
    if (!shows_labels())
        return found;
    const QRect area = axisRect()->rect();
    for (const PlotLine& line : content.lines) {
        if (!line.labelled || line.points.empty())
            continue;
        const double at = cursor_step < 0 ? last : cursor_step;
        found.push_back({ &line, 0, text_.brief(value_at(line.points, at)) });
        wanted.push_back(end_of(line.points, area));
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
    paint_play_range(painter);
    const QRect area = axisRect()->rect();
    paint_plot_legend(painter,
        QRectF(viewport().left() + 8, area.top() - plot_margin::legend - 6,
            viewport().width() - 12, plot_margin::legend),
        content, theme);
    paint_step_axis(painter);
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
    const QFont bold = sized(theme, 1, true);
    const QFont small = sized(theme, 0.88);
    QRectF line(
        axisRect()->left(), 6, viewport().right() - axisRect()->left() - 4, plot_margin::top - 12);
    if (editable)
        line.setRight(line.right() - menu_button);
    const bool labelled = shows_labels()
        && std::any_of(content.lines.begin(), content.lines.end(),
            [](const PlotLine& one) { return one.labelled && !one.points.empty(); });
    if (labelled) { // the values of the labels below are those at the cursor
        const QString at
            = QCoreApplication::translate("PlotWidget", "at %1")
                  .arg(place_text(content.axis.quantity, cursor_step < 0 ? last : cursor_step));
        painter.setFont(small);
        painter.setPen(theme.dimText);
        painter.drawText(line.adjusted(0, 0, -2, 0), Qt::AlignRight | Qt::AlignVCenter, at);
        line.setRight(line.right() - QFontMetrics(small).horizontalAdvance(at) - 12);
    }

    QString value;
    QColor color;
    for (const PlotLine& headline : content.lines) {
        if (!headline.headline || cursor_step < 0 || headline.points.empty())
            continue;
        value = text_.full(value_at(headline.points, cursor_step));
        color = headline.color;
    }
    // Where there is no room for all, the title tells most, the unit least.
    const double title_width = QFontMetrics(bold).horizontalAdvance(content.title) + 10;
    if (title_width > line.width())
        line.setLeft(8);
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
    const QFont font = sized(theme, 0.88);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    const QRectF line(
        axisRect()->left(), axisRect()->bottom() + 4, axisRect()->width(), plot_margin::bottom - 4);
    const auto named = [this](double step) { return place_text(content.axis.quantity, step); };
    const auto step_text
        = [this](double step) { return place_number(content.axis.quantity, step); };
    const bool with_cursor = cursor_step >= first && cursor_step <= last;
    const QString from = with_cursor ? step_text(first) : named(first);
    const QString to = step_text(last);
    double before = line.right(); // where the room of the first step ends
    double after = line.left(); // and that of the last one begins
    if (with_cursor) {
        const QString at = named(cursor_step);
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

void PlotCanvas::paint_labels(QCPPainter& painter) const
{
    for (const Label& label : labels()) {
        const bool off = hidden.contains(label.line->name);
        QFont font = sized(theme, 0.88, emphasised(*label.line));
        font.setStrikeOut(off);
        painter.setFont(font);
        painter.setPen(off ? theme.dimText : label.line->color);
        const QRectF box = label_box(label);
        if (owner_.hasFocus() && label.line->name == chosen_label) {
            painter.save();
            painter.setPen(QPen(theme.accent, 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(box.adjusted(-3, 0, 2, 0), 3, 3);
            painter.restore();
        }
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, elided(label.line->name));
        painter.setFont(sized(theme, 0.88));
        painter.setPen(theme.dimText);
        if (!off)
            painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, label.value);
    }
}

} // namespace circuitloom::ui
