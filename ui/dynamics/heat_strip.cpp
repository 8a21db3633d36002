#include "ui/dynamics/heat_strip.h"

#include "ui/base/measure_text.h"
#include "ui/theme/scaled_font.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int measured_names = 2000; ///< of so many rows the longest name is looked for
constexpr double name_size = 0.85; ///< of the usual font

} // namespace

HeatStrip::HeatStrip(QWidget* parent)
    : QWidget(parent)
    , scroll_(new QScrollBar(Qt::Vertical, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->setSingleStep(3);
    connect(scroll_, &QScrollBar::valueChanged, this, [this] { update(); });
}

void HeatStrip::set_rows(std::vector<ScoreRow> rows, ScoreBlocks blocks,
    std::function<QString(std::int32_t row)> name_of)
{
    name_of_ = std::move(name_of);
    const QFontMetrics metrics(name_font());
    // Measuring each would take longer than painting them all: of names as long in letters the first.
    QString longest;
    for (std::size_t i = 0; i < std::min<std::size_t>(rows.size(), measured_names); ++i)
        if (QString name = name_of_(rows[i].row); name.size() > longest.size())
            longest = std::move(name);
    name_width_ = longest.isEmpty()
        ? 0
        : metrics.horizontalAdvance(longest) + metrics.horizontalAdvance(u'm');
    tiles_.set_rows(std::move(rows), std::move(blocks));
    double greatest = 0;
    for (const ScoreRow& row : tiles_.rows())
        greatest = std::max(greatest, std::abs(static_cast<double>(row.peak_score)));
    tiles_.set_colors(ScoreColors(theme_, greatest));
    if (current_ >= static_cast<int>(tiles_.rows().size()))
        current_ = -1;
    arrange();
}

void HeatStrip::set_theme(const Theme& theme)
{
    if (theme.dark == theme_.dark && theme.window == theme_.window
        && theme.scale == theme_.scale)
        return; // what was painted stays right
    theme_ = theme;
    tiles_.set_colors(ScoreColors(theme_, tiles_.colors().greatest()));
    update();
}

void HeatStrip::set_shown_iteration(int iteration)
{
    shown_ = iteration;
    update();
}

void HeatStrip::set_selected(std::unordered_set<std::int32_t> rows)
{
    selected_ = std::move(rows);
    update();
}

QFont HeatStrip::name_font() const
{
    return scaled_font(font(), name_size);
}

HeatGeometry HeatStrip::geometry_of_parts() const
{
    const int axis = fontMetrics().height() + 6;
    const int room = width() - scroll_->sizeHint().width() - 2;
    HeatGeometry parts(
        { room, height() }, name_width_, axis, heat_zooms()[static_cast<std::size_t>(zoom_)]);
    parts.lines = tiles_.lines();
    parts.columns = tiles_.columns();
    parts.first_line = scroll_->value();
    return parts;
}

// The zoom says how wide names are, and that how many columns there is room for.
void HeatStrip::arrange()
{
    const int axis = fontMetrics().height() + 6;
    if (fitted_)
        zoom_ = fitting_zoom(static_cast<int>(tiles_.rows().size()), height() - axis);
    const HeatZoom& zoom = heat_zooms()[static_cast<std::size_t>(zoom_)];
    const int wide = geometry_of_parts().plot.width();
    tiles_.set_grid(static_cast<int>(wide * devicePixelRatioF()), zoom.rows_per_line);
    const HeatGeometry parts = geometry_of_parts();
    scroll_->setPageStep(parts.page());
    scroll_->setRange(0, parts.last_first_line());
    scroll_->setVisible(parts.last_first_line() > 0);
    const int bar = scroll_->sizeHint().width();
    scroll_->setGeometry(width() - bar, 0, bar, parts.plot.height());
    update();
}

void HeatStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void HeatStrip::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

void HeatStrip::fit()
{
    fitted_ = true;
    arrange();
}

void HeatStrip::zoom_by(int levels, double around_y)
{
    const HeatGeometry before = geometry_of_parts();
    const double line = before.first_line + (around_y - before.plot.top()) / before.zoom.line_height;
    const double row = line * before.zoom.rows_per_line;
    fitted_ = false;
    zoom_ = std::clamp(zoom_ + levels, 0, static_cast<int>(heat_zooms().size()) - 1);
    arrange();
    // The row under the pointer stays there.
    const HeatGeometry after = geometry_of_parts();
    scroll_->setValue(static_cast<int>(std::lround(row / after.zoom.rows_per_line
        - (around_y - after.plot.top()) / after.zoom.line_height)));
    update();
}

std::optional<HeatCell> HeatStrip::cell_at(const QPointF& point) const
{
    const HeatGeometry parts = geometry_of_parts();
    const int line = parts.line_at(point.y());
    const int column = parts.column_at(point.x());
    if (line < 0 || column < 0 || point.x() < 0 || point.x() > parts.plot.right() + 1)
        return std::nullopt;
    return tiles_.cell(line, column);
}

void HeatStrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        pressed_ = event->position();
}

