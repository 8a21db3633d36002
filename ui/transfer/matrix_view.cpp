#include "ui/transfer/matrix_view.h"

#include "core/base/number_text.h"
#include "ui/theme/color_mix.h"
#include "ui/theme/scaled_font.h"
#include "ui/theme/text_scale.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr double small_font = 0.8; ///< of the usual one
constexpr int longest_number = 7; ///< letters of a name that is an iteration's
constexpr int numbers_from = 26; ///< pixels of a cell that has room for its number

QString short_number(double value)
{
    return QString::fromStdString(fixed(value, 2));
}

} // namespace

MatrixView::MatrixView(QWidget* parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // time runs to the right in every language
    setAccessibleName(tr("Matrix"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void MatrixView::set_content(Content content)
{
    content_ = std::move(content);
    setAccessibleName(content_.title);
    QStringList sentences;
    for (std::size_t row = 0; row < rows(); ++row)
        for (std::size_t column = 0; column < columns(); ++column)
            if (content_.values[row * columns() + column])
                sentences << content_.sentence(row, column);
    setAccessibleDescription(sentences.join(QStringLiteral("; ")));
    if (current_ && (current_->first >= rows() || current_->second >= columns()))
        current_.reset();
    update();
}

void MatrixView::set_theme(const Theme& theme)
{
    theme_ = theme;
    update();
}

QRectF MatrixView::square() const
{
    const QFontMetrics metrics(scaled_font(font(), small_font));
    int widest = metrics.horizontalAdvance(QStringLiteral("0000"));
    for (const QString& name : content_.rows)
        widest = std::max(widest, metrics.horizontalAdvance(name));
    const double left = std::min(widest, width() * 2 / 5) + 6.0;
    return QRectF(rect()).adjusted(left, fontMetrics().height() + 4.0, -2, -metrics.height() - 4.0);
}

QRectF MatrixView::cell(std::size_t row, std::size_t column) const
{
    const QRectF where = square();
    const double width
        = where.width() / std::max<double>(1, static_cast<double>(columns()));
    const double height
        = where.height() / std::max<double>(1, static_cast<double>(rows()));
    return { where.left() + static_cast<double>(column) * width,
        where.top() + static_cast<double>(row) * height, width, height };
}

std::optional<std::pair<std::size_t, std::size_t>> MatrixView::cell_at(const QPointF& point) const
{
    for (std::size_t row = 0; row < rows(); ++row)
        for (std::size_t column = 0; column < columns(); ++column)
            if (cell(row, column).contains(point))
                return std::pair(row, column);
    return std::nullopt;
}

QColor MatrixView::color_of(const std::optional<double>& value) const
{
    if (!value)
        return theme_.panel;
    return mixed(theme_.window, *value < 0 ? theme_.negative : theme_.accent,
        std::clamp(std::abs(*value) / content_.full, 0.0, 1.0));
}

void MatrixView::paint_cell(QPainter& painter, std::size_t row, std::size_t column) const
{
    const QRectF where = cell(row, column);
    const auto& value = content_.values[row * columns() + column];
    const QColor color = color_of(value);
    painter.fillRect(where, color);
    if (where.width() < scaled(numbers_from) || where.height() < painter.fontMetrics().height())
        return;
    constexpr int half = 128;
    painter.setPen(qGray(color.rgb()) > half ? QColor(Qt::black) : QColor(Qt::white));
    painter.drawText(where, Qt::AlignCenter, value ? short_number(*value) : QStringLiteral("–"));
}

void MatrixView::paint_names(QPainter& painter) const
{
    const QFontMetrics metrics = painter.fontMetrics();
    painter.setPen(theme_.dimText);
    for (std::size_t row = 0; row < rows(); ++row) {
        const QRectF where = cell(row, 0);
        const double room = square().left() - 4;
        if (where.height() >= metrics.height() || row == 0 || row + 1 == rows())
            painter.drawText(QRectF(0, where.top(), room, where.height()),
                Qt::AlignRight | Qt::AlignVCenter,
                metrics.elidedText(content_.rows[static_cast<qsizetype>(row)], Qt::ElideMiddle,
                    static_cast<int>(room)));
    }
    for (std::size_t column = 0; column < columns(); ++column) {
        const QRectF where = cell(0, column);
        QString name = content_.columns[static_cast<qsizetype>(column)];
        const bool is_long = name.size() > longest_number;
        if (is_long)
            name = metrics.elidedText(name, Qt::ElideMiddle, static_cast<int>(where.width()) - 4);
        if (where.width() >= metrics.horizontalAdvance(name) + 4 || (column == 0 && !is_long))
            painter.drawText(QRectF(where.left() - where.width(), square().bottom() + 2,
                                 3 * where.width(), metrics.height()),
                Qt::AlignCenter, name);
    }
}

void MatrixView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(theme_.text);
    painter.drawText(rect(), Qt::AlignTop | Qt::AlignLeft,
        fontMetrics().elidedText(content_.title, Qt::ElideRight, width()));
    painter.setFont(scaled_font(font(), small_font));
    for (std::size_t row = 0; row < rows(); ++row)
        for (std::size_t column = 0; column < columns(); ++column)
            paint_cell(painter, row, column);
    paint_names(painter);
    painter.setPen(theme_.outline);
    painter.drawRect(square());
    if (current_) {
        painter.setPen(QPen(theme_.selection, 2));
        painter.drawRect(cell(current_->first, current_->second).adjusted(1, 1, -1, -1));
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme_.accent, 1, Qt::DotLine));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void MatrixView::point_at(const std::optional<std::pair<std::size_t, std::size_t>>& cell)
{
    if (cell == current_)
        return;
    current_ = cell;
    Q_EMIT pointed_at(cell ? content_.sentence(cell->first, cell->second) : QString());
    update();
}

void MatrixView::mouseMoveEvent(QMouseEvent* event)
{
    point_at(cell_at(event->position()));
}

void MatrixView::mouseReleaseEvent(QMouseEvent* event)
{
    if (const auto cell = cell_at(event->position()); cell && event->button() == Qt::LeftButton)
        Q_EMIT opened(cell->first, cell->second);
}

void MatrixView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    point_at(std::nullopt);
}

void MatrixView::keyPressEvent(QKeyEvent* event)
{
    const auto last_row = static_cast<int>(content_.rows.size()) - 1;
    const auto last_column = static_cast<int>(content_.columns.size()) - 1;
    int row = current_ ? static_cast<int>(current_->first) : 0;
    int column = current_ ? static_cast<int>(current_->second) : 0;
    switch (event->key()) {
    case Qt::Key_Up:
        --row;
        break;
    case Qt::Key_Down:
        row += current_ ? 1 : 0;
        break;
    case Qt::Key_Left:
        --column;
        break;
    case Qt::Key_Right:
        column += current_ ? 1 : 0;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current_)
            Q_EMIT opened(current_->first, current_->second);
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (last_row >= 0 && last_column >= 0)
        point_at(std::pair(static_cast<std::size_t>(std::clamp(row, 0, last_row)),
            static_cast<std::size_t>(std::clamp(column, 0, last_column))));
}

int MatrixView::part_count() const
{
    return static_cast<int>(content_.rows.size() * content_.columns.size());
}

QString MatrixView::part_text(int part) const
{
    const std::size_t columns = content_.columns.size();
    const auto at = static_cast<std::size_t>(part);
    return content_.sentence ? content_.sentence(at / columns, at % columns) : QString();
}

QRectF MatrixView::part_rect(int part) const
{
    const std::size_t columns = content_.columns.size();
    const auto at = static_cast<std::size_t>(part);
    return cell(at / columns, at % columns);
}

} // namespace circuitloom::ui
