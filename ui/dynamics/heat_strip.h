#pragma once

#include "ui/base/painted_parts.h"
#include "ui/dynamics/heat_geometry.h"
#include "ui/dynamics/heat_tiles.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <unordered_set>
#include <utility>

class QScrollBar;

namespace circuitloom::ui {

/// Rows of cells, a column for each iteration or several, coloured by score. A click on a cell or a
/// drag over rows tells so; the wheel zooms the rows, with Ctrl or over the names it scrolls. Up and
/// Down walk through the rows, with Shift over several; Return goes to a row's strongest cell.
class HeatStrip : public QWidget, public PaintedParts
{
    Q_OBJECT

public:
    explicit HeatStrip(QWidget* parent = nullptr);

    /// `name_of` gives a row's name; the place in view and the zoom stay where the rows are as many.
    void set_rows(std::vector<ScoreRow> rows, ScoreBlocks blocks,
        std::function<QString(std::int32_t row)> name_of);
    void set_theme(const Theme& theme);
    /// -1 for none.
    void set_shown_iteration(int iteration);
    /// ScoreRow::row of what is selected.
    void set_selected(std::unordered_set<std::int32_t> rows);

    const HeatTiles& tiles() const { return tiles_; }
    HeatGeometry geometry_of_parts() const;
    void zoom_by(int levels, double around_y);
    /// All rows in sight again, and so from now on.
    void fit();

    /// Its parts are the rows, in their order, each with its strongest score.
    int part_count() const override;
    QString part_text(int part) const override;
    QRectF part_rect(int part) const override;

    QSize minimumSizeHint() const override { return { 160, 80 }; }
    QSize sizeHint() const override { return { 420, 220 }; }

Q_SIGNALS:
    void cell_clicked(const HeatCell& cell);
    /// Places in the rows' order, both included.
    void rows_brushed(std::size_t first, std::size_t last);
    /// Nothing beside the cells.
    void cell_pointed_at(const std::optional<HeatCell>& cell);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void arrange();
    QFont name_font() const;
    std::optional<HeatCell> cell_at(const QPointF& point) const;
    void paint_cells(QPainter& painter, const HeatGeometry& parts);
    void paint_rows(QPainter& painter, const HeatGeometry& parts) const;
    void paint_cursor(QPainter& painter, const HeatGeometry& parts) const;
    void walk_to(int row, bool over_several);
    void bring_into_view(int row);
    bool is_selected(std::size_t first_row, std::size_t end_row) const;

    Theme theme_;
    HeatTiles tiles_;
    QScrollBar* scroll_;
    std::function<QString(std::int32_t)> name_of_;
    int name_width_ = 0;
    int zoom_ = 0;
    bool fitted_ = true; ///< until the user zooms
    int shown_ = -1;
    std::unordered_set<std::int32_t> selected_;
    int current_ = -1;
    int anchor_ = -1; ///< where walking with Shift began
    std::optional<QPointF> pressed_;
    std::optional<std::pair<int, int>> brush_; ///< lines, from where to where
};

} // namespace circuitloom::ui
