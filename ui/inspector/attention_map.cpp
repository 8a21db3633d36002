#include "ui/inspector/attention_map.h"

#include "ui/base/measure_text.h"
#include "ui/base/tip_text.h"
#include "ui/inspector/attention_image.h"
#include "ui/theme/scaled_font.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int side = 16;
constexpr double longest_name = 84; ///< pixels
constexpr double largest_cell = 30;
constexpr int between = 1;
constexpr double readable_cell = 11; ///< below it names would overlap
constexpr double least_cell = 0.25; ///< of a text so long that its squares are not told apart
constexpr int few_positions = 64; ///< whose squares are drawn one by one, with room between them
constexpr int largest_image = 1024; ///< pixels a side

} // namespace

QString visible_token(const QString& token)
{
    QString text = token;
    text.replace(u'\n', QChar(0x23CE)).replace(u'\t', QChar(0x21E5));
    const QString bare = text.trimmed();
    return bare.isEmpty() ? QString(std::max<qsizetype>(1, text.size()), QChar(0x2423)) : bare;
}

AttentionMap::AttentionMap(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void AttentionMap::set_content(AttentionContent content)
{
    if (content == content_)
        return;
    content_ = std::move(content);
    QStringList spoken;
    const auto positions = static_cast<int>(content_.tokens.size());
    for (int column = 0; column < positions; ++column)
        spoken << text_of(positions - 1, column);
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    image_ = positions > few_positions
        ? attention_image(content_.weights, positions, largest_image)
        : QImage();
    measure_names();
}

void AttentionMap::set_theme(const Theme& theme)
{
    theme_ = theme;
    measure_names();
}

void AttentionMap::measure_names()
{
    const QFontMetricsF metrics(scaled_font(theme_.font(), 0.85));
    names_ = 0;
    for (const QString& token : content_.tokens)
        names_ = std::max(names_, metrics.horizontalAdvance(visible_token(token)));
    if (!image_.isNull())
        set_attention_colors(image_, content_.difference, theme_.panel, theme_);
    updateGeometry();
    update();
}

QColor AttentionMap::color_of(double weight) const
{
    return attention_color(weight, content_.difference, theme_);
}

AttentionMap::Grid AttentionMap::grid(int width) const
{
    const double name = std::min(names_, longest_name) + 8;
    const double count = std::max<double>(1, static_cast<double>(content_.tokens.size()));
    const double cell = std::min(largest_cell, (width - 2 * side - name) / count);
    return { side + name, name, std::max(least_cell, cell) };
}

int AttentionMap::heightForWidth(int width) const
{
    const Grid places = grid(width);
    return static_cast<int>(
        std::ceil(places.top + places.cell * static_cast<double>(content_.tokens.size()))) + 4;
}

QSize AttentionMap::sizeHint() const
{
    return { 260, heightForWidth(260) };
}

QSize AttentionMap::minimumSizeHint() const
{
    return { 160, 40 };
}

void AttentionMap::paintEvent(QPaintEvent*)
{
    const auto positions = static_cast<int>(content_.tokens.size());
    if (positions == 0)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Grid places = grid(width());
    const QFont font = scaled_font(theme_.font(), 0.85);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    painter.setPen(theme_.dimText);
    const double room = places.top - 8;
    const bool names = places.cell >= readable_cell;
    for (int i = 0; names && i < positions; ++i) {
        const QString name
            = metrics.elidedText(visible_token(content_.tokens[i]), Qt::ElideRight, room);
        const double middle = places.cell * (i + 0.5);
        painter.drawText(QRectF(side, places.top + middle - 10, room, 20),
            Qt::AlignRight | Qt::AlignVCenter, name);
        painter.save(); // the column's name stands upright above it
        painter.translate(places.left + middle, places.top - 6);
        painter.rotate(-90);
        painter.drawText(QRectF(0, -10, room, 20), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.restore();
    }
    if (!image_.isNull()) {
        painter.drawImage(QRectF(places.left, places.top, places.cell * positions,
                              places.cell * positions),
            image_, QRectF(image_.rect()));
        return;
    }
    painter.setPen(Qt::NoPen);
    const double space = places.cell > 4 ? between : 0;
    for (int row = 0; row < positions; ++row)
        for (int column = 0; column <= row; ++column) {
            const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(positions)
                + static_cast<std::size_t>(column);
            painter.setBrush(color_of(static_cast<double>(content_.weights[at])));
            painter.drawRect(
                QRectF(places.left + column * places.cell, places.top + row * places.cell,
                    places.cell - space, places.cell - space));
        }
}

QString AttentionMap::text_of(int row, int column) const
{
    const auto positions = static_cast<int>(content_.tokens.size());
    const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(positions)
        + static_cast<std::size_t>(column);
    const auto weight = 100 * static_cast<double>(content_.weights[at]);
    return tr("“%1” looks at “%2”: %3 %")
        .arg(visible_token(content_.tokens[row]), visible_token(content_.tokens[column]),
            content_.difference ? signed_number(weight, 1) : QString::number(weight, 'f', 1));
}

QString AttentionMap::text_at(const QPointF& point) const
{
    const Grid places = grid(width());
    const auto index = [&](double from) {
        return static_cast<int>(std::floor(from / places.cell));
    };
    const int row = index(point.y() - places.top);
    const int column = index(point.x() - places.left);
    if (row < 0 || row >= content_.tokens.size() || column < 0 || column > row)
        return {};
    return text_of(row, column);
}

bool AttentionMap::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), tip_text(text_at(help->pos())), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace circuitloom::ui
