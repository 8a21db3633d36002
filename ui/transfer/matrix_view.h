#pragma once

#include "ui/base/painted_parts.h"
#include "ui/theme/theme.h"

#include <QString>
#include <QStringList>
#include <QWidget>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace circuitloom::ui {

/// A figure for every pair of iterations or tasks, as coloured squares with their numbers where
/// there is room. The arrow keys walk through the cells, Return or a click opens one.
class MatrixView : public QWidget, public PaintedParts
{
    Q_OBJECT

public:
    struct Content
    {
        QString title;
        QStringList rows; ///< their names
        QStringList columns;
        std::vector<std::optional<double>> values; ///< [rows × columns]; nothing: not there
        double full = 1; ///< the size of a value that has the full colour
        /// What one cell says, in a sentence.
        std::function<QString(std::size_t row, std::size_t column)> sentence;
    };

    explicit MatrixView(QWidget* parent = nullptr);

    void set_content(Content content);
    void set_theme(const Theme& theme);
    const Content& content() const { return content_; }

    /// The rectangle of a cell, in pixels of this widget.
    QRectF cell(std::size_t row, std::size_t column) const;
    /// Row and column there; nothing beside the cells.
    std::optional<std::pair<std::size_t, std::size_t>> cell_at(const QPointF& point) const;
    /// From the background (0) to the accent (`full` and more), the other way below 0.
    QColor color_of(const std::optional<double>& value) const;

    /// Its parts are the cells, row by row.
    int part_count() const override;
    QString part_text(int part) const override;
    QRectF part_rect(int part) const override;

    QSize sizeHint() const override { return { 190, 200 }; }
    QSize minimumSizeHint() const override { return { 140, 150 }; }

Q_SIGNALS:
    /// What the pointer or the keyboard is at; empty for nothing.
    void pointed_at(const QString& sentence);
    /// A cell was opened.
    void opened(std::size_t row, std::size_t column);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF square() const;
    std::size_t rows() const { return static_cast<std::size_t>(content_.rows.size()); }
    std::size_t columns() const { return static_cast<std::size_t>(content_.columns.size()); }
    void point_at(const std::optional<std::pair<std::size_t, std::size_t>>& cell);
    void paint_names(QPainter& painter) const;
    void paint_cell(QPainter& painter, std::size_t row, std::size_t column) const;

    Content content_;
    Theme theme_;
    std::optional<std::pair<std::size_t, std::size_t>> current_;
};

} // namespace circuitloom::ui
