#include "ui/dynamics/heat_tiles.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr qsizetype kept_cells = 16'000'000; // 64 MB

} // namespace

HeatTiles::HeatTiles()
    : tiles_(kept_cells)
{
}

void HeatTiles::set_rows(std::vector<ScoreRow> rows, ScoreBlocks blocks)
{
    rows_ = std::move(rows);
    blocks_ = std::move(blocks);
    iterations_ = iterations_of(blocks_);
    columns_ = std::min(most_columns_, iterations_);
    tiles_.clear();
}

void HeatTiles::set_colors(const ScoreColors& colors)
{
    colors_ = colors;
    tiles_.clear();
}

void HeatTiles::set_grid(int most_columns, int rows_per_line)
{
    if (most_columns == most_columns_ && rows_per_line == rows_per_line_)
        return;
    most_columns_ = std::max(1, most_columns);
    rows_per_line_ = std::max(1, rows_per_line);
    columns_ = std::min(most_columns_, iterations_);
    tiles_.clear();
}

int HeatTiles::lines() const
{
    return (static_cast<int>(rows_.size()) + rows_per_line_ - 1) / rows_per_line_;
}

int HeatTiles::column_of(int iteration) const
{
    return iterations_ == 0
        ? 0
        : static_cast<int>(static_cast<std::int64_t>(iteration) * columns_ / iterations_);
}

int HeatTiles::first_iteration(int column) const
{
    return columns_ == 0 ? 0
                         : static_cast<int>((static_cast<std::int64_t>(column) * iterations_
                                                + columns_ - 1)
                             / columns_);
}

std::vector<HeatCell> HeatTiles::line_cells(int line, int first_column, int end_column) const
{
    const auto first_row = static_cast<std::size_t>(line) * static_cast<std::size_t>(rows_per_line_);
    const std::size_t end_row
        = std::min(rows_.size(), first_row + static_cast<std::size_t>(rows_per_line_));
    std::vector<HeatCell> cells;
    for (int column = first_column; column < end_column; ++column)
        cells.push_back({ first_row, first_iteration(column), std::nullopt });
    const int first = first_iteration(first_column);
    const int end = first_iteration(end_column);
    for (std::size_t row = first_row; row < end_row; ++row)
        for (const auto& block : blocks_) {
            if (block->end() <= first || block->first() >= end)
                continue;
            for (const EdgeHistoryPoint& point : block->points_of(rows_[row].row)) {
                const int iteration = point.iteration.value;
                if (iteration < first || iteration >= end)
                    continue;
                HeatCell& cell = cells[static_cast<std::size_t>(column_of(iteration) - first_column)];
                if (!cell.score || std::abs(point.score) > std::abs(*cell.score))
                    cell = { row, iteration, point.score };
            }
        }
    return cells;
}

HeatCell HeatTiles::cell(int line, int column) const
{
    return line_cells(line, column, column + 1).front();
}

QImage HeatTiles::paint(int number)
{
    const int first = number * lines_of_a_tile;
    const int count = std::min(lines_of_a_tile, lines() - first);
    QImage image(std::max(1, columns_), std::max(1, count), QImage::Format_RGB32);
    for (int line = 0; line < count; ++line) {
        auto* pixels = reinterpret_cast<QRgb*>(image.scanLine(line));
        for (const HeatCell& cell : line_cells(first + line, 0, columns_))
            *pixels++ = cell.score ? colors_.of(static_cast<double>(*cell.score)) : colors_.out();
        painted_ += columns_;
    }
    return image;
}

const QImage& HeatTiles::tile(int number)
{
    if (const QImage* known = tiles_.object(number))
        return *known;
    auto* image = new QImage(paint(number));
    const qsizetype cost = std::min<qsizetype>(
        static_cast<qsizetype>(image->width()) * image->height(), kept_cells / 4);
    tiles_.insert(number, image, cost);
    return *image;
}

} // namespace circuitloom::ui
