#include "ui/dynamics/heat_tiles.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr qsizetype kept_cells = 16'000'000; // 64 MB
constexpr std::size_t dear_lookup = 8; ///< rows of a block gone through in the time of a look-up

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
    place_of_.clear();
    for (std::size_t place = 0; place < rows_.size(); ++place) {
        const auto row = static_cast<std::size_t>(rows_[place].row);
        if (row >= place_of_.size())
            place_of_.resize(row + 1, -1);
        place_of_[row] = static_cast<std::int32_t>(place);
    }
    arrange_columns();
    tiles_.clear();
}

void HeatTiles::arrange_columns()
{
    columns_ = std::min(most_columns_, iterations_);
    column_at_.resize(static_cast<std::size_t>(iterations_));
    for (int i = 0; i < iterations_; ++i)
        column_at_[static_cast<std::size_t>(i)] = column_of(i);
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
    arrange_columns();
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

std::vector<HeatTiles::Strongest> HeatTiles::strongest(int first_line, int count) const
{
    const auto per_line = static_cast<std::size_t>(rows_per_line_);
    const auto columns = static_cast<std::size_t>(columns_);
    const std::size_t first = static_cast<std::size_t>(first_line) * per_line;
    const std::size_t end
        = std::min(rows_.size(), first + static_cast<std::size_t>(count) * per_line);
    std::vector<Strongest> cells(static_cast<std::size_t>(count) * columns);
    const auto add = [&](std::size_t place, std::span<const EdgeHistoryPoint> points) {
        Strongest* line = cells.data() + (place - first) / per_line * columns;
        const auto here = static_cast<std::int32_t>(place);
        for (const EdgeHistoryPoint& point : points) {
            const std::int32_t column = column_at_[static_cast<std::size_t>(point.iteration.value)];
            Strongest& cell = line[column];
            const float strength = std::abs(point.score);
            const float before = std::abs(cell.score);
            // Of two as strong the first row's, as in line_cells().
            if (cell.place < 0 || strength > before || (strength == before && here < cell.place))
                cell = { point.score, here };
        }
    };
    for (const auto& block : blocks_) {
        const std::span<const std::int32_t> rows = block->rows();
        if ((end - first) * dear_lookup < rows.size()) {
            for (std::size_t place = first; place < end; ++place)
                add(place, block->points_of(rows_[place].row));
            continue;
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto row = static_cast<std::size_t>(rows[i]);
            const auto place = row < place_of_.size() ? place_of_[row] : -1;
            if (place >= static_cast<std::int32_t>(first) && place < static_cast<std::int32_t>(end))
                add(static_cast<std::size_t>(place), block->points(i));
        }
    }
    return cells;
}

QImage HeatTiles::paint(int number)
{
    const int first = number * lines_of_a_tile;
    const int count = std::min(lines_of_a_tile, lines() - first);
    QImage image(std::max(1, columns_), std::max(1, count), QImage::Format_RGB32);
    const std::vector<Strongest> cells = strongest(first, std::max(0, count));
    auto cell = cells.begin();
    for (int line = 0; line < count; ++line) {
        auto* pixels = reinterpret_cast<QRgb*>(image.scanLine(line));
        for (int column = 0; column < columns_; ++column, ++cell)
            *pixels++ = cell->place >= 0 ? colors_.of(static_cast<double>(cell->score))
                                         : colors_.out();
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
