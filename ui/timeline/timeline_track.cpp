#include "ui/timeline/timeline_track.h"

#include "ui/timeline/timeline_drawing.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr double handle_radius = 7;
constexpr double near_by = 6; ///< pixels within which a mark is meant

} // namespace

TimelineTrack::TimelineTrack(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("timelineTrack"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setMouseTracking(true);
    setAccessibleName(tr("Timeline"));
}

void TimelineTrack::set_theme(const Theme& theme)
{
    // All is painted at a scale of 1 and enlarged as a whole.
    theme_ = theme;
    enlarged_ = std::exchange(theme_.scale, 1.0);
    updateGeometry();
    drop_picture();
}

void TimelineTrack::set_marks(const TimelineMarks& marks)
{
    marks_ = marks;
    // The keys are the window's; the focus shows where one is, once there is something to go through.
    setFocusPolicy(marks_.steps.empty() ? Qt::NoFocus : Qt::TabFocus);
    drop_picture();
}

void TimelineTrack::set_position(double position)
{
    const TimelineScale track = scale();
    const double moved = track.x_of(position) - track.x_of(position_);
    const bool came_or_went = (position < 0) != (position_ < 0);
    const bool arrived = position == std::floor(position) && position != position_;
    // While playing, what moves by less than can be seen is not drawn.
    if (!came_or_went && !arrived && std::abs(moved) < 0.25)
        return;
    const int before = iteration();
    position_ = position;
    update();
    if (iteration() != before) {
        QAccessibleValueChangeEvent changed(this, iteration());
        QAccessible::updateAccessibility(&changed);
    }
}

int TimelineTrack::iteration() const
{
    return position_ < 0 ? -1 : static_cast<int>(std::floor(position_));
}

void TimelineTrack::set_loop(const std::optional<LoopRange>& loop)
{
    if (loop_ == loop)
        return;
    loop_ = loop;
    update();
}

void TimelineTrack::drop_picture()
{
    picture_ = {};
    update();
}

QSize TimelineTrack::sizeHint() const
{
    return { qRound(400 * enlarged_), qRound(track_rows::height * enlarged_) };
}

QSize TimelineTrack::minimumSizeHint() const
{
    return { 120, qRound(track_rows::height * enlarged_) };
}

TimelineScale TimelineTrack::scale() const
{
    const double margin = handle_radius + 3;
    return { margin, width() / enlarged_ - margin, static_cast<int>(marks_.steps.size()),
        marks_.places };
}

LoopRange TimelineTrack::shown_loop() const
{
    return loop_.value_or(LoopRange{ 0, static_cast<int>(marks_.steps.size()) - 1 });
}

void TimelineTrack::resizeEvent(QResizeEvent*)
{
    drop_picture();
}

void TimelineTrack::paintEvent(QPaintEvent*)
{
    const TimelineScale track = scale();
    if (picture_.isNull() || picture_.devicePixelRatio() != devicePixelRatio()) {
        picture_ = QPixmap(size() * devicePixelRatio());
        picture_.setDevicePixelRatio(devicePixelRatio());
        picture_.fill(Qt::transparent);
        QPainter painter(&picture_);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(enlarged_, enlarged_);
        draw_marks(painter, track, marks_, theme_);
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawPixmap(0, 0, picture_);
    if (track.count == 0)
        return;
    painter.scale(enlarged_, enlarged_);
    draw_loop(painter, track);
    draw_handle(painter, track);
    painter.resetTransform();
    if (hasFocus()) {
        painter.setPen(QPen(theme_.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 5, 5);
    }
}

void TimelineTrack::draw_loop(QPainter& painter, const TimelineScale& track) const
{
    if (track.count < 2)
        return;
    const LoopRange range = shown_loop();
    const double from = track.x_of(range.first);
    const double to = track.x_of(range.last);
    if (loop_) {
        QColor band = theme_.accent;
        band.setAlphaF(0.16F);
        painter.fillRect(QRectF(from, track_rows::loop_top, to - from,
                             track_rows::bars_bottom - track_rows::loop_top),
            band);
    }
    painter.setPen(QPen(theme_.panel, 1));
    for (const Part part : { Part::loop_start, Part::loop_end }) {
        const bool held = dragged_ == part || (dragged_ == Part::nothing && hovered_ == part);
        painter.setBrush(held ? theme_.text : loop_ ? theme_.accent : theme_.outline);
        const bool start = part == Part::loop_start;
        const QRectF tab = loop_tab(start ? from : to, start);
        // Slanted on the outside, so that the straight side says where it stands.
        const double outside = start ? tab.left() : tab.right();
        const double inside = start ? tab.right() : tab.left();
        painter.drawPolygon(QPolygonF({ { inside, tab.top() }, { outside, tab.top() + 4 },
            { outside, tab.bottom() }, { inside, tab.bottom() } }));
    }
}

void TimelineTrack::draw_handle(QPainter& painter, const TimelineScale& track) const
{
    if (position_ < 0)
        return;
    const double line = track_rows::line;
    const QPointF handle(track.x_of(std::min(position_, track.count - 1.0)), line);
    painter.setPen(QPen(theme_.accent, track_rows::line_width, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(track.left, line), handle);
    painter.setPen(QPen(theme_.panel, 2));
    painter.setBrush(theme_.accent);
    painter.drawEllipse(handle, handle_radius, handle_radius);
}

TimelineTrack::Part TimelineTrack::part_at(const QPointF& point) const
{
    const TimelineScale track = scale();
    if (track.count < 2)
        return track.count > 0 ? Part::line : Part::nothing;
    const LoopRange range = shown_loop();
    const auto hit = [&](int index, bool start) {
        return loop_tab(track.x_of(index), start).adjusted(-2, -2, 2, 0).contains(point);
    };
    if (hit(range.first, true))
        return Part::loop_start;
    return hit(range.last, false) ? Part::loop_end : Part::line;
}

int TimelineTrack::aimed_at(const QPointF& point) const
{
    const TimelineScale track = scale();
    const bool on_marks = point.y() < track_rows::loop_top
        || point.y() > track_rows::checkpoints - handle_radius / 2;
    int aimed = track.index_at(point.x());
    double nearest = near_by;
    if (!on_marks)
        return aimed;
    for (const int marked : marked_iterations(marks_)) {
        const double distance = std::abs(track.x_of(marked) - point.x());
        if (distance < nearest) {
            nearest = distance;
            aimed = marked;
        }
    }
    return aimed;
}

void TimelineTrack::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    dragged_ = part_at(event->position() / enlarged_);
    if (dragged_ == Part::line)
        Q_EMIT scrubbed(aimed_at(event->position() / enlarged_));
    update();
}

void TimelineTrack::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        drag_to(event->position().x() / enlarged_);
    else
        set_hovered(part_at(event->position() / enlarged_));
}

void TimelineTrack::mouseReleaseEvent(QMouseEvent* event)
{
    dragged_ = Part::nothing;
    set_hovered(part_at(event->position() / enlarged_));
    update();
}

void TimelineTrack::leaveEvent(QEvent*)
{
    set_hovered(Part::nothing);
}

void TimelineTrack::set_hovered(Part part)
{
    if (part == hovered_)
        return;
    hovered_ = part;
    const bool end = part == Part::loop_start || part == Part::loop_end;
    setCursor(end ? Qt::SizeHorCursor : Qt::PointingHandCursor);
    update();
}

void TimelineTrack::drag_to(double x)
{
    const int index = scale().index_at(x);
    LoopRange range = shown_loop();
    switch (dragged_) {
    case Part::nothing:
        return;
    case Part::line:
        Q_EMIT scrubbed(index);
        return;
    case Part::loop_start:
        range.first = std::min(index, range.last - 1);
        break;
    case Part::loop_end:
        range.last = std::max(index, range.first + 1);
        break;
    }
    if (range != shown_loop())
        Q_EMIT loop_dragged(range);
}

void TimelineTrack::contextMenuEvent(QContextMenuEvent* event)
{
    if (actions().isEmpty() || scale().count == 0)
        return;
    // What the menu offers is done at the iteration that is shown, so that becomes the one meant.
    if (event->reason() == QContextMenuEvent::Mouse)
        Q_EMIT scrubbed(aimed_at(QPointF(event->pos()) / enlarged_));
    QMenu::exec(actions(), event->globalPos(), nullptr, this);
}

void TimelineTrack::wheelEvent(QWheelEvent* event)
{
    const int turned = event->angleDelta().y();
    if (turned != 0 && position_ >= 0)
        Q_EMIT scrubbed(static_cast<int>(position_) + (turned > 0 ? -1 : 1));
    event->accept();
}

bool TimelineTrack::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), description_at(help->pos().x() / enlarged_), this);
        return true;
    }
    return QWidget::event(event);
}

QString TimelineTrack::description_at(double x) const
{
    const TimelineScale track = scale();
    return marks_tooltip(
        marks_, track.index_at(x), track.index_at(x - near_by), track.index_at(x + near_by));
}

} // namespace circuitloom::ui
