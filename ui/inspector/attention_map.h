#pragma once

#include "ui/base/painted_parts.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

namespace circuitloom::ui {

/// What an AttentionMap shows: rows look, columns are looked at.
struct AttentionContent
{
    QStringList tokens; ///< one per position
    std::vector<float> weights; ///< [position, position], row by row; see AttentionPattern
    bool difference = false; ///< weights are less those of another moment, -1…1
    bool operator==(const AttentionContent&) const = default;
};

/// One head's attention on a text: a square for each pair of tokens, the stronger the more the
/// row's token looks at the column's. The number stands in the tooltip. With the focus, the arrow keys,
/// Home and End walk from square to square, and the square's number is shown and is the accessible
/// description; without, that of the last row is, which predicts what comes next.
class AttentionMap : public QWidget, public PaintedParts
{
    Q_OBJECT

public:
    explicit AttentionMap(QWidget* parent = nullptr);

    void set_content(AttentionContent content);
    const AttentionContent& content() const { return content_; }
    void set_theme(const Theme& theme);
    /// What a square is painted in.
    QColor color_of(double weight) const;
    /// As in "“dogs” looks at “cat”: 63.2 %"; empty where there is no square.
    QString text_at(const QPointF& point) const;

    /// Its parts are the squares, row by row: a token looks at itself and at those before it.
    int part_count() const override;
    QString part_text(int part) const override;
    QRectF part_rect(int part) const override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Grid
    {
        double left; ///< of the squares
        double top;
        double cell;
    };
    /// A pair of tokens, by their positions.
    struct Square
    {
        int row = 0; ///< looks
        int column = 0; ///< is looked at
    };
    Grid grid(int width) const;
    std::optional<Square> square_at(const QPointF& point) const;
    static Square square_of_part(int part);
    QRectF place_of(const Square& square) const;
    QString text_of(const Square& square) const;
    void describe();
    int positions() const { return static_cast<int>(content_.tokens.size()); }
    void measure_names();

    Theme theme_;
    AttentionContent content_;
    Square current_; ///< where the keys are
    double names_ = 0; ///< pixels of the longest
    QImage image_; ///< of the content, for squares too small to be drawn one by one
};

/// How a token is written where white space would not be seen: as in "␣cat", "⏎".
QString visible_token(const QString& token);

} // namespace circuitloom::ui
