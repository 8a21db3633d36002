#include "ui/export/plot_arrangement.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr int margin = 6; ///< pixels around all plots
constexpr double shrinking = 0.97;
constexpr double least_scale = 0.02;

/// The plots of one row.
struct Row
{
    std::size_t first = 0;
    std::size_t last = 0; ///< the one after
    int width = 0;
    int height = 0;
};

Row row_of(std::span<const QSize> least, std::size_t first, std::size_t last)
{
    Row row{ first, last, 0, 0 };
    for (const QSize& size : least.subspan(first, last - first)) {
        row.width += size.width();
        row.height = std::max(row.height, size.height());
    }
    return row;
}

/// Rows that are filled one after another.
std::vector<Row> filled_rows(std::span<const QSize> least, double width)
{
    std::vector<Row> rows;
    std::size_t first = 0;
    while (first < least.size()) {
        std::size_t last = first + 1;
        while (last < least.size() && row_of(least, first, last + 1).width <= width)
            ++last;
        rows.push_back(row_of(least, first, last));
        first = last;
    }
    return rows;
}

/// Rows of as equal numbers as possible, which look better where they fit.
std::vector<Row> even_rows(std::span<const QSize> least, std::size_t count)
{
    std::vector<Row> rows;
    for (std::size_t row = 0; row < count; ++row)
        rows.push_back(
            row_of(least, least.size() * row / count, least.size() * (row + 1) / count));
    return rows;
}

int height_of(const std::vector<Row>& rows)
{
    int height = 0;
    for (const Row& row : rows)
        height += row.height;
    return height;
}

bool have_width(const std::vector<Row>& rows, double width)
{
    return std::ranges::all_of(rows, [&](const Row& row) { return row.width <= width; });
}

std::vector<Row> rows_for(std::span<const QSize> least, double width, PlotArrangement::Form form)
{
    if (form == PlotArrangement::Form::stacked)
        return even_rows(least, least.size());
    std::vector<Row> filled = filled_rows(least, width);
    std::vector<Row> even = even_rows(least, filled.size());
    return have_width(even, width) && height_of(even) <= height_of(filled) ? even : filled;
}

/// What a row or a plot has more than it needs is shared out as the needs are.
void place(std::span<const QSize> least, const std::vector<Row>& rows, const QSize& area,
    std::vector<QRect>& places)
{
    const int needed = std::max(1, height_of(rows));
    int above = 0;
    for (const Row& row : rows) {
        const int top = margin + area.height() * above / needed;
        above += row.height;
        const int bottom = margin + area.height() * above / needed;
        int before = 0;
        for (std::size_t i = row.first; i < row.last; ++i) {
            const int left = margin + area.width() * before / std::max(1, row.width);
            before += least[i].width();
            const int right = margin + area.width() * before / std::max(1, row.width);
            places.emplace_back(left, top, right - left, bottom - top);
        }
    }
}

} // namespace

PlotArrangement arrange_plots(
    std::span<const QSize> least, const QSizeF& area, PlotArrangement::Form form)
{
    PlotArrangement made;
    if (least.empty() || area.isEmpty())
        return made;
    while (true) {
        const QSize inside = QSizeF(area / made.scale).toSize() - QSize(2 * margin, 2 * margin);
        const std::vector<Row> rows = rows_for(least, inside.width(), form);
        const bool fits
            = have_width(rows, inside.width()) && height_of(rows) <= inside.height();
        if (fits || made.scale < least_scale) {
            place(least, rows, inside, made.places);
            return made;
        }
        made.scale *= shrinking;
    }
}

QSizeF room_for_plots(std::span<const QSize> least, double width, PlotArrangement::Form form)
{
    if (least.empty())
        return {};
    const int widest = std::ranges::max(least, {}, &QSize::width).width() + 2 * margin;
    const double wide = std::max(width, static_cast<double>(widest));
    const int height = height_of(rows_for(least, wide - 2 * margin, form)) + 2 * margin;
    return { wide, std::ceil(height * std::min(1.0, width / wide)) };
}

} // namespace circuitloom::ui
