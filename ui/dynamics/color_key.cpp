#include "ui/dynamics/color_key.h"

#include <QPainter>

namespace circuitloom::ui {

namespace {

constexpr int ramp_width = 72;
constexpr int ramp_height = 9;
constexpr int gap = 6;

} // namespace

ColorKey::ColorKey(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ColorKey::set_content(const Content& content, const Theme& theme)
{
    content_ = content;
    theme_ = theme;
    setAccessibleName(tr("Colours from %1 to %2").arg(content.least, content.most)
        + (content.other.isEmpty() ? QString() : QStringLiteral("; ") + content.other));
    updateGeometry();
    update();
}

QSize ColorKey::sizeHint() const
{
    if (!content_.color_at)
        return { 0, 0 };
    const QFontMetrics metrics = fontMetrics();
    int width = metrics.horizontalAdvance(content_.least) + metrics.horizontalAdvance(content_.most)
        + 2 * gap + ramp_width + 2;
    if (!content_.other.isEmpty())
        width += 3 * gap + ramp_height + metrics.horizontalAdvance(content_.other);
    return { width, metrics.height() + 4 };
}

void ColorKey::paintEvent(QPaintEvent*)
{
    if (!content_.color_at)
        return;
    QPainter painter(this);
    const QFontMetrics metrics = painter.fontMetrics();
    int x = 0;
    const auto write = [&](const QString& text) {
        painter.setPen(theme_.dimText);
        const int width = metrics.horizontalAdvance(text);
        painter.drawText(QRect(x, 0, width + 2, height()), Qt::AlignVCenter, text);
        x += width + gap;
    };
    const int top = (height() - ramp_height) / 2;
    write(content_.least);
    for (int i = 0; i < ramp_width; ++i)
        painter.fillRect(
            QRect(x + i, top, 1, ramp_height), content_.color_at(i / double(ramp_width - 1)));
    x += ramp_width + gap;
    write(content_.most);
    if (content_.other.isEmpty())
        return;
    x += gap;
    painter.fillRect(QRect(x, top, ramp_height, ramp_height), content_.other_color);
    x += ramp_height + gap;
    write(content_.other);
}

} // namespace circuitloom::ui
