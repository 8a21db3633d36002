#include "ui/dynamics/heat_strip.h"

#include "ui/dynamics/iteration_axis.h"
#include "ui/theme/color_mix.h"

#include <QPainter>

#include <algorithm>

namespace circuitloom::ui {

bool HeatStrip::is_selected(std::size_t first_row, std::size_t end_row) const
{
    for (std::size_t row = first_row; row < std::min(end_row, tiles_.rows().size()); ++row)
        if (selected_.contains(tiles_.rows()[row].row))
            return true;
    return false;
}

void HeatStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const HeatGeometry parts = geometry_of_parts();
    paint_cells(painter, parts);
    paint_rows(painter, parts);
    paint_cursor(painter, parts);
    paint_iteration_axis(painter, parts.axis, parts.plot.left(), parts.plot.right() + 1,
        tiles_.iterations(), theme_);
    if (hasFocus()) {
        painter.setPen(theme_.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(parts.plot.adjusted(-1, 0, 0, -1));
    }
}

void HeatStrip::paint_cells(QPainter& painter, const HeatGeometry& parts)
{
    painter.save();
    painter.setClipRect(parts.plot);
    constexpr int each = HeatTiles::lines_of_a_tile;
    for (int tile = parts.first_line / each; tile * each < parts.end_line(); ++tile) {
        const QImage& image = tiles_.tile(tile);
        QRectF place = parts.line_rect(tile * each);
        place.setHeight(image.height() * parts.zoom.line_height);
        painter.drawImage(place, image, QRectF(image.rect()));
    }
    painter.restore();
}

void HeatStrip::paint_rows(QPainter& painter, const HeatGeometry& parts) const
{
    const auto per_line = static_cast<std::size_t>(parts.zoom.rows_per_line);
    painter.save();
    painter.setFont(name_font());
    const QFontMetrics metrics = painter.fontMetrics();
    for (int line = parts.first_line; line < parts.end_line(); ++line) {
        const QRect place = parts.line_rect(line).toRect();
        const std::size_t row = static_cast<std::size_t>(line) * per_line;
        const bool selected = is_selected(row, row + per_line);
        const bool brushed = brush_ && line >= std::min(brush_->first, brush_->second)
            && line <= std::max(brush_->first, brush_->second);
        const bool current = current_ >= 0 && static_cast<std::size_t>(current_) / per_line * per_line == row;
        if (selected || brushed)
            painter.fillRect(QRect(parts.marks.left(), place.top(), parts.marks.width(),
                                 std::max(1, place.height())),
                brushed ? theme_.accent : theme_.selection);
        if (current && hasFocus()) {
            painter.setPen(theme_.text);
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(place.adjusted(0, 0, -1, -1));
        }
        if (parts.names.width() > 0 && place.bottom() < parts.names.bottom() + 2) {
            painter.setPen(selected || brushed ? theme_.text : theme_.dimText);
            painter.drawText(QRect(parts.names.left(), place.top(), parts.names.width(),
                                 place.height()),
                Qt::AlignRight | Qt::AlignVCenter,
                metrics.elidedText(
                    name_of_(tiles_.rows()[row].row), Qt::ElideMiddle, parts.names.width()));
        }
    }
    painter.restore();
}

void HeatStrip::paint_cursor(QPainter& painter, const HeatGeometry& parts) const
{
    if (shown_ < 0 || shown_ >= tiles_.iterations())
        return;
    const double x = parts.column_middle(tiles_.column_of(shown_));
    painter.setPen(QPen(faded(theme_.window, 0.7), 3));
    painter.drawLine(QPointF(x, 0), QPointF(x, parts.plot.bottom() + 1));
    painter.setPen(QPen(theme_.accent, 1.4));
    painter.drawLine(QPointF(x, 0), QPointF(x, parts.plot.bottom() + 1));
}

} // namespace circuitloom::ui
