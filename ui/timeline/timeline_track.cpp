#include "ui/timeline/timeline_track.h"

#include "ui/theme/scaled_font.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double handle_radius = 7;
constexpr double line_width = 4;
constexpr double bars_height = 10;
constexpr double flag_room = 64; ///< pixels kept for a flag's label before it changes sides

QString text_of(const std::string& text)
{
    return QString::fromStdString(text);
}

} // namespace

TimelineTrack::TimelineTrack(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Timeline"));
}

void TimelineTrack::set_theme(const Theme& theme)
{
    theme_ = theme;
    update();
}

void TimelineTrack::set_marks(const TimelineMarks& marks)
{
    marks_ = marks;
    update();
}

void TimelineTrack::set_current(int index)
{
    current_ = index;
    update();
}

TimelineScale TimelineTrack::scale() const
{
    const double margin = handle_radius + 3;
    return { margin, width() - margin, static_cast<int>(marks_.steps.size()) };
}

double TimelineTrack::line_y() const
{
    return height() / 2.0 + 5;
}

void TimelineTrack::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const TimelineScale track = scale();
    const double y = line_y();
    painter.setPen(QPen(theme_.border, line_width, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(track.left, y), QPointF(track.right, y));
    if (track.count == 0)
        return;
    draw_bars(painter, track);
    draw_evaluations(painter, track);
    draw_flags(painter, track);
    draw_handle(painter, track);
}

void TimelineTrack::draw_bars(QPainter& painter, const TimelineScale& track) const
{
    // The first circuit enters as a whole; beside it no later change would be seen.
    std::vector<int> entered = marks_.entered;
    if (!entered.empty())
        entered.front() = 0;
    const int columns = static_cast<int>((track.right - track.left) / 3);
    const std::vector<int> peaks = column_peaks(entered, columns);
    const int largest = peaks.empty() ? 0 : *std::max_element(peaks.begin(), peaks.end());
    if (largest == 0)
        return;
    const TimelineScale bars{ track.left, track.right, static_cast<int>(peaks.size()) };
    const double bottom = line_y() + line_width / 2 + 6 + bars_height;
    QColor color = theme_.dimText;
    color.setAlphaF(0.75F);
    for (std::size_t i = 0; i < peaks.size(); ++i) {
        if (peaks[i] == 0)
            continue;
        const double bar = std::max(1.5, bars_height * peaks[i] / largest);
        const double x = bars.x_of(static_cast<double>(i));
        painter.fillRect(QRectF(x - 0.75, bottom - bar, 1.5, bar), color);
    }
}

void TimelineTrack::draw_evaluations(QPainter& painter, const TimelineScale& track) const
{
    const double y = line_y() - 13;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.dimText);
    double last_x = -100;
    for (const int step : marks_.evaluations) {
        const double x = track.x_of(index_of_step(marks_.steps, step));
        if (x - last_x < 7)
            continue; // diamonds that would run together say no more than their neighbours
        last_x = x;
        const double r = 3;
        painter.drawPolygon(QPolygonF({ { x, y - r }, { x + r, y }, { x, y + r }, { x - r, y } }));
    }
}

void TimelineTrack::draw_flags(QPainter& painter, const TimelineScale& track) const
{
    painter.setFont(scaled_font(theme_.font(), 0.88));
    double free_from = 0;
    for (const MarkRecord& mark : marks_.marks) {
        const double x = track.x_of(index_of_step(marks_.steps, mark.step));
        const double top = line_y() - 31;
        painter.setPen(QPen(theme_.accent, 1.5));
        painter.drawLine(QPointF(x, top), QPointF(x, line_y()));
        painter.setBrush(theme_.accent);
        painter.setPen(Qt::NoPen);
        painter.drawPolygon(QPolygonF({ { x, top }, { x + 8, top + 4 }, { x, top + 8 } }));

        const QString label = text_of(mark.label);
        const double wide = painter.fontMetrics().horizontalAdvance(label);
        const bool left_side = x + 12 + wide > width() && x > flag_room;
        const double from = left_side ? x - 6 - wide : x + 12;
        if (from < free_from)
            continue;
        free_from = from + wide + 8;
        painter.setPen(theme_.text);
        painter.drawText(QPointF(from, top + 8), label);
    }
}

void TimelineTrack::draw_handle(QPainter& painter, const TimelineScale& track) const
{
    if (current_ < 0)
        return;
    const QPointF handle(track.x_of(std::min(current_, track.count - 1)), line_y());
    painter.setPen(QPen(theme_.accent, line_width, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(track.left, line_y()), handle);
    painter.setPen(QPen(theme_.panel, 2));
    painter.setBrush(theme_.accent);
    painter.drawEllipse(handle, handle_radius, handle_radius);
}

void TimelineTrack::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        mouseMoveEvent(event);
}

void TimelineTrack::mouseMoveEvent(QMouseEvent* event)
{
    const int index = scale().index_at(event->position().x());
    if ((event->buttons() & Qt::LeftButton) && index >= 0)
        Q_EMIT scrubbed(index);
}

void TimelineTrack::wheelEvent(QWheelEvent* event)
{
    const int turned = event->angleDelta().y();
    if (turned != 0 && current_ >= 0)
        Q_EMIT scrubbed(current_ + (turned > 0 ? -1 : 1));
    event->accept();
}

bool TimelineTrack::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), description_at(help->pos().x()), this);
        return true;
    }
    return QWidget::event(event);
}

QString TimelineTrack::description_at(double x) const
{
    const int index = scale().index_at(x);
    if (index < 0)
        return {};
    const auto i = static_cast<std::size_t>(index);
    QString text = tr("Iteration %1, step %2").arg(index).arg(marks_.steps[i]);
    if (index > 0 && i < marks_.entered.size())
        text += u'\n' + tr("%n edge(s) entered", nullptr, marks_.entered[i]);
    for (const MarkRecord& mark : marks_.marks) {
        if (std::abs(scale().x_of(index_of_step(marks_.steps, mark.step)) - x) < 8)
            text += u'\n' + text_of(mark.label);
    }
    return text;
}

} // namespace circuitloom::ui
