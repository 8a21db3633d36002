#include "ui/dynamics/flow_view.h"

#include "core/base/number_text.h"
#include "ui/dynamics/view_canvas.h"
#include "ui/theme/scaled_font.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double cell_font = 0.8; ///< of the usual one
constexpr int gap = 14; ///< between two matrices

// Of the theme's two colours of text the one that stands out more.
QColor text_on(const QColor& color, const Theme& theme)
{
    const auto distance = [&color](const QColor& text) {
        return std::abs(color.lightnessF() - text.lightnessF());
    };
    return distance(theme.text) >= distance(theme.accentText) ? theme.text : theme.accentText;
}

} // namespace

QRectF FlowView::matrix_rect(int matrix) const
{
    const QFontMetrics metrics(scaled_font(canvas_->font(), cell_font));
    const double names = metrics.horizontalAdvance(source_name(0)) + 6;
    const double above = title_height();
    const auto cell_for = [&](int across, int down) {
        return QSizeF(std::min(((canvas_->width() - names - 4) / across - gap) / side(), 64.0),
            std::min(((canvas_->height() - 2.0) / down - above) / side(), 34.0));
    };
    // In a row or one under the other, whichever leaves the larger cells.
    const auto use = [](const QSizeF& cell) { return std::min(cell.width() / 2, cell.height()); };
    const QSizeF in_row = cell_for(3, 1);
    const QSizeF in_column = cell_for(1, 3);
    const bool row = use(in_row) >= use(in_column);
    const QSizeF cell = row ? in_row : in_column;
    const QSizeF whole(std::max(4.0, cell.width() * side()), std::max(4.0, cell.height() * side()));
    return { QPointF(names + (row ? matrix * (whole.width() + gap) : 0),
                 above + (row ? 0 : matrix * (whole.height() + above))),
        whole };
}

double FlowView::title_height() const
{
    return fontMetrics().height() + 4 + QFontMetrics(scaled_font(canvas_->font(), cell_font)).height()
        + 2;
}

void FlowView::paint(QPainter& painter) const
{
    if (flows_[start].layers() == 0 || shown_iteration() < 0)
        return;
    for (const int matrix : { start, now, difference })
        paint_matrix(painter, matrix);
}

void FlowView::paint_matrix(QPainter& painter, int matrix) const
{
    const QRectF where = matrix_rect(matrix);
    const double wide = where.width() / side();
    const double high = where.height() / side();
    const QRectF first = matrix_rect(start);
    painter.setFont(canvas_->font());
    painter.setPen(theme().text);
    const QString title = matrix == difference
        ? tr("difference")
        : tr("iteration %1").arg(iteration_of(matrix));
    painter.drawText(QRectF(where.left(), where.top() - title_height(), where.width() + gap - 2,
                         fontMetrics().height() + 2),
        Qt::AlignLeft | Qt::AlignVCenter,
        fontMetrics().elidedText(title, Qt::ElideRight, static_cast<int>(where.width() + gap - 2)));
    painter.setFont(scaled_font(canvas_->font(), cell_font));
    const QFontMetrics metrics = painter.fontMetrics();
    painter.setPen(theme().dimText);
    for (int i = 0; i < side(); ++i) {
        const QString target = target_name(i);
        if (metrics.horizontalAdvance(target) <= wide + 8)
            painter.drawText(QRectF(where.left() + i * wide - 4, where.top() - metrics.height() - 2,
                                 wide + 8, metrics.height()),
                Qt::AlignCenter, target);
        if (where.left() < first.right() && high >= metrics.height() - 3)
            painter.drawText(QRectF(0, where.top() + i * high, where.left() - 5, high),
                Qt::AlignRight | Qt::AlignVCenter, source_name(i));
    }
    for (int source = 0; source < side(); ++source)
        for (int target = 0; target < side(); ++target) {
            const QRectF cell(where.left() + target * wide, where.top() + source * high, wide, high);
            const double share = value(matrix, source, target);
            const QColor color = color_of(matrix, share);
            painter.fillRect(cell.adjusted(0, 0, -1, -1), color);
            const QString text = matrix == difference
                ? points_text(share)
                : QString::fromStdString(fixed(100 * share, 1));
            if (share != 0 && metrics.horizontalAdvance(text) < wide - 1 && metrics.height() < high + 2) {
                painter.setPen(text_on(color, theme()));
                painter.drawText(cell.adjusted(0, 0, -1, -1), Qt::AlignCenter, text);
            }
        }
    painter.setPen(theme().faint);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(where.adjusted(-1, -1, 0, 0));
    if (current_ && canvas_->hasFocus()) {
        painter.setPen(QPen(theme().selection, 2));
        painter.drawRect(QRectF(where.left() + current_->target * wide,
            where.top() + current_->source * high, wide - 1, high - 1));
    }
}

} // namespace circuitloom::ui
