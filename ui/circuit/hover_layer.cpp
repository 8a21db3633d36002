#include "ui/circuit/hover_layer.h"

#include "ui/circuit/hue_colors.h"

#include <QFontMetricsF>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr double padding = 10;
constexpr double usual_line_height = 18;

struct TextStyle
{
    int size;
    QFont::Weight weight;
};

constexpr TextStyle title_style{ 13, QFont::DemiBold };
constexpr TextStyle text_style{ 12, QFont::Normal };

QFontMetricsF metrics_of(const Theme& theme, const TextStyle& style)
{
    QFont font = theme.font();
    font.setPixelSize(theme.scaled(style.size));
    font.setWeight(style.weight);
    return QFontMetricsF(font);
}

DrawnLabel text(const QRectF& line, const QString& words, const TextStyle& style,
    const Theme& theme, const QColor& color, Qt::Alignment side = Qt::AlignLeft)
{
    DrawnLabel label;
    label.rect = line;
    label.text = words;
    label.size = theme.scaled(style.size);
    label.weight = style.weight;
    label.color = color.rgba();
    label.alignment = side | Qt::AlignVCenter;
    return label;
}

DrawnShape box(const QRectF& rect, float radius, const QColor& fill)
{
    DrawnShape shape;
    shape.rect = rect;
    shape.radius = radius;
    shape.fill = fill.rgba();
    return shape;
}

QRectF card_rect(const QSizeF& size, const QRectF& bounds, const QPointF& at)
{
    QRectF rect(at + QPointF(16, 14), size);
    if (rect.right() > bounds.right() - 6)
        rect.moveRight(at.x() - 14);
    if (rect.bottom() > bounds.bottom() - 6)
        rect.moveBottom(at.y() - 10);
    rect.moveLeft(std::max(rect.left(), bounds.left() + 6));
    rect.moveTop(std::max(rect.top(), bounds.top() + 6));
    return rect;
}

} // namespace

DrawingLayer hover_layer(
    const QRectF& bounds, const QPointF& at, const HoverCard& card, const Theme& theme)
{
    const double line_height = theme.scaled(usual_line_height);
    const double square = theme.scaled(8.0); // of a row's colour
    const QFontMetricsF metrics = metrics_of(theme, text_style);
    double width = std::max(metrics_of(theme, title_style).horizontalAdvance(card.title),
        metrics.horizontalAdvance(card.subtitle));
    for (const QString& fact : card.facts)
        width = std::max(width, metrics.horizontalAdvance(fact));
    for (const HoverCard::Row& row : card.rows)
        width = std::max(width,
            2 * square + metrics.horizontalAdvance(row.name) + 20
                + metrics.horizontalAdvance(row.value));
    const double rows = static_cast<double>(card.rows.size());
    const double facts = static_cast<double>(card.facts.size());
    const QSizeF size(width + 2 * padding,
        2 * padding + (2 + facts) * line_height + (card.rows.empty() ? 0 : 6 + rows * line_height));
    const QRectF rect = card_rect(size, bounds, at);

    DrawingLayer layer{ QStringLiteral("hover"), {}, {}, {} };
    const QColor shadow(0, 0, 0, theme.dark ? 70 : 28);
    layer.shapes.push_back(box(rect.translated(0, 2).adjusted(-1, -1, 1, 2), 9, shadow));
    layer.shapes.push_back(box(rect, 8, theme.panel));
    layer.shapes.back().outline = (theme.dark ? theme.faint : theme.border).rgba();
    layer.shapes.back().outline_width = 1;

    QRectF line(rect.left() + padding, rect.top() + padding, width, line_height);
    layer.labels.push_back(text(line, card.title, title_style, theme, theme.text));
    line.translate(0, line_height);
    layer.labels.push_back(text(line, card.subtitle, text_style, theme, theme.dimText));
    for (const QString& fact : card.facts) {
        line.translate(0, line_height);
        layer.labels.push_back(text(line, fact, text_style, theme, theme.dimText));
    }
    line.translate(0, line_height + 6);
    for (const HoverCard::Row& row : card.rows) {
        layer.shapes.push_back(
            box(QRectF(line.left(), line.center().y() - square / 2, square, square), 2,
                hue_color(row.hue, theme)));
        layer.labels.push_back(
            text(line.adjusted(2 * square, 0, 0, 0), row.name, text_style, theme, theme.text));
        layer.labels.push_back(
            text(line, row.value, text_style, theme, theme.text, Qt::AlignRight));
        line.translate(0, line_height);
    }
    return layer;
}

} // namespace circuitloom::ui
