#pragma once

#include "ui/base/painted_parts.h"
#include "ui/theme/theme.h"

#include <QColor>
#include <QString>
#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

namespace circuitloom::ui {

/// A figure over the share of a change that is kept: a line for each way of choosing the share,
/// that of random choices with a band of one standard deviation. Left and Right walk through the
/// shares.
class GraftChart : public QWidget, public PaintedParts
{
    Q_OBJECT

public:
    struct Point
    {
        double share = 0; ///< 0 to 1
        double value = 0;
        double deviation = 0;
    };
    struct Line
    {
        QString name;
        QColor color;
        bool dashed = false;
        std::vector<Point> points; ///< by rising share
    };
    struct Content
    {
        QString title;
        std::vector<Line> lines;
        std::function<QString(double)> value_text;
    };

    explicit GraftChart(QWidget* parent = nullptr);

    void set_content(Content content);
    void set_theme(const Theme& theme);
    const Content& content() const { return content_; }
    /// Where a value lies, in pixels of this widget.
    QPointF place_of(double share, double value) const;

    /// Its parts are the shares, each with the values of all lines.
    int part_count() const override;
    QString part_text(int part) const override;
    QRectF part_rect(int part) const override;

    QSize sizeHint() const override { return { 380, 220 }; }
    QSize minimumSizeHint() const override { return { 180, 140 }; }

Q_SIGNALS:
    /// The values at the share that the pointer or the keyboard is at; empty for none.
    void pointed_at(const QString& sentence);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF area() const;
    void paint_axes(QPainter& painter) const;
    void paint_line(QPainter& painter, const Line& line) const;
    void point_at(std::optional<std::size_t> place);

    Content content_;
    Theme theme_;
    std::vector<double> shares_; ///< of all lines, rising
    double least_ = 0;
    double greatest_ = 1;
    std::optional<std::size_t> current_; ///< in shares_
};

} // namespace circuitloom::ui
