#include "ui/runs/run_delegate.h"

#include "ui/runs/runs_model.h"
#include "ui/theme/scaled_font.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int padding = 10;
constexpr int spark_height = 22;

/// Before the name, whose line is so high.
QRectF square_of(const QRect& card, int line, double scale, Qt::LayoutDirection direction)
{
    const double side = 9 * scale;
    const double indent = padding + 0.5;
    const double left = direction == Qt::LeftToRight ? card.left() + indent
                                                     : QRectF(card).right() - indent - side;
    return { left, card.top() + padding + (line - side) / 2, side, side };
}

void draw_sparkline(QPainter& painter, const QRectF& area, const std::vector<float>& values)
{
    if (values.size() < 2)
        return;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double range = std::max(1e-9, static_cast<double>(*high - *low));
    QPolygonF line;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double along = static_cast<double>(i) / static_cast<double>(values.size() - 1);
        line << QPointF(area.left() + along * area.width(),
            area.bottom() - (values[i] - *low) / range * area.height());
    }
    painter.drawPolyline(line);
}

} // namespace

void RunDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto row = index.data(RunsModel::row_role).value<RunRow>();
    const bool selected = option.state & QStyle::State_Selected;
    const QRect card = option.rect.adjusted(8, 2, -8, -2);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (selected || (option.state & QStyle::State_MouseOver)) {
        QColor background = theme_.selectedItem;
        if (!selected)
            background.setAlphaF(0.45F);
        painter->setBrush(background);
        painter->drawRoundedRect(card, 6, 6);
    }

    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(theme_.accent, 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), 6, 6);
    }

    const QFontMetrics metrics(theme_.font());
    const bool waits = row.ticket > 0;
    const QRectF square = square_of(card, metrics.height(), theme_.scale, option.direction);
    const bool shown = !waits && (selected || row.plotted);
    painter->setBrush(shown ? QBrush(row.color) : Qt::NoBrush);
    painter->setPen(shown ? Qt::NoPen : QPen(waits ? theme_.outline : row.color, 1.5));
    painter->drawRoundedRect(shown ? square : square.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    if (row.plotted && !selected) {
        painter->setPen(QPen(theme_.panel, 1.5));
        painter->drawPolyline(QPolygonF({ square.topLeft() + QPointF(2, 4.7) * theme_.scale,
            square.topLeft() + QPointF(4, 6.7) * theme_.scale,
            square.topLeft() + QPointF(7.2, 2.6) * theme_.scale }));
    }

    const QFont bold = scaled_font(theme_.font(), 1, true);
    QRect text = QStyle::visualRect(option.direction, card,
        card.adjusted(padding + theme_.scaled(18), padding, -padding, 0));
    text.setHeight(metrics.height());
    painter->setFont(bold);
    painter->setPen(waits ? theme_.dimText : theme_.text);
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(bold).elidedText(index.data().toString(), Qt::ElideRight, text.width()));

    const QFont small = scaled_font(theme_.font(), 0.92);
    painter->setFont(small);
    const QFontMetrics small_metrics(small);
    const auto write = [&](const QString& line, const QColor& color) {
        text.translate(0, metrics.height() + 3);
        painter->setPen(color);
        painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
            small_metrics.elidedText(line, Qt::ElideRight, text.width()));
    };
    write(method_text(row), theme_.dimText);
    const bool failed = row.summary.state == RunState::failed;
    write(state_text(row), failed ? theme_.danger : theme_.dimText);
    // Where there is little room the metric's name gives way, not its value.
    const int values = small_metrics.horizontalAdvance(figures_text(row, QString()));
    const QString figures = figures_text(row,
        small_metrics.elidedText(metric_title(row), Qt::ElideRight, text.width() - values));
    if (!figures.isEmpty())
        write(figures, theme_.dimText);

    const QRectF spark(
        text.left(), text.bottom() + 6, text.width(), theme_.scaled(spark_height) - 8);
    QPen line(row.color, 1.5);
    line.setJoinStyle(Qt::RoundJoin);
    painter->setPen(line);
    painter->setBrush(Qt::NoBrush);
    draw_sparkline(*painter, spark, row.metric);

    if (is_under_way(row.summary.state) && row.summary.description.steps > 0) {
        const double done = std::clamp(
            static_cast<double>(row.summary.steps_done) / row.summary.description.steps, 0.0, 1.0);
        QRectF bar(text.left(), card.bottom() - 6, text.width(), 3);
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme_.border);
        painter->drawRoundedRect(bar, 1.5, 1.5);
        bar.setWidth(bar.width() * done);
        painter->setBrush(theme_.accent);
        painter->drawRoundedRect(bar, 1.5, 1.5);
    }
    painter->restore();
}

QSize RunDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const auto row = index.data(RunsModel::row_role).value<RunRow>();
    const int line = QFontMetrics(theme_.font()).height() + 3;
    const int lines = figures_text(row, QString()).isEmpty() ? 3 : 4;
    return { 160,
        2 * padding + lines * line + (row.ticket > 0 ? 0 : theme_.scaled(spark_height)) + 2 };
}

void RunDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    constexpr const char* filled = "filled";
    if (editor->property(filled).toBool())
        return;
    editor->setProperty(filled, true);
    QStyledItemDelegate::setEditorData(editor, index);
}

void RunDelegate::updateEditorGeometry(
    QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const
{
    const QRect card = option.rect.adjusted(8, 2, -8, -2);
    const QRect place(card.left() + padding + 12, card.top() + 4, card.width() - padding - 16,
        editor->sizeHint().height());
    editor->setGeometry(QStyle::visualRect(option.direction, card, place));
}

bool RunDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
    const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() != QEvent::MouseButtonPress)
        return false;
    const auto* mouse = static_cast<QMouseEvent*>(event);
    const QRectF square
        = square_of(option.rect.adjusted(8, 2, -8, -2), QFontMetrics(theme_.font()).height(),
            theme_.scale, option.direction);
    if (!square.adjusted(-6, -6, 6, 6).contains(mouse->position()))
        return false;
    const bool plotted = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, plotted ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace circuitloom::ui
