#include "ui/inspector/course_chart.h"

#include "ui/base/measure_text.h"
#include "ui/base/tip_text.h"
#include "ui/theme/scaled_font.h"
#include "ui/theme/text_scale.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int side = 16; ///< margin left and right
constexpr int chart_height = 108;
constexpr int strip_height = 6;
constexpr int gap = 6; ///< between plot and strip
constexpr int label_height = 14; ///< above the plot and below the strip

/// The points of a line that one column of pixels needs: its first, least, greatest and last.
void add_stretch(QPainterPath& path, const std::vector<QPointF>& points)
{
    path.moveTo(points.front());
    std::size_t first = 0;
    while (first < points.size()) {
        std::size_t end = first + 1;
        while (end < points.size() && std::floor(points[end].x()) == std::floor(points[first].x()))
            ++end;
        std::size_t least = first;
        std::size_t greatest = first;
        for (std::size_t i = first; i < end; ++i) {
            least = points[i].y() < points[least].y() ? i : least;
            greatest = points[i].y() > points[greatest].y() ? i : greatest;
        }
        for (const std::size_t i :
            { first, std::min(least, greatest), std::max(least, greatest), end - 1 })
            path.lineTo(points[i]);
        first = end;
    }
}

} // namespace

CourseChart::CourseChart(QWidget* parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // time runs to the right in every language
    describe();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void CourseChart::set_content(
    std::vector<CourseLine> lines, std::vector<GroupStay> stays, int iterations)
{
    lines_ = std::move(lines);
    stays_ = std::move(stays);
    iterations_ = iterations;
    least_ = 0;
    greatest_ = 0;
    for (const CourseLine& line : lines_)
        for (const std::optional<double>& value : line.values)
            if (value && std::isfinite(*value)) {
                least_ = std::min(least_, *value);
                greatest_ = std::max(greatest_, *value);
            }
    describe();
    update();
}

void CourseChart::set_cursor(int iteration)
{
    cursor_ = iteration;
    describe();
    update();
}

void CourseChart::set_theme(const Theme& theme)
{
    theme_ = theme;
    update();
}

QSize CourseChart::sizeHint() const
{
    return { 260, scaled(chart_height) };
}

QSize CourseChart::minimumSizeHint() const
{
    return { 160, scaled(chart_height) };
}

QRectF CourseChart::plot_area() const
{
    return QRectF(side, scaled(label_height), width() - 2 * side,
        height() - 2 * scaled(label_height) - strip_height - gap);
}

QRectF CourseChart::strip_area() const
{
    return QRectF(side, plot_area().bottom() + gap, width() - 2 * side, strip_height);
}

double CourseChart::x_of(int iteration) const
{
    const QRectF area = plot_area();
    return iterations_ > 1 ? area.left() + area.width() * iteration / (iterations_ - 1)
                           : area.center().x();
}

int CourseChart::iteration_at(double x) const
{
    const QRectF area = plot_area();
    if (iterations_ < 2 || area.width() <= 0)
        return 0;
    return std::clamp(
        static_cast<int>(std::lround((x - area.left()) / area.width() * (iterations_ - 1))), 0,
        iterations_ - 1);
}

QString CourseChart::text_at(int iteration) const
{
    QStringList parts{ tr("iteration %1").arg(iteration) };
    for (const CourseLine& line : lines_) {
        const auto at = static_cast<std::size_t>(iteration);
        const bool read = at < line.values.size();
        parts << tr("%1: %2").arg(line.name,
            !read                 ? tr("not read yet")
                : line.values[at] ? signed_number(*line.values[at], 4)
                                  : tr("not in the circuit"));
    }
    return parts.join(u'\n');
}

int CourseChart::part_count() const
{
    return iterations_;
}

QString CourseChart::part_text(int part) const
{
    return text_at(part);
}

QRectF CourseChart::part_rect(int part) const
{
    const QRectF area = plot_area();
    const double width = std::max(1.0, area.width() / std::max(1, iterations_ - 1));
    return { x_of(part) - width / 2, area.top(), width, strip_area().bottom() - area.top() };
}

void CourseChart::describe()
{
    setAccessibleName(tr("Score over the run"));
    setAccessibleDescription(cursor_ < 0 ? QString() : text_at(cursor_));
}

void CourseChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = plot_area();
    const double room = greatest_ - least_;
    const auto y_of = [&](double value) {
        return room > 0 ? area.bottom() - (value - least_) / room * area.height()
                        : area.center().y();
    };
    // As x_of() has it, without measuring the texts for each of many points.
    const auto x_at = [&, last = iterations_ - 1](std::size_t iteration) {
        return last > 0 ? area.left() + area.width() * static_cast<double>(iteration) / last
                        : area.center().x();
    };
    painter.setPen(QPen(theme_.border, 1));
    painter.drawLine(QPointF(area.left(), y_of(0)), QPointF(area.right(), y_of(0)));
    for (const CourseLine& line : lines_) {
        QPen pen(line.color, 1.4);
        if (line.dashed)
            pen.setDashPattern({ 4, 3 });
        pen.setJoinStyle(Qt::RoundJoin);
        QPainterPath path;
        std::vector<QPointF> stretch;
        std::vector<QPointF> alone; // between two gaps: a line of no length is invisible
        const auto end_stretch = [&] {
            if (stretch.size() == 1)
                alone.push_back(stretch.front());
            else if (!stretch.empty())
                add_stretch(path, stretch);
            stretch.clear();
        };
        for (std::size_t i = 0; i < line.values.size(); ++i) {
            const std::optional<double>& value = line.values[i];
            if (value && std::isfinite(*value))
                stretch.emplace_back(x_at(i), y_of(*value));
            else
                end_stretch();
        }
        end_stretch();
        painter.strokePath(path, pen);
        painter.setPen(Qt::NoPen);
        painter.setBrush(line.color);
        for (const QPointF& point : alone)
            painter.drawEllipse(point, 1.5, 1.5);
    }
    const QRectF strip = strip_area();
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.band);
    painter.drawRect(strip);
    painter.setBrush(theme_.accent);
    for (const GroupStay& stay : stays_) {
        const double half = 0.5 * strip.width() / std::max(1, iterations_ - 1);
        const double left = std::max(strip.left(), x_of(stay.first) - half);
        const double right = std::min(strip.right(), x_of(stay.last) + half);
        painter.drawRect(QRectF(left, strip.top(), std::max(1.0, right - left), strip.height()));
    }
    if (cursor_ >= 0 && iterations_ > 0) {
        painter.setPen(QPen(theme_.text, 1));
        painter.drawLine(
            QPointF(x_of(cursor_), area.top()), QPointF(x_of(cursor_), strip.bottom()));
    }
    painter.setFont(scaled_font(theme_.font(), 0.85));
    painter.setPen(theme_.dimText);
    const QRectF above(area.left(), 0, area.width(), scaled(label_height));
    const QRectF below(area.left(), strip.bottom(), area.width(), scaled(label_height));
    if (room > 0)
        painter.drawText(above, Qt::AlignLeft | Qt::AlignVCenter,
            tr("%1 to %2").arg(signed_number(least_, 3), signed_number(greatest_, 3)));
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("0"));
    if (iterations_ > 1)
        painter.drawText(
            below, Qt::AlignRight | Qt::AlignVCenter, tr("iteration %1").arg(iterations_ - 1));
    if (hasFocus()) {
        painter.setPen(QPen(theme_.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(4.5, 0.5, -4.5, -0.5), 4, 4);
    }
}

void CourseChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && iterations_ > 0)
        Q_EMIT iteration_requested(iteration_at(event->position().x()));
}

void CourseChart::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton && iterations_ > 0)
        Q_EMIT iteration_requested(iteration_at(event->position().x()));
}

void CourseChart::keyPressEvent(QKeyEvent* event)
{
    const int by = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (by == 0 || iterations_ == 0)
        return QWidget::keyPressEvent(event);
    Q_EMIT iteration_requested(std::clamp(cursor_ + by, 0, iterations_ - 1));
}

bool CourseChart::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && iterations_ > 0) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(
            help->globalPos(), tip_text(text_at(iteration_at(help->pos().x()))), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace circuitloom::ui
