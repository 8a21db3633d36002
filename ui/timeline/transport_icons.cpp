#include "ui/timeline/transport_icons.h"

#include <QPainter>
#include <QPixmap>

namespace circuitloom::ui {

namespace {

/// Draws the symbol into a square of 16 units.
void draw(QPainter& painter, TransportSymbol symbol)
{
    const auto forward = [&](double x) {
        painter.drawPolygon(QPolygonF({ { x, 3 }, { x + 8.5, 8 }, { x, 13 } }));
    };
    const auto backward = [&](double x) {
        painter.drawPolygon(QPolygonF({ { x, 3 }, { x - 8.5, 8 }, { x, 13 } }));
    };
    switch (symbol) {
    case TransportSymbol::first:
        painter.drawRect(QRectF(2.5, 3, 2, 10));
        backward(13.5);
        break;
    case TransportSymbol::previous:
        backward(12);
        break;
    case TransportSymbol::play:
    case TransportSymbol::next:
        forward(4);
        break;
    case TransportSymbol::pause:
        painter.drawRect(QRectF(3.5, 3, 3, 10));
        painter.drawRect(QRectF(9.5, 3, 3, 10));
        break;
    case TransportSymbol::last:
        forward(2.5);
        painter.drawRect(QRectF(11.5, 3, 2, 10));
        break;
    case TransportSymbol::stop:
        painter.drawRect(QRectF(3.5, 3.5, 9, 9));
        break;
    }
}

QPixmap pixmap(TransportSymbol symbol, const QColor& color, int size)
{
    QPixmap picture(size, size);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(size / 16.0, size / 16.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    draw(painter, symbol);
    return picture;
}

} // namespace

QIcon transport_icon(TransportSymbol symbol, const QColor& color)
{
    QColor faded = color;
    faded.setAlphaF(0.35F);
    QIcon icon;
    for (const int size : { 16, 32, 48 }) {
        icon.addPixmap(pixmap(symbol, color, size));
        icon.addPixmap(pixmap(symbol, faded, size), QIcon::Disabled);
    }
    return icon;
}

} // namespace circuitloom::ui
