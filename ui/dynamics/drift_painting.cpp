#include "ui/dynamics/drift_view.h"

#include "ui/dynamics/view_canvas.h"
#include "ui/theme/scaled_font.h"

#include <QPainter>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr double small_font = 0.85; ///< of the usual one
constexpr double tallest_row = 40;

} // namespace

QRectF DriftView::map_rect() const
{
    const QFontMetrics metrics(scaled_font(canvas_->font(), small_font));
    const double names = std::max({ metrics.horizontalAdvance(tr("logits")),
                             metrics.horizontalAdvance(tr("input")) })
        + 8.0;
    const double above = metrics.height() + 3.0;
    const double height = std::min(
        canvas_->height() - above - 2.0, tallest_row * std::max(1, map_.rows()));
    return { names, above, std::max(10.0, canvas_->width() - names - 3),
        std::max(10.0, height) };
}

void DriftView::paint(QPainter& painter) const
{
    const DriftAnswer* answer = drift_.known();
    if (!answer || map_.empty())
        return;
    const QRectF where = map_rect();
    paint_names(painter, where);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const auto outline = [&](std::size_t part, const QPen& pen, double inside) {
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(map_.cell(part, where.size())
                             .translated(where.topLeft())
                             .adjusted(inside, inside, -inside, -inside));
    };
    for (std::size_t part = 0; part < answer->parts.size(); ++part) {
        const QRectF cell = map_.cell(part, where.size()).translated(where.topLeft());
        // A hair between cells, where they are wide enough.
        const double hair = cell.width() > 4 ? 0.5 : 0;
        painter.fillRect(
            cell.adjusted(hair, 0.5, -hair, -0.5), color_of(answer->parts[part].moved));
        if (cell.width() > 4)
            outline(part, QPen(theme().border, 1), 0.5);
    }
    for (std::size_t part = 0; part < answer->parts.size(); ++part)
        if (is_selected(part))
            outline(part, QPen(theme().selection, 1.6), 0.5);
    if (current_ && canvas_->hasFocus())
        outline(*current_, QPen(theme().text, 2), 1);
}

void DriftView::paint_names(QPainter& painter, const QRectF& where) const
{
    painter.setFont(scaled_font(canvas_->font(), small_font));
    const QFontMetrics metrics = painter.fontMetrics();
    painter.setPen(theme().dimText);
    for (const DriftMap::Section& section : map_.sections()) {
        const QRectF over(where.left() + section.from * where.width(), 0,
            (section.to - section.from) * where.width(), metrics.height());
        const QString name = section_name(section.kind);
        painter.drawText(over, Qt::AlignCenter,
            metrics.horizontalAdvance(name) <= over.width() + 6 ? name : name.left(1));
    }
    const double row = where.height() / map_.rows();
    const int every = std::max(1, static_cast<int>(metrics.height() / row + 0.999));
    for (int i = 0; i < map_.rows(); ++i) {
        const int layer = map_.rows() - 2 - i;
        const bool end = i == 0 || i == map_.rows() - 1;
        if (!end && layer % every != 0)
            continue;
        painter.drawText(QRectF(0, where.top() + i * row - 4, where.left() - 6, row + 8),
            Qt::AlignRight | Qt::AlignVCenter,
            i == 0       ? tr("logits")
                : end    ? tr("input")
                         : QString::number(layer));
    }
}

} // namespace circuitloom::ui
