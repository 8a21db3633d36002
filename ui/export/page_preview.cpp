#include "ui/export/page_preview.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int tile = 8; // pixels of the chequered ground that shows through a transparent picture

void paint_ground(QPainter& painter, const QRectF& area, const QPalette& palette)
{
    painter.fillRect(area, palette.color(QPalette::Base));
    QColor dark = palette.color(QPalette::Text);
    dark.setAlphaF(0.1F);
    for (int row = 0; row * tile < area.height(); ++row) {
        for (int column = row % 2; column * tile < area.width(); column += 2) {
            const QRectF square(area.left() + column * tile, area.top() + row * tile, tile, tile);
            painter.fillRect(square & area, dark);
        }
    }
}

} // namespace

PagePreview::PagePreview(QWidget* parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // what is exported is the same in every language
    setObjectName(QStringLiteral("exportPreview"));
    setAccessibleName(tr("Preview"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PagePreview::show_page(PicturePage page)
{
    page_ = std::move(page);
    update();
}

void PagePreview::show_sentence(const QString& sentence)
{
    page_.reset();
    sentence_ = sentence;
    update();
}

void PagePreview::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!page_) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(
            rect().adjusted(20, 0, -20, 0), Qt::AlignCenter | Qt::TextWordWrap, sentence_);
        return;
    }
    const QSizeF whole = page_->drawing.size;
    const double scale
        = std::min({ (width() - 2) / whole.width(), (height() - 2) / whole.height(), 1.0 });
    const QSize shown = (whole * scale).toSize();
    const QRect area(QPoint((width() - shown.width()) / 2, (height() - shown.height()) / 2), shown);
    if (qAlpha(page_->drawing.background) < 255)
        paint_ground(painter, area, palette());
    painter.save();
    painter.setClipRect(area);
    painter.translate(area.topLeft());
    painter.scale(scale, scale);
    paint_page(painter, *page_);
    painter.restore();
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(area.adjusted(-1, -1, 0, 0));
}

} // namespace circuitloom::ui
