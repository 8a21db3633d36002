// The labels beside a plot's lines: as many as have room, and which of them.
#include "ui/curves/plot_canvas.h"

#include "ui/curves/plot_scale.h"
#include "ui/curves/plot_widget.h"
#include "ui/theme/scaled_font.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace circuitloom::ui {

namespace {

constexpr int longest_name = 104; ///< pixels
constexpr int least_name = 36; ///< below it a name says nothing: it is left to the tooltip
constexpr int around_name = 16; ///< pixels left and right of a name that stands alone
constexpr double most_of_labels = 0.4; ///< of a plot's width, where they may be left out

bool emphasised(const PlotLine& line)
{
    return line.width > 2;
}

/// Where a line ends, so that larger is higher; what is no number is lowest.
double end_value(const PlotLine& line)
{
    const double value = line.points.back().value;
    return std::isnan(value) ? -std::numeric_limits<double>::infinity() : value;
}

} // namespace

QString PlotCanvas::elided(const PlotLine& line, int room) const
{
    const QFontMetrics metrics(scaled_font(theme.font(), 0.88, emphasised(line)));
    if (line.brief.isEmpty() || metrics.horizontalAdvance(line.name) <= room)
        return metrics.elidedText(line.name, Qt::ElideMiddle, room);
    return metrics.elidedText(line.brief, Qt::ElideRight, room);
}

void PlotCanvas::measure_labels()
{
    labels_width_ = values_width_ = 0;
    const QFontMetrics metrics(scaled_font(theme.font(), 0.88));
    const QFontMetrics bold(scaled_font(theme.font(), 0.88, true));
    int width = 0;
    for (const PlotLine& line : content.lines) {
        if (line.labelled)
            width = std::max(width,
                (emphasised(line) ? bold : metrics)
                    .horizontalAdvance(elided(line, theme.scaled(longest_name))));
    }
    if (width == 0)
        return;
    int value = metrics.horizontalAdvance(QStringLiteral("100 %"));
    for (const QString& text : text_.widest())
        value = std::max(value, metrics.horizontalAdvance(text));
    values_width_ = value + 24;
    labels_width_ = width + values_width_;
}

bool PlotCanvas::shows_labels() const
{
    if (labels_width_ == 0)
        return false;
    return content.labels_give_way ? labels_width_ <= size_.width() * most_of_labels
                                   : room_beside_lines() >= around_name + least_name;
}

bool PlotCanvas::shows_label_values() const
{
    return shows_labels()
        && (content.labels_give_way
            || room_beside_lines() >= std::min(labels_width_, values_width_ + least_name));
}

double PlotCanvas::room_beside_lines() const
{
    return size_.width() / 2.0 - left_;
}

int PlotCanvas::label_width() const
{
    if (!shows_labels())
        return theme.scaled(plot_margin::right);
    const double names_alone = labels_width_ - values_width_ + around_name;
    return static_cast<int>(content.labels_give_way
            ? labels_width_
            : std::min(shows_label_values() ? labels_width_ : names_alone, room_beside_lines()));
}

int PlotCanvas::name_room() const
{
    return label_width() - (shows_label_values() ? static_cast<int>(values_width_) : around_name);
}

double PlotCanvas::end_of(const Curve& points, const QRect& area) const
{
    const double value = points.back().value;
    if (!has_place(value))
        return std::isinf(value) && value > 0 ? area.top() : area.bottom();
    return std::clamp(yAxis->coordToPixel(value), static_cast<double>(area.top()),
        static_cast<double>(area.bottom()));
}

void PlotCanvas::sort_labels()
{
    measure_labels();
    labelled_.clear();
    for (const PlotLine& line : content.lines)
        if (line.labelled && !line.points.empty())
            labelled_.push_back(&line);
    std::ranges::stable_sort(
        labelled_, std::greater(), [](const PlotLine* line) { return end_value(*line); });
    emphasised_.clear();
    for (std::size_t i = 0; i < labelled_.size(); ++i)
        if (emphasised(*labelled_[i]))
            emphasised_.push_back(static_cast<std::ptrdiff_t>(i));
    scroll_labels(0);
}

int PlotCanvas::label_room() const
{
    const int height = QFontMetrics(scaled_font(theme.font(), 0.88)).height();
    return std::max(1, axisRect()->height() / height + 1);
}

bool PlotCanvas::has_all_labels() const
{
    return !shows_labels() || std::ssize(labelled_) <= label_room();
}

void PlotCanvas::scroll_labels(int by)
{
    const int most = std::max(0, static_cast<int>(std::ssize(labelled_)) - label_room());
    first_label_ = std::clamp(first_label_ + by, 0, most);
}

