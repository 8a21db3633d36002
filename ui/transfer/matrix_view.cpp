#include "ui/transfer/matrix_view.h"

#include "core/base/number_text.h"
#include "ui/theme/color_mix.h"
#include "ui/theme/scaled_font.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr double small_font = 0.8; ///< of the usual one
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
    for (std::size_t row = 0; row < content_.rows.size(); ++row)
        for (std::size_t column = 0; column < content_.columns.size(); ++column)
            if (content_.values[row * content_.columns.size() + column])
                sentences << content_.sentence(row, column);
    setAccessibleDescription(sentences.join(QStringLiteral("; ")));
    if (current_
        && (current_->first >= content_.rows.size() || current_->second >= content_.columns.size()))
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
    const double left = metrics.horizontalAdvance(QStringLiteral("0000")) + 6.0;
    return QRectF(rect()).adjusted(left, fontMetrics().height() + 4.0, -2, -metrics.height() - 4.0);
}

QRectF MatrixView::cell(std::size_t row, std::size_t column) const
{
    const QRectF where = square();
    const double width
        = where.width() / std::max<double>(1, static_cast<double>(content_.columns.size()));
    const double height
        = where.height() / std::max<double>(1, static_cast<double>(content_.rows.size()));
    return { where.left() + static_cast<double>(column) * width,
        where.top() + static_cast<double>(row) * height, width, height };
}

std::optional<std::pair<std::size_t, std::size_t>> MatrixView::cell_at(const QPointF& point) const
{
    for (std::size_t row = 0; row < content_.rows.size(); ++row)
        for (std::size_t column = 0; column < content_.columns.size(); ++column)
            if (cell(row, column).contains(point))
                return std::pair(row, column);
    return std::nullopt;
}

QColor MatrixView::color_of(const std::optional<double>& value) const
{
    if (!value)
        return theme_.panel;
    return mixed(theme_.window, *value < 0 ? theme_.negative : theme_.accent,
        std::clamp(std::abs(*value), 0.0, 1.0));
}

void MatrixView::paint_cell(QPainter& painter, std::size_t row, std::size_t column) const
{
    const QRectF where = cell(row, column);
    const auto& value = content_.values[row * content_.columns.size() + column];
    const QColor color = color_of(value);
    painter.fillRect(where, color);
    if (where.width() < numbers_from || where.height() < painter.fontMetrics().height())
        return;
    constexpr int half = 128;
    painter.setPen(qGray(color.rgb()) > half ? QColor(Qt::black) : QColor(Qt::white));
    painter.drawText(where, Qt::AlignCenter, value ? short_number(*value) : QStringLiteral("–"));
}

void MatrixView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(theme_.text);
    painter.drawText(rect(), Qt::AlignTop | Qt::AlignLeft,
        fontMetrics().elidedText(content_.title, Qt::ElideRight, width()));
    painter.setFont(scaled_font(font(), small_font));
    const QFontMetrics metrics = painter.fontMetrics();
    for (std::size_t row = 0; row < content_.rows.size(); ++row)
        for (std::size_t column = 0; column < content_.columns.size(); ++column)
            paint_cell(painter, row, column);
    painter.setPen(theme_.dimText);
    for (std::size_t row = 0; row < content_.rows.size(); ++row) {
        const QRectF where = cell(row, 0);
        if (where.height() >= metrics.height() || row == 0 || row + 1 == content_.rows.size())
            painter.drawText(QRectF(0, where.top(), square().left() - 4, where.height()),
                Qt::AlignRight | Qt::AlignVCenter, QString::number(content_.rows[row]));
    }
    for (std::size_t column = 0; column < content_.columns.size(); ++column) {
        const QRectF where = cell(0, column);
        const QString text = QString::number(content_.columns[column]);
        if (where.width() >= metrics.horizontalAdvance(text) + 4 || column == 0)
            painter.drawText(QRectF(where.left() - where.width(), square().bottom() + 2,
                                 3 * where.width(), metrics.height()),
                Qt::AlignCenter, text);
    }
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
    const auto rows = static_cast<int>(content_.rows.size());
    const auto columns = static_cast<int>(content_.columns.size());
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
    if (rows > 0 && columns > 0)
        point_at(std::pair(static_cast<std::size_t>(std::clamp(row, 0, rows - 1)),
            static_cast<std::size_t>(std::clamp(column, 0, columns - 1))));
}

} // namespace circuitloom::ui
