#include "ui/inspector/attention_map.h"

#include "ui/base/measure_text.h"
#include "ui/base/scrolling.h"
#include "ui/base/tip_text.h"
#include "ui/inspector/attention_image.h"
#include "ui/theme/scaled_font.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int side = 16;
// In pixels, at the usual size of texts:
constexpr double longest_name = 84;
constexpr double name_line = 20;
constexpr double largest_cell = 30;
constexpr int between = 1;
constexpr double readable_cell = 11; ///< below it names would overlap
constexpr double least_cell = 0.25; ///< of a text so long that its squares are not told apart
constexpr int few_positions = 64; ///< whose squares are drawn one by one, with room between them
constexpr int largest_image = 1024; ///< pixels a side

/// How far an arrow key goes, down and to the right.
std::pair<int, int> step_of(int key)
{
    return { (key == Qt::Key_Down ? 1 : 0) - (key == Qt::Key_Up ? 1 : 0),
        (key == Qt::Key_Right ? 1 : 0) - (key == Qt::Key_Left ? 1 : 0) };
}

bool walks(const QKeyEvent& event)
{
    const bool plain = (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    return plain
        && (step_of(event.key()) != std::pair(0, 0) || event.key() == Qt::Key_Home
            || event.key() == Qt::Key_End);
}

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
    setLayoutDirection(Qt::LeftToRight); // as the model's text runs
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(Qt::StrongFocus);
}

void AttentionMap::set_content(AttentionContent content)
{
    if (content == content_)
        return;
    if (content.tokens != content_.tokens)
        current_ = { static_cast<int>(content.tokens.size()) - 1, 0 };
    content_ = std::move(content);
    describe();
    image_ = positions() > few_positions
        ? attention_image(content_.weights, positions(), largest_image)
        : QImage();
    measure_names();
}

void AttentionMap::describe()
{
    QStringList spoken;
    if (hasFocus() && positions() > 0)
        spoken << text_of(current_);
    for (int column = 0; !hasFocus() && column < positions(); ++column)
        spoken << text_of({ positions() - 1, column });
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
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
    const double name = std::min(names_, theme_.scaled(longest_name)) + 8;
    const double count = std::max<double>(1, static_cast<double>(content_.tokens.size()));
    const double cell = std::min(largest_cell, (width - 2 * side - name) / count);
    return { side + name, name, std::max(least_cell, cell) };
}

int AttentionMap::heightForWidth(int width) const
{
    const Grid places = grid(width);
    return static_cast<int>(
               std::ceil(places.top + places.cell * static_cast<double>(content_.tokens.size())))
        + 4;
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
    const int positions = this->positions();
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
    const double line = theme_.scaled(name_line);
    const bool names = places.cell >= theme_.scaled(readable_cell);
    for (int i = 0; names && i < positions; ++i) {
        const QString name
            = metrics.elidedText(visible_token(content_.tokens[i]), Qt::ElideRight, room);
        const double middle = places.cell * (i + 0.5);
        painter.drawText(QRectF(side, places.top + middle - line / 2, room, line),
            Qt::AlignRight | Qt::AlignVCenter, name);
        painter.save(); // the column's name stands upright above it
        painter.translate(places.left + middle, places.top - 6);
        painter.rotate(-90);
        painter.drawText(QRectF(0, -line / 2, room, line), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.restore();
    }
    if (!image_.isNull()) {
        painter.drawImage(
            QRectF(places.left, places.top, places.cell * positions, places.cell * positions),
            image_, QRectF(image_.rect()));
    }
    painter.setPen(Qt::NoPen);
    const double space = places.cell > 4 ? between : 0;
    for (int row = 0; image_.isNull() && row < positions; ++row)
        for (int column = 0; column <= row; ++column) {
            const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(positions)
                + static_cast<std::size_t>(column);
            painter.setBrush(color_of(static_cast<double>(content_.weights[at])));
            painter.drawRect(QRectF(places.left + column * places.cell,
                places.top + row * places.cell, places.cell - space, places.cell - space));
        }
    if (hasFocus()) {
        constexpr double least_mark = 6; // pixels, around a square that is too small to be seen
        QRectF mark = place_of(current_);
        const double more = std::max(0.0, (least_mark - mark.width()) / 2);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme_.text, 2));
        painter.drawRect(mark.adjusted(-more, -more, more, more));
    }
}

QString AttentionMap::text_of(const Square& square) const
{
    const auto at = static_cast<std::size_t>(square.row) * static_cast<std::size_t>(positions())
        + static_cast<std::size_t>(square.column);
    const auto weight = 100 * static_cast<double>(content_.weights[at]);
    return tr("“%1” looks at “%2”: %3 %")
        .arg(visible_token(content_.tokens[square.row]),
            visible_token(content_.tokens[square.column]),
            content_.difference ? signed_number(weight, 1) : QString::number(weight, 'f', 1));
}

std::optional<AttentionMap::Square> AttentionMap::square_at(const QPointF& point) const
{
    const Grid places = grid(width());
    const auto index
        = [&](double from) { return static_cast<int>(std::floor(from / places.cell)); };
    const Square square{ index(point.y() - places.top), index(point.x() - places.left) };
    if (square.row < 0 || square.row >= positions() || square.column < 0
        || square.column > square.row)
        return std::nullopt;
    return square;
}

QRectF AttentionMap::place_of(const Square& square) const
{
    const Grid places = grid(width());
    return { places.left + square.column * places.cell, places.top + square.row * places.cell,
        places.cell, places.cell };
}

int AttentionMap::part_count() const
{
    return positions() * (positions() + 1) / 2;
}

AttentionMap::Square AttentionMap::square_of_part(int part)
{
    Square square;
    for (square.row = 0; part > square.row; ++square.row)
        part -= square.row + 1;
    square.column = part;
    return square;
}

QString AttentionMap::part_text(int part) const
{
    return text_of(square_of_part(part));
}

QRectF AttentionMap::part_rect(int part) const
{
    return place_of(square_of_part(part));
}

QString AttentionMap::text_at(const QPointF& point) const
{
    const auto square = square_at(point);
    return square ? text_of(*square) : QString();
}

void AttentionMap::mousePressEvent(QMouseEvent* event)
{
    const auto square = square_at(event->position());
    if (!square)
        return QWidget::mousePressEvent(event);
    current_ = *square;
    describe();
    update();
}

void AttentionMap::keyPressEvent(QKeyEvent* event)
{
    if (positions() == 0 || !walks(*event))
        return QWidget::keyPressEvent(event);
    const auto [down, right] = step_of(event->key());
    current_.row = std::clamp(current_.row + down, 0, positions() - 1);
    current_.column = event->key() == Qt::Key_Home ? 0
        : event->key() == Qt::Key_End
        ? current_.row
        : std::clamp(current_.column + right, 0, current_.row); // nothing looks ahead
    describe();
    update();
    const QRect place = place_of(current_).toAlignedRect();
    reveal(*this, place);
    QToolTip::showText(mapToGlobal(place.bottomRight()), tip_text(text_of(current_)), this);
}

void AttentionMap::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    describe();
}

void AttentionMap::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    describe();
}

bool AttentionMap::event(QEvent* event)
{
    // The window has shortcuts of the keys that go from square to square.
    if (event->type() == QEvent::ShortcutOverride && walks(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), tip_text(text_at(help->pos())), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace circuitloom::ui