void PlotCanvas::choose_label(int direction)
{
    if (labelled_.empty())
        return;
    const auto lowest = static_cast<int>(std::ssize(labelled_)) - 1;
    const auto chosen = std::ranges::find(labelled_, chosen_label, &PlotLine::name);
    const auto now = static_cast<int>(chosen - labelled_.begin());
    const int next
        = now > lowest ? (direction > 0 ? 0 : lowest) : std::clamp(now + direction, 0, lowest);
    chosen_label = labelled_[static_cast<std::size_t>(next)]->name;
    const int room = label_room();
    if (next < first_label_)
        scroll_labels(next - first_label_);
    else if (next >= first_label_ + room)
        scroll_labels(next - room + 1 - first_label_);
}

std::vector<const PlotLine*> PlotCanvas::shown_labels() const
{
    if (!shows_labels())
        return {};
    const auto begin = std::min<std::ptrdiff_t>(first_label_, std::ssize(labelled_));
    const auto end = std::min<std::ptrdiff_t>(begin + label_room(), std::ssize(labelled_));
    std::vector<const PlotLine*> shown(labelled_.begin() + begin, labelled_.begin() + end);
    // The task is always among them: in the place of a label at that end where it is.
    for (auto place = emphasised_.begin(); place != emphasised_.end() && shown.size() > 2;
         ++place) {
        if (*place >= begin && *place < end)
            continue;
        const bool above = *place < begin;
        const std::size_t given = above ? 0 : shown.size() - 1;
        const std::size_t beside = above ? 1 : shown.size() - 2;
        shown[shown[given]->name == chosen_label ? beside : given]
            = labelled_[static_cast<std::size_t>(*place)];
    }
    return shown;
}

QString PlotCanvas::shown_range() const
{
    const auto end = std::min<std::ptrdiff_t>(first_label_ + label_room(), std::ssize(labelled_));
    return QCoreApplication::translate("PlotWidget", "%1–%2 of %3")
        .arg(first_label_ + 1)
        .arg(end)
        .arg(std::ssize(labelled_));
}

QStringList PlotCanvas::label_names() const
{
    QStringList names;
    for (const PlotLine* line : shown_labels())
        names << line->name;
    return names;
}

QStringList PlotCanvas::label_texts() const
{
    QStringList texts;
    for (const PlotLine* line : shown_labels())
        texts << elided(*line, name_room());
    return texts;
}

double PlotCanvas::labelled_place() const
{
    const double wanted = cursor_step < 0 ? last : cursor_step;
    double reached = 0;
    for (const PlotLine* line : labelled_)
        reached = std::max(reached, line->points.back().step);
    return std::min(wanted, reached);
}

std::vector<PlotCanvas::Label> PlotCanvas::labels() const
{
    std::vector<Label> found;
    std::vector<double> wanted;
    const QRect area = axisRect()->rect();
    const double at = labelled_place();
    for (const PlotLine* line : shown_labels()) {
        found.push_back({ line, 0, text_.brief(value_at(line->points, at)) });
        wanted.push_back(end_of(line->points, area));
    }
    const double height = QFontMetrics(scaled_font(theme.font(), 0.88)).height();
    const std::vector<double> placed = spread_labels(wanted, height, area.top(), area.bottom());
    for (std::size_t i = 0; i < found.size(); ++i)
        found[i].y = placed[i];
    return found;
}

QRectF PlotCanvas::label_box(const Label& label) const
{
    const double height = QFontMetrics(scaled_font(theme.font(), 0.88)).height();
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

void PlotCanvas::paint_labels(QCPPainter& painter) const
{
    const bool with_values = shows_label_values();
    for (const Label& label : labels()) {
        const bool off = hidden.contains(label.line->name);
        QFont font = scaled_font(theme.font(), 0.88, emphasised(*label.line));
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
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, elided(*label.line, name_room()));
        painter.setFont(scaled_font(theme.font(), 0.88));
        painter.setPen(theme.dimText);
        if (!off && with_values)
            painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, label.value);
    }
    if (has_all_labels())
        return;
    const QRect area = axisRect()->rect();
    painter.setFont(scaled_font(theme.font(), 0.88));
    painter.setPen(theme.dimText);
    painter.drawText(
        QRectF(area.right() + 8, area.bottom() + 4, viewport().right() - area.right() - 14,
            theme.scaled(plot_margin::bottom) - 4),
        Qt::AlignLeft | Qt::AlignVCenter, shown_range());
}

} // namespace circuitloom::ui