void HeatStrip::mouseMoveEvent(QMouseEvent* event)
{
    if (!pressed_) {
        Q_EMIT cell_pointed_at(cell_at(event->position()));
        return;
    }
    if (!brush_
        && (event->position() - *pressed_).manhattanLength() < QApplication::startDragDistance())
        return;
    const HeatGeometry parts = geometry_of_parts();
    const auto line_near = [&parts](double y) {
        const double bottom = std::min<double>(parts.plot.bottom(),
            parts.line_rect(parts.end_line() - 1).bottom() - 1);
        return parts.line_at(std::clamp<double>(y, parts.plot.top(), std::max(0.0, bottom)));
    };
    const std::pair lines(line_near(pressed_->y()), line_near(event->position().y()));
    if (lines.first >= 0 && lines.second >= 0)
        brush_ = lines;
    update();
}

void HeatStrip::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !pressed_)
        return;
    pressed_.reset();
    if (const auto brush = std::exchange(brush_, std::nullopt)) {
        const auto [first, last] = std::minmax(brush->first, brush->second);
        const auto per_line = static_cast<std::size_t>(tiles_.rows_per_line());
        anchor_ = static_cast<int>(static_cast<std::size_t>(first) * per_line);
        current_ = static_cast<int>(
            std::min((static_cast<std::size_t>(last) + 1) * per_line, tiles_.rows().size()) - 1);
        Q_EMIT rows_brushed(static_cast<std::size_t>(anchor_), static_cast<std::size_t>(current_));
        update();
    } else if (const auto cell = cell_at(event->position())) {
        current_ = anchor_ = static_cast<int>(cell->row);
        Q_EMIT cell_clicked(*cell);
    }
}

void HeatStrip::wheelEvent(QWheelEvent* event)
{
    const int turned = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    if (turned == 0)
        return;
    const HeatGeometry parts = geometry_of_parts();
    if (event->modifiers() & Qt::ControlModifier || event->position().x() < parts.plot.left())
        scroll_->setValue(scroll_->value() - (turned > 0 ? 3 : -3));
    else
        zoom_by(turned > 0 ? 1 : -1, event->position().y());
    event->accept();
}

void HeatStrip::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    Q_EMIT cell_pointed_at(std::nullopt);
}

void HeatStrip::bring_into_view(int row)
{
    const HeatGeometry parts = geometry_of_parts();
    const int line = row / parts.zoom.rows_per_line;
    if (line < parts.first_line)
        scroll_->setValue(line);
    else if (line >= parts.first_line + parts.page())
        scroll_->setValue(line - parts.page() + 1);
}

void HeatStrip::walk_to(int row, bool over_several)
{
    const int count = static_cast<int>(tiles_.rows().size());
    if (count == 0)
        return;
    current_ = std::clamp(row, 0, count - 1);
    if (!over_several || anchor_ < 0 || anchor_ >= count)
        anchor_ = current_;
    bring_into_view(current_);
    const auto [first, last] = std::minmax(anchor_, current_);
    Q_EMIT rows_brushed(static_cast<std::size_t>(first), static_cast<std::size_t>(last));
    if (shown_ >= 0 && shown_ < tiles_.iterations())
        Q_EMIT cell_pointed_at(tiles_.cell(
            current_ / tiles_.rows_per_line(), tiles_.column_of(shown_)));
    update();
}

void HeatStrip::keyPressEvent(QKeyEvent* event)
{
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const HeatGeometry parts = geometry_of_parts();
    const int page = parts.page() * parts.zoom.rows_per_line;
    const double middle = parts.plot.center().y();
    switch (event->key()) {
    case Qt::Key_Up:
        return walk_to(current_ - 1, shift);
    case Qt::Key_Down:
        return walk_to(current_ + 1, shift);
    case Qt::Key_PageUp:
        return walk_to(current_ - page, shift);
    case Qt::Key_PageDown:
        return walk_to(current_ + page, shift);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom_by(1, middle);
    case Qt::Key_Minus:
        return zoom_by(-1, middle);
    case Qt::Key_0:
        return fit();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current_ >= 0) {
            const ScoreRow& row = tiles_.rows()[static_cast<std::size_t>(current_)];
            Q_EMIT cell_clicked({ static_cast<std::size_t>(current_), row.peak, row.peak_score });
        }
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

int HeatStrip::part_count() const
{
    return static_cast<int>(tiles_.rows().size());
}

QString HeatStrip::part_text(int part) const
{
    const ScoreRow& row = tiles_.rows()[static_cast<std::size_t>(part)];
    return tr("%1: strongest %2 at iteration %3")
        .arg(name_of_(row.row), signed_number(static_cast<double>(row.peak_score), 4))
        .arg(row.peak);
}

QRectF HeatStrip::part_rect(int part) const
{
    return geometry_of_parts().line_rect(part / tiles_.rows_per_line());
}

} // namespace circuitloom::ui
