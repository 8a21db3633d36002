#include "ui/bookmarks/bookmark_delegate.h"

#include "ui/theme/scaled_font.h"

#include <QPainter>
#include <QStyle>

namespace circuitloom::ui {

namespace {

constexpr int padding = 8;
constexpr int line_gap = 2;

QString first_line(const QString& note)
{
    return note.section(u'\n', 0, 0, QString::SectionSkipEmpty).trimmed();
}

} // namespace

void BookmarkDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool selected = option.state & QStyle::State_Selected;
    const QRect card = option.rect.adjusted(8, 1, -8, -1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected || (option.state & QStyle::State_MouseOver)) {
        QColor background = theme_.selectedItem;
        if (!selected)
            background.setAlphaF(0.45F);
        painter->setPen(Qt::NoPen);
        painter->setBrush(background);
        painter->drawRoundedRect(card, 6, 6);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(theme_.accent, 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), 6, 6);
    }

    const QFont bold = scaled_font(theme_.font(), 1, true);
    const QFont small = scaled_font(theme_.font(), 0.92);
    const bool there = index.data(there_role).toBool();
    const int number_width = QFontMetrics(bold).horizontalAdvance(QStringLiteral("888"));
    const QString number = index.data(iteration_role).toString();
    QRect line = card.adjusted(padding, padding - 2, -padding, 0);
    line.setHeight(QFontMetrics(theme_.font()).height());
    painter->setFont(bold);
    painter->setPen(there ? theme_.accent : theme_.dimText);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, number);
    line.setLeft(line.left() + std::max(number_width, QFontMetrics(bold).horizontalAdvance(number))
        + padding);
    line = QStyle::visualRect(option.direction, card, line);
    const auto write = [&](const QString& text, const QFont& font, const QColor& color) {
        painter->setFont(font);
        painter->setPen(color);
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetrics(font).elidedText(text, Qt::ElideRight, line.width()));
        line.translate(0, line.height() + line_gap);
    };
    write(index.data().toString(), theme_.font(), there ? theme_.text : theme_.dimText);
    write(first_line(index.data(note_role).toString()), small, theme_.dimText);
    painter->restore();
}

QSize BookmarkDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const int line = QFontMetrics(theme_.font()).height();
    const bool noted = !first_line(index.data(note_role).toString()).isEmpty();
    return { 160, 2 * padding - 4 + line + (noted ? line + line_gap : 0) + 2 };
}

} // namespace circuitloom::ui
