#include "ui/dynamics/alluvial_view.h"

#include "ui/dynamics/view_canvas.h"
#include "ui/theme/color_mix.h"
#include "ui/theme/text_scale.h"

#include <QPainter>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr double block_width = 12;
constexpr int name_width = 64;

} // namespace

QColor AlluvialView::group_color(int group) const
{
    return group == AlluvialFlow::out ? theme().faint : series_color(group, theme());
}

double AlluvialView::moment_x(std::size_t moment) const
{
    const auto count = std::max<std::size_t>(2, flow_.moments.size());
    return static_cast<double>(moment) * (canvas_->width() - scaled(name_width) - block_width)
        / static_cast<double>(count - 1);
}

double AlluvialView::edge_height() const
{
    return (canvas_->height() - fontMetrics().height() - 8.0) / std::max(1, flow_.edges);
}

double AlluvialView::y_of(double bottom) const
{
    return canvas_->height() - fontMetrics().height() - 6 - bottom * edge_height();
}

QRectF AlluvialView::rect_of(const AlluvialFlow::Block& block) const
{
    const double high = static_cast<double>(block.edges.size()) * edge_height();
    return { moment_x(block.moment), y_of(block.bottom) - high, block_width, high };
}

QPainterPath AlluvialView::path_of(const AlluvialFlow::Ribbon& ribbon) const
{
    const double high = static_cast<double>(ribbon.edges.size()) * edge_height();
    const double left = moment_x(ribbon.moment) + block_width;
    const double right = moment_x(ribbon.moment + 1);
    const double middle = (left + right) / 2;
    const double before = y_of(ribbon.bottom_before);
    const double after = y_of(ribbon.bottom_after);
    QPainterPath path(QPointF(left, before));
    path.cubicTo({ middle, before }, { middle, after }, { right, after });
    path.lineTo(right, after - high);
    path.cubicTo({ middle, after - high }, { middle, before - high }, { left, before - high });
    path.closeSubpath();
    return path;
}

void AlluvialView::paint(QPainter& painter) const
{
    const QFontMetrics metrics = painter.fontMetrics();
    for (const AlluvialFlow::Ribbon& ribbon : flow_.ribbons) {
        const int group = ribbon.from == AlluvialFlow::out ? ribbon.to : ribbon.from;
        const bool stays = ribbon.from == ribbon.to;
        painter.fillPath(path_of(ribbon), faded(group_color(group), stays ? 0.5 : 0.2));
    }
    double named_above = 1e9;
    for (const AlluvialFlow::Block& block : flow_.blocks) {
        const QRectF where = rect_of(block);
        painter.fillRect(
            where.adjusted(0, where.height() > 3 ? 1 : 0, 0, 0), group_color(block.group));
        if (block.moment + 1 != flow_.moments.size())
            continue;
        // Names stand beside the last moment, where they do not run into one another.
        const double middle = where.center().y();
        if (named_above - middle >= metrics.height() - 1) {
            painter.setPen(theme().text);
            painter.drawText(QRectF(where.right() + 5, middle - metrics.height() / 2.0,
                                 scaled(name_width) - 6, metrics.height()),
                Qt::AlignVCenter | Qt::AlignLeft,
                metrics.elidedText(
                    group_name(block.group), Qt::ElideRight, scaled(name_width) - 6));
            named_above = middle;
        }
    }
    if (canvas_->hasFocus() && current_ >= 0) {
        painter.setPen(QPen(theme().selection, 2));
        const auto place = static_cast<std::size_t>(current_);
        if (place < flow_.blocks.size())
            painter.drawRect(rect_of(flow_.blocks[place]));
        else if (place < flow_.blocks.size() + flow_.ribbons.size())
            painter.strokePath(path_of(flow_.ribbons[place - flow_.blocks.size()]), painter.pen());
    }
    for (std::size_t moment = 0; moment < flow_.moments.size(); ++moment) {
        const bool shown = flow_.moments[moment] == shown_iteration();
        painter.setPen(shown ? theme().accent : theme().dimText);
        const QString text = QString::number(flow_.moments[moment]);
        const int wide = metrics.horizontalAdvance(text) + 2;
        const double left = std::clamp(moment_x(moment) + block_width / 2 - wide / 2.0, 0.0,
            std::max(0.0, canvas_->width() - double(wide)));
        painter.drawText(QRectF(left, canvas_->height() - metrics.height() - 2.0, wide, metrics.height()),
            Qt::AlignCenter, text);
    }
}

} // namespace circuitloom::ui
