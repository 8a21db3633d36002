#pragma once

#include "core/analysis/score_rows.h"
#include "ui/dynamics/score_colors.h"

#include <QCache>
#include <QImage>

#include <cstdint>
#include <optional>
#include <vector>

namespace circuitloom::ui {

/// One cell of the heat strip: the greatest |score| among its rows and iterations.
struct HeatCell
{
    std::size_t row = 0; ///< in the rows' order; the first where no score is
    int iteration = 0; ///< likewise
    std::optional<float> score; ///< empty where no circuit of the cell has any of the rows
};

/// The heat strip as pictures with one pixel a cell, made as they are asked for and kept. A tile has
/// all columns of some lines. A long run's column stands for several iterations, a line of a far
/// view for several rows; the strongest score shows.
class HeatTiles
{
public:
    static constexpr int lines_of_a_tile = 64;

    HeatTiles();

    void set_rows(std::vector<ScoreRow> rows, ScoreBlocks blocks);
    void set_colors(const ScoreColors& colors);
    /// At most one column an iteration.
    void set_grid(int most_columns, int rows_per_line);

    const std::vector<ScoreRow>& rows() const { return rows_; }
    int iterations() const { return iterations_; }
    int columns() const { return columns_; }
    int rows_per_line() const { return rows_per_line_; }
    int lines() const;
    const ScoreColors& colors() const { return colors_; }

    int column_of(int iteration) const;
    /// The first iteration of a column; of columns(), the number of iterations.
    int first_iteration(int column) const;
    HeatCell cell(int line, int column) const;

    /// Lines from `number` · lines_of_a_tile on. Lives until the next call.
    const QImage& tile(int number);
    /// How many cells were painted so far.
    std::int64_t painted_cells() const { return painted_; }

private:
    /// What a cell shows, without more than painting needs.
    struct Strongest
    {
        float score = 0;
        std::int32_t place = -1; ///< in rows_; -1 where no circuit of the cell has any of the rows
    };

    /// The cells of a line; their scores alone cost what the line's rows have.
    std::vector<HeatCell> line_cells(int line, int first_column, int end_column) const;
    /// The same of some lines, line by line, as paint() needs it: block by block, so that a row of a
    /// block need not be looked for.
    std::vector<Strongest> strongest(int first_line, int count) const;
    void arrange_columns();
    QImage paint(int number);

    std::vector<ScoreRow> rows_;
    ScoreBlocks blocks_;
    ScoreColors colors_;
    int iterations_ = 0;
    int most_columns_ = 1;
    int columns_ = 0;
    std::vector<std::int32_t> column_at_; ///< of each iteration; see column_of()
    std::vector<std::int32_t> place_of_; ///< in rows_, by ScoreRow::row; -1 for none
    int rows_per_line_ = 1;
    std::int64_t painted_ = 0;
    QCache<int, QImage> tiles_; ///< costs are cells
};

} // namespace circuitloom::ui
